import { describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type {
  FilmDetailAnswer,
  NoticeAnswer,
  QuestionAnswer,
  RecommendationsAnswer,
} from '../../src/conversation/answer.ts';
import { plainText } from '../../src/conversation/plain-text.ts';
import { contextOf } from '../bots/web/page.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const films = (answer: unknown) => (answer as RecommendationsAnswer).films.map(({ id }) => id);

async function ask(line: string, context = contextOf()) {
  return { context, answer: (await askText(line, context)) as RecommendationsAnswer };
}

const press = (answer: RecommendationsAnswer, action: string) =>
  [...answer.controls, ...answer.mainstream].find((control) => control.action === action)!.token;

describe('an answer', () => {
  it('shows the song as understood and five films, best first', async () => {
    const { answer } = await ask('hold on');
    expect(answer.song).toMatchObject({ title: 'Hold On', artists: 'Chord Overstreet' });
    expect(answer.song.facts.map(({ value }) => value)).toEqual(['120 BPM', '44%', '17%', '82 of 100']);
    expect(answer.films).toHaveLength(5);
    const scores = answer.films.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const film of answer.films) {
      expect(film.scoreText).toMatch(/^[01]\.\d\d$/);
      expect(film.reason).not.toBe('');
      expect(film.poster.url).toBeNull();
    }
    expect(answer.attribution).toContain('not endorsed');
  });

  it('offers the other readings of the name', async () => {
    const { context, answer } = await ask('hold on');
    expect(answer.alternatives.map(({ label }) => label)).toEqual(['Hold On – Adele', 'Hold On – Gojira']);
    const adele = await handleAction(answer.alternatives[0]!.token, context);
    expect(adele).toMatchObject({ song: { artists: 'Adele' } });
  });

  it('pages on and back without repeating a film, to a last page that says so', async () => {
    const { context, answer } = await ask('hold on genre:western');
    expect(films(answer)).toHaveLength(3);
    expect(answer.controls.some(({ action }) => action === 'next')).toBe(false);
    const { context: wide, answer: first } = await ask('hold on');
    const second = (await handleAction(press(first, 'next'), wide)) as RecommendationsAnswer;
    expect(new Set([...films(first), ...films(second)]).size).toBe(10);
    expect(films(await handleAction(press(second, 'previous'), wide))).toEqual(films(first));
    const beyond = answer.token.replace(/\.0\.1\./, '.9.1.');
    expect(await handleAction(beyond, context)).toMatchObject({
      films: [],
      notes: ['That was the last of them.'],
    });
  });

  it('narrows, says what is in force, and widens again', async () => {
    const { context, answer } = await ask('hold on genre:horror,comedy years:1990s rating:7');
    expect(answer.filters.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Genre: Comedy, Horror',
      'Years: 1990–1999',
      'Rating: 7 or more',
    ]);
    const genre = await handleAction(answer.filters[0]!.remove.token, context);
    expect((genre as RecommendationsAnswer).filters).toHaveLength(2);
    const all = await handleAction(press(answer, 'clear-filters'), context);
    expect((all as RecommendationsAnswer).filters).toEqual([]);
    const form = (await handleAction(press(answer, 'filters'), context)) as QuestionAnswer;
    expect(form.form!.fields.find(({ option }) => option.name === 'years')!.value).toBe('1990-1999');
    const set = await handleAction(form.form!.token, context, { years: '1960s' });
    expect((set as RecommendationsAnswer).films.every(({ year }) => year.startsWith('196'))).toBe(true);
    expect((set as RecommendationsAnswer).filters).toHaveLength(1);
  });

  it('filters to nothing with a sentence and a way back', async () => {
    const { context, answer } = await ask('hold on genre:western language:ja');
    expect(answer.films).toEqual([]);
    expect(answer.notes).toHaveLength(1);
    expect(films(await handleAction(press(answer, 'clear-filters'), context))).toHaveLength(5);
  });

  it('turns to hidden gems and back', async () => {
    const { context, answer } = await ask('hold on');
    const known = (await handleAction(answer.mainstream[2]!.token, context)) as RecommendationsAnswer;
    expect(known.mainstream.map(({ pressed }) => pressed)).toEqual([false, false, true]);
    expect(films(known)).not.toEqual(films(answer));
    expect(films(await handleAction(known.mainstream[1]!.token, context))).toEqual(films(answer));
  });

  it('tells everything about one film and finds the way back to its page', async () => {
    const { context, answer } = await ask('hold on');
    const second = (await handleAction(press(answer, 'next'), context)) as RecommendationsAnswer;
    const detail = (await handleAction(second.films[0]!.details.token, context)) as FilmDetailAnswer;
    expect(detail.id).toBe(second.films[0]!.id);
    expect(detail.links.map(({ url }) => new URL(url).hostname)).toEqual([
      'www.themoviedb.org',
      'www.themoviedb.org',
      'www.imdb.com',
    ]);
    expect(detail.reasons.length).toBeGreaterThan(0);
    expect(detail.neighbours.length).toBeGreaterThan(0);
    expect(detail.profiles.caption).toContain(detail.title);
    const shared = (side: 'song' | 'film') =>
      detail.profiles[side].terms
        .filter((term) => term.shared)
        .map(({ name }) => name)
        .sort();
    expect(shared('song')).toEqual(shared('film'));
    const back = detail.controls.find(({ action }) => action === 'back')!;
    expect(films(await handleAction(back.token, context))).toEqual(films(second));
  });

  it('asks back, and the choice answers', async () => {
    const context = contextOf();
    const question = (await askText('which genre:drama', context)) as QuestionAnswer;
    expect(question.kind).toBe('question');
    const answer = await handleAction(question.choices[1]!.token, context);
    expect(answer).toMatchObject({ song: { artists: 'Adele' }, filters: [{ value: 'Drama' }] });
  });

  it('blends songs joined by +, and keeps a name that has one', async () => {
    const { context, answer } = await ask('hold on adele + blue monday');
    expect(answer.song).toMatchObject({ id: null, title: 'Hold On + Blue Monday' });
    expect(films(await handleAction(press(answer, 'next'), context))).toHaveLength(5);
    const { answer: whole } = await ask('a-ha + friends');
    expect(whole.song.title).toBe('a-ha + friends');
  });

  it('says sorry without a stack trace when something breaks, and reports it', async () => {
    const told: unknown[] = [];
    const broken = {
      ...fakeEngine(),
      moviesFor: () => {
        throw new TypeError('secret /path');
      },
    };
    const context = contextOf(broken, { report: (error) => told.push(error) });
    const answer = await askText('hold on', context);
    expect(answer).toMatchObject({ kind: 'notice', tone: 'sorry' });
    expect(plainText(answer)).not.toMatch(/secret|TypeError/);
    expect(told).toHaveLength(1);
  });
});

describe('votes', () => {
  const votesOf = async (context: ReturnType<typeof contextOf>) =>
    JSON.stringify(await context.state.list('vote:'));

  it('are kept without the name, replaced by the next, shown, exported and forgotten', async () => {
    const { context, answer } = await ask('hold on', contextOf(fakeEngine(), { user: 'discord:8842' }));
    const detail = (await handleAction(answer.films[0]!.details.token, context)) as FilmDetailAnswer;
    const button = (action: string) => detail.controls.find((control) => control.action === action)!.token;
    expect(await handleAction(button('vote-up'), context)).toMatchObject({
      kind: 'notice',
      tone: 'info',
      private: true,
    });
    await handleAction(button('vote-down'), context);
    const kept = await context.state.list<{ fits: boolean }>('vote:');
    expect(kept.map(({ value }) => value.fits)).toEqual([false]);
    expect(await votesOf(context)).not.toContain('8842');
    // Somebody else sees none of it.
    const other = { ...context, user: 'discord:1' };
    expect(plainText(await askText('/movie-privacy', other))).toContain('Nothing is kept');
    expect(plainText(await askText('/movie-privacy', context))).toContain('One vote');
    const file = (await askText('/movie-privacy export', context)) as NoticeAnswer;
    expect(JSON.parse(file.attachment!.text).votes).toHaveLength(1);
    const sure = (await askText('/movie-privacy forget', context)) as QuestionAnswer;
    expect(await votesOf(context)).not.toBe('[]');
    await handleAction(sure.choices[0]!.token, context);
    expect(await votesOf(context)).toBe('[]');
  });

  it('are said beside what goes out when somebody names a song', async () => {
    const context = contextOf(fakeEngine());
    expect(plainText(await askText('/movie-privacy', context))).not.toContain('looked up');
    const searching = { ...context, resolver: { ...context.resolver, searches: ['Deezer', 'ReccoBeats'] } };
    for (const user of ['discord:1', null]) {
      const said = plainText(await askText('/movie-privacy', { ...searching, user }));
      expect(said).toContain('looked up at Deezer and ReccoBeats');
      expect(said).toContain('never who asked');
    }
  });

  it('of nobody are not kept', async () => {
    const { context, answer } = await ask('hold on', contextOf(fakeEngine(), { user: null }));
    const detail = (await handleAction(answer.films[0]!.details.token, context)) as FilmDetailAnswer;
    const up = detail.controls.find(({ action }) => action === 'vote-up')!;
    expect(await handleAction(up.token, context)).toMatchObject({ tone: 'sorry' });
    expect(await votesOf(context)).toBe('[]');
  });
});

/** A community's statistics: only where it wants them, only of five or more, never of whoever hides, gone when asked. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askText } from '../../commands/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type { FilmDetailAnswer, NoticeAnswer, RecommendationsAnswer } from '../../src/conversation/answer.ts';
import { communityOf, votesIn } from '../../src/conversation/ballots.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { meanProfile } from '../../src/conversation/statistics.ts';
import { encodeToken } from '../../src/conversation/tokens.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import { contextOf } from '../bots/web/page.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const engine = fakeEngine();
afterEach(() => {
  vi.useRealTimers();
});

function room() {
  const state = openMemoryState();
  return (user: string, more: Partial<AnswerContext> = {}) =>
    contextOf(engine, {
      state,
      user: `discord:${user}`,
      community: 'discord:server',
      manages: () => user === 'boss',
      ...more,
    });
}
type As = ReturnType<typeof room>;
const on = (as: As) => askText('/movie-stats on', as('boss'));
const said = async (context: AnswerContext) =>
  ((await askText('/movie-stats', context)) as NoticeAnswer).lines.join('\n');
async function askAll(as: As, song: string, people: number, more: Partial<AnswerContext> = {}) {
  for (let at = 0; at < people; at++) await askText(song, as(`p${at}`, more));
}
/** The buttons below the first film for a song. */
async function detailsOf(context: AnswerContext, song = 'hold on adele') {
  const five = (await askText(song, context)) as RecommendationsAnswer;
  return (await handleAction(five.films[0]!.details.token, context)) as FilmDetailAnswer;
}
async function press(context: AnswerContext, label: string) {
  const { controls } = await detailsOf(context);
  return handleAction(
    controls.find((one) => one.label.includes(label) || one.action === label)!.token,
    context,
  );
}

describe('statistics', () => {
  it('are off until a manager switches them on, and nothing is counted before', async () => {
    const as = room();
    await askAll(as, 'hold on adele', 6);
    expect(await said(as('p1'))).toContain('Nothing is counted here');
    expect(await askText('/movie-stats on', as('p1'))).toMatchObject({ tone: 'sorry' });
    expect(await as('p1').state.list('asked:')).toEqual([]);
    expect(await on(as)).toMatchObject({ tone: 'info', private: true });
    expect(await said(as('p1'))).toContain('No song has been asked by 5 people yet');
  });

  it('tell a song that five people asked, however often each, and none that four asked', async () => {
    const as = room();
    await on(as);
    await askAll(as, 'hold on adele', 4);
    for (let n = 0; n < 9; n++) await askText('hold on adele', as('p1'));
    await askAll(as, 'enter sandman', 7);
    const text = await said(as('p1'));
    expect(text).toContain('Enter Sandman – Metallica: 7 people');
    expect(text).not.toContain('Adele');
    await askText('hold on adele', as('p9'));
    expect(await said(as('p1'))).toMatch(/1\. Enter Sandman.*\n2\. Hold On – Adele: 5 people/);
  });

  it('keep no name, and no more than the community’s own', async () => {
    const as = room();
    await on(as);
    await askAll(as, 'hold on adele', 6);
    expect(JSON.stringify(await as('p1').state.list('asked:'))).not.toMatch(/p1|discord|server/);
    await askText('/movie-stats on', as('boss', { community: 'discord:other' }));
    expect(await said(as('p1', { community: 'discord:other' }))).toContain('No song');
  });

  it('count nobody who asked for themselves alone, or who hides', async () => {
    const as = room();
    await on(as);
    await askAll(as, 'hold on adele', 4);
    await askText('hold on adele private:yes', as('p8'));
    await askText('/movie-privacy hide', as('p9'));
    await askText('hold on adele', as('p9'));
    expect(await said(as('p1'))).not.toContain('Adele');
  });

  it('count the same of two hundred who ask at once', async () => {
    const as = room();
    await on(as);
    await Promise.all(Array.from({ length: 200 }, (_, at) => askText('hold on adele', as(`p${at % 50}`))));
    expect(await said(as('p1'))).toContain('Adele: 50 people');
  });

  it('forget what is older than ninety days', async () => {
    const as = room();
    await on(as);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01') });
    await askAll(as, 'hold on adele', 3);
    vi.setSystemTime(new Date('2026-05-01'));
    await askText('hold on adele', as('p7'));
    await askText('hold on adele', as('p8'));
    expect(await said(as('p1'))).not.toContain('Adele');
  });

  it('are forgotten when they are switched off', async () => {
    const as = room();
    await on(as);
    await askAll(as, 'hold on adele', 6);
    await askText('/movie-stats off', as('boss'));
    expect(await as('p1').state.list('asked:')).toEqual([]);
    await on(as);
    expect(await said(as('p1'))).not.toContain('Adele');
  });

  it('show films that three people love, and what both feel like', async () => {
    const as = room();
    await on(as);
    await askAll(as, 'hold on adele', 6);
    const title = (await detailsOf(as('p0'))).title;
    for (const user of ['p0', 'p1']) await press(as(user), 'vote-up');
    expect(await said(as('p1'))).not.toContain(`${title} (`);
    await press(as('p2'), 'vote-up');
    const answer = (await askText('/movie-stats', as('p1'))) as NoticeAnswer;
    expect(answer.lines.join('\n')).toMatch(new RegExp(`1\\. ${title}.*3 people`));
    expect(answer.profiles!.song.terms.length).toBeGreaterThan(0);
    expect(Math.max(...answer.profiles!.song.terms.map(({ strength }) => strength))).toBe(1);
    expect(answer.lines).toContain(answer.profiles!.caption);
    // As many against it as for it.
    for (const user of ['p3', 'p4', 'p5']) await press(as(user), 'vote-down');
    expect(await said(as('p1'))).toContain('No film has been voted for by 3 people yet');
  });

  it('are for servers only', async () => {
    const nowhere = contextOf(engine, { community: null });
    expect(await askText('/movie-stats', nowhere)).toMatchObject({ tone: 'sorry' });
  });

  it('weigh a mean by people', () => {
    const one = { terms: { joyful: 1 }, worlds: {}, year: 1990, basis: 'described' as const };
    const other = { terms: { lonely: 0.5 }, worlds: { japan: 1 }, year: null, basis: 'sound' as const };
    expect(
      meanProfile([
        { profile: one, weight: 3 },
        { profile: other, weight: 1 },
      ]),
    ).toMatchObject({
      terms: { joyful: 0.75, lonely: 0.125 },
      worlds: { japan: 0.25 },
    });
    expect(meanProfile([]).terms).toEqual({});
  });
});

describe('what was asked', () => {
  it('is told to whoever asked, exported, and forgotten at once', async () => {
    const as = room();
    await on(as);
    await askAll(as, 'hold on adele', 6);
    expect(((await askText('/movie-privacy', as('p1'))) as NoticeAnswer).lines.join()).toContain(
      'One song that you asked',
    );
    const file = ((await askText('/movie-privacy export', as('p1'))) as NoticeAnswer).attachment!.text;
    expect(JSON.parse(file).asked).toEqual(['Hold On – Adele']);
    await handleAction(encodeToken({ action: 'privacy', step: 'forget-sure' }), as('p1'));
    expect(await said(as('p2'))).toContain('Adele: 5 people');
    expect(((await askText('/movie-privacy', as('p1'))) as NoticeAnswer).lines.join()).toContain(
      'Nothing is kept',
    );
  });
});

describe('whoever hides', () => {
  const inServer = async (context: AnswerContext) => votesIn((await communityOf(context))!, context.state);

  it('counts in no vote, before or after, until they show themselves', async () => {
    const as = room();
    await press(as('p1'), 'vote-up');
    await press(as('p2'), 'vote-up');
    expect(await inServer(as('p1'))).toHaveLength(2);
    await askText('/movie-privacy hide', as('p1'));
    expect(await inServer(as('p1'))).toHaveLength(1);
    await press(as('p1'), 'vote-up');
    await press(as('p1'), 'Not for me');
    expect(await inServer(as('p1'))).toHaveLength(1);
    await askText('/movie-privacy unhide', as('p1'));
    await press(as('p1'), 'vote-up');
    expect(await inServer(as('p1'))).toHaveLength(2);
  });

  it('is not changed by an address that may be opened again', async () => {
    const as = room();
    await askText('/movie-privacy hide', as('p1', { readOnly: true }));
    expect(await as('p1').state.list('hidden:')).toEqual([]);
  });

  it('is a guest in film nights', async () => {
    const as = room();
    await askText('/movie-privacy hide', as('p1'));
    const answer = (await askText(
      '/movie-night hold on adele',
      as('p1', { name: 'Real Name' }),
    )) as NoticeAnswer;
    expect(answer.night!.people.map(({ name }) => name)).toEqual(['Guest 1']);
  });
});

describe('marks', () => {
  const inServer = async (context: AnswerContext) => votesIn((await communityOf(context))!, context.state);

  it('count as half a vote in the community: seen for the film, not for me against it', async () => {
    const as = room();
    await press(as('p1'), 'Seen it');
    await press(as('p2'), 'Not for me');
    await press(as('p3'), 'Save');
    expect((await inServer(as('p1'))).map(({ fits, weight }) => [fits, weight])).toEqual([
      [true, 0.5],
      [false, 0.5],
    ]);
  });

  it('do not count beside a vote, and go when they are undone', async () => {
    const as = room();
    // The same film: what is not for somebody does not come again.
    const { controls } = await detailsOf(as('p1'));
    const token = (what: string) => controls.find((one) => one.label === what || one.action === what)!.token;
    const undo = (await handleAction(token('Not for me'), as('p1'))) as NoticeAnswer;
    expect(await inServer(as('p1'))).toHaveLength(1);
    await handleAction(undo.controls[0]!.token, as('p1'));
    expect(await inServer(as('p1'))).toEqual([]);
    await handleAction(token('vote-up'), as('p1'));
    await handleAction(token('Not for me'), as('p1'));
    expect(await inServer(as('p1'))).toMatchObject([{ fits: true }]);
    expect((await inServer(as('p1')))[0]!.weight).toBeUndefined();
    await handleAction(undo.controls[0]!.token, as('p1'));
    expect(await inServer(as('p1'))).toHaveLength(1);
  });

  it('are forgotten with everything else', async () => {
    const as = room();
    await press(as('p1'), 'Seen it');
    await handleAction(encodeToken({ action: 'privacy', step: 'forget-sure' }), as('p1'));
    expect(await inServer(as('p1'))).toEqual([]);
    expect(await as('p1').state.list('vote:')).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type { NoticeAnswer } from '../../src/conversation/answer.ts';
import { MOOD_NAMES, readMood } from '../../src/conversation/moods.ts';
import { plainText } from '../../src/conversation/plain-text.ts';
import { decodeToken, encodeToken } from '../../src/conversation/tokens.ts';
import { Model } from '../../src/engine/model/model.ts';
import { STARTER } from '../../src/indexer/starter.ts';
import { contextOf } from '../bots/web/page.ts';

const context = contextOf();
const notice = (answer: unknown) => answer as NoticeAnswer;

describe('/song-for', () => {
  it('lists five songs, each with a way to its films, and pages on', async () => {
    const answer = notice(await askText('/song-for inception', context));
    expect(answer.title).toBe('5 songs that feel like “Inception (2010)”');
    expect(answer.songs).toHaveLength(5);
    expect(answer.lines[0]).toMatch(/^1 {2}.+ – .+ \(0\.\d\d\)/);
    const films = await handleAction(answer.songs![0]!.films.token, context);
    expect(films.kind).toBe('recommendations');
    const next = answer.controls.find(({ action }) => action === 'next')!;
    const more = notice(await handleAction(next.token, context));
    expect(more.songs!.map(({ position }) => position)).toEqual([6, 7, 8]);
    expect(more.controls.find(({ action }) => action === 'previous')).toBeDefined();
    expect(notice(await handleAction(answer.token, context)).songs).toEqual(answer.songs);
  });

  it('narrows by a form', async () => {
    const answer = notice(await askText('/song-for inception', context));
    const narrowed = notice(
      await handleAction(answer.form!.token, context, { years: '1980s', mainstream: 'known' }),
    );
    expect(decodeToken(narrowed.token)).toMatchObject({
      payload: { ref: { kind: 'film', film: 27205, filters: { years: [1980, 1989] } }, mainstream: 'known' },
    });
    const wrong = notice(await handleAction(answer.form!.token, context, { years: 'soon' }));
    expect(wrong.tone).toBe('sorry');
  });

  it('asks which of several films is meant, and says when none is known', async () => {
    const which = await askText('/song-for the', context);
    expect(which.kind).toBe('question');
    const none = notice(await askText('/song-for qqqq', context));
    expect(none.lines[0]).toContain('“qqqq”');
    expect(none.controls.length).toBeGreaterThan(0);
  });
});

describe('a film’s name where a song is expected', () => {
  it('is offered as a film', async () => {
    const answer = notice(await askText('Inception', context));
    const [offer] = answer.controls;
    expect(offer!.label).toBe('Songs like the film Inception (2010)');
    expect(notice(await handleAction(offer!.token, context)).songs).toHaveLength(5);
  });

  it('leads from a film’s details to songs, too', async () => {
    const detail = await handleAction('1d.5vjLSffimiIP26QG5WcN2K.kzp.0.1.', context);
    expect(detail.kind).toBe('filmDetail');
    const songs = await handleAction((detail as { songs?: { token: string } }).songs!.token, context);
    expect(notice(songs).title).toContain('Inception');
  });
});

describe('/movie-mood', () => {
  it('is picked feeling by feeling, and leads to films and songs', async () => {
    let answer = notice(await askText('/movie-mood', context));
    expect(answer.title).toBe('How should it feel?');
    for (const label of ['lonely', '+ the city at night']) {
      const chip = answer.controls.find((control) => control.label === label)!;
      answer = notice(await handleAction(chip.token, context));
    }
    expect(answer.title).toBe('lonely · the city at night');
    const press = (label: string) =>
      handleAction(answer.controls.find((control) => control.label === label)!.token, context);
    const films = await press('Films');
    expect(films).toMatchObject({
      kind: 'recommendations',
      heading: 'Five films that feel like “lonely · the city at night”',
    });
    const next = films.kind === 'recommendations' && films.controls.find(({ action }) => action === 'next');
    expect(next && (await handleAction(next.token, context)).kind).toBe('recommendations');
    const details = films.kind === 'recommendations' && films.films[0]!.details.token;
    expect(details && (await handleAction(details, context)).kind).toBe('filmDetail');
    expect(notice(await press('Songs')).songs).toHaveLength(5);
  });

  it('says which words it does not know, and offers feelings', async () => {
    const answer = notice(await askText('/movie-mood lonely xylophone', context));
    expect(answer.lines[0]).toContain('xylophone');
    expect(answer.title).toBe('lonely');
    const none = notice(await askText('/movie-mood xylophone', context));
    expect(none.tone).toBe('sorry');
    expect(none.controls.length).toBeGreaterThan(5);
    expect(plainText(none)).toMatch(/\n1 joyful/);
  });

  it.each([
    ['lonely neon night', ['lonely', 'synth-80s', 'urban-night']],
    ['the city at night, melancholic and tender', ['urban-night', 'melancholic', 'tender']],
    ['Hoffnungsvoll', ['hopeful']],
    ['SAD & slow-burning', ['melancholic', 'slow-burning']],
    ['full of wonder', ['awe']],
    ['', []],
  ])('reads %j', (text, feel) => {
    expect(readMood(text).feel).toEqual(feel);
  });

  it('has a number for every feeling and world of the fitted model', async () => {
    const { spec } = await Model.load(STARTER.model);
    for (const name of [...spec.feel.terms, ...spec.feel.worlds]) expect(MOOD_NAMES).toContain(name);
    expect(new Set(MOOD_NAMES).size).toBe(MOOD_NAMES.length);
  });
});

describe('tokens of films and moods', () => {
  const page = { page: 0, mainstream: 'balanced' } as const;

  it('read back as they were written', () => {
    for (const name of MOOD_NAMES) {
      const ref = { kind: 'mood', feel: [name], filters: {} } as const;
      for (const action of ['show', 'songs', 'mood'] as const) {
        const payload = { action, ref, ...page };
        expect(decodeToken(encodeToken(payload))).toEqual({ kind: 'payload', payload });
      }
    }
    const payload = {
      action: 'songs',
      ref: { kind: 'film', film: 999_999_999, filters: { years: [1980, 1989] } },
      ...page,
    } as const;
    expect(decodeToken(encodeToken(payload))).toEqual({ kind: 'payload', payload });
  });

  it.each([
    '1a.-.0.0.1.',
    '1a._kzp.0.0.1.',
    '1d._kzp.kzp.0.1.',
    '1o.-zz.0.0.1.',
    '1o.-0000.0.0.1.',
    '1m._kzp.0.0.1.',
    '1m.5vjLSffimiIP26QG5WcN2K.0.0.1.',
    '1o._0.0.0.1.',
    '1o.-000102030405.0.0.1.',
  ])('%s says nothing that is known', (token) => {
    expect(decodeToken(token)).toEqual({ kind: 'forged' });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleAction } from '../../src/conversation/actions.ts';
import type { NoticeAnswer, RecommendationsAnswer } from '../../src/conversation/answer.ts';
import { MAINSTREAM_LEVELS } from '../../src/conversation/query.ts';
import { recall, refOf, seedOf } from '../../src/conversation/questions.ts';
import { recommend } from '../../src/conversation/recommendation.ts';
import {
  decodeToken,
  encodeToken,
  MAX_TOKEN_LENGTH,
  packFilters,
  unpackFilters,
} from '../../src/conversation/tokens.ts';
import { FILM_GENRES } from '../../src/shared/film-genres.ts';
import { contextOf } from '../bots/web/page.ts';
import { fakeEngine, SONGS } from '../support/fake-engine.ts';

const TRACK = SONGS[0]!.id;
const SEED = { seed: 20261123 };

const years = fc.tuple(fc.integer({ min: 1870, max: 1985 }), fc.integer({ min: 1985, max: 2100 }));
const genres = fc
  .uniqueArray(fc.constantFrom(...FILM_GENRES), { minLength: 1 })
  .map((list) => FILM_GENRES.filter((genre) => list.includes(genre)));
const filters = fc.record(
  {
    genres,
    notGenres: genres,
    years,
    runtime: fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 90, max: 1000 })),
    minRating: fc.integer({ min: 1, max: 100 }).map((tenths) => tenths / 10),
    languages: fc.uniqueArray(fc.constantFrom('en', 'fr', 'ja', 'cn', 'ko'), { minLength: 1 }),
  },
  { requiredKeys: [] },
);

describe('tokens', () => {
  it('carry filters there and back', () => {
    fc.assert(
      fc.property(filters, (some) => {
        const packed = packFilters(some, 1000);
        expect(packed).not.toBeNull();
        expect(unpackFilters(packed!)).toEqual(some);
      }),
      SEED,
    );
  });

  it('stay within 100 address-safe characters and say what was asked, whatever the filters', async () => {
    const context = contextOf();
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.integer({ min: 0, max: 98 }),
        fc.constantFrom(...MAINSTREAM_LEVELS),
        fc.integer({ min: 1, max: 99_999_999 }),
        async (some, page, mainstream, film) => {
          const ref = await refOf({ seed: { kind: 'track', id: TRACK }, filters: some }, context);
          const payload = { action: 'details', ref, page, mainstream, film } as const;
          const token = encodeToken(payload);
          expect(token.length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
          expect(token).toMatch(/^[A-Za-z0-9._~-]+$/);
          expect(decodeToken(token)).toEqual({ kind: 'payload', payload });
          expect(await recall(ref, context)).toEqual({
            seed: { kind: 'track', id: TRACK },
            filters: some,
          });
        },
      ),
      SEED,
    );
  });

  it('never make a process throw, however forged', async () => {
    const context = contextOf();
    const valid = encodeToken({
      action: 'details',
      ref: { kind: 'inline', track: TRACK, filters: { genres: ['Horror'] } },
      page: 1,
      mainstream: 'known',
      film: 603,
    });
    const mutated = fc
      .tuple(fc.nat(valid.length - 1), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([at, text]) => valid.slice(0, at) + text + valid.slice(at + 1));
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.string({ maxLength: 200 })), async (token) => {
        const decoded = decodeToken(token);
        const answer = await handleAction(token, context);
        // What does not decode gets a sentence; what does is a question that anyone could have asked.
        if (decoded.kind !== 'payload') expect(answer).toMatchObject({ kind: 'notice', tone: 'sorry' });
        else expect(encodeToken(decoded.payload).length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
      }),
      { ...SEED, numRuns: 500 },
    );
  });

  it.each([
    ['a made-up film', `1d.${TRACK}.zzzzz.0.1.`],
    ['a made-up song', '1a.0000000000000000000000.0.0.1.'],
    ['an unknown stored question', '1a.~AAAAAAAAAAAAAAAA.0.0.1.'],
    ['a version to come', `2d.${TRACK}.gr.0.1.`],
    ['a page beyond the last', `1a.${TRACK}.0.zz.1.`],
    ['filters beside a stored question', '1a.~AAAAAAAAAAAAAAAA.0.0.1.g1'],
    ['a filter said twice', `1a.${TRACK}.0.0.1.v50_v60`],
    ['nothing', ''],
    ['not even text', 42],
  ])('answer %s with a sentence', async (_, token) => {
    const answer = await handleAction(token, contextOf());
    expect(answer).toMatchObject({ kind: 'notice', tone: 'sorry' });
    expect((answer as NoticeAnswer).lines.join(' ')).toMatch(/^[A-Z].*\.$/);
  });

  it('tell an outdated button from a damaged one', async () => {
    const [old, damaged] = await Promise.all(
      [`0d.${TRACK}.gr.0.1.`, `1d.${TRACK}`].map((token) => handleAction(token, contextOf())),
    );
    expect(old).not.toEqual(damaged);
  });

  it('never let unfit films through, whatever they say', async () => {
    const engine = fakeEngine();
    const unfit = { ...engine, film: (id: number) => ({ ...engine.film(603)!, id, unfit: true }) };
    const token = `1d.${TRACK}.gr.0.1.`;
    expect(await handleAction(token, contextOf())).toMatchObject({ kind: 'filmDetail', id: 603 });
    expect(await handleAction(token, contextOf(unfit))).toMatchObject({ kind: 'notice', tone: 'sorry' });
  });

  it('keep a song from outside in durable state, for any process, until it expires', async () => {
    const context = contextOf();
    const outside = { ...SONGS[0]!, id: '9'.repeat(22), title: 'From elsewhere' };
    const answer = (await recommend(
      { seed: seedOf([outside], context), filters: {}, mainstream: 'balanced', page: 0 },
      context,
    )) as RecommendationsAnswer;
    // Another process: its own engine, the same state.
    const other = contextOf(fakeEngine(), { state: context.state });
    const again = await handleAction(answer.token, other);
    expect(again).toMatchObject({ kind: 'recommendations', song: { title: 'From elsewhere' } });
    const forgetful = contextOf();
    expect(await handleAction(answer.token, forgetful)).toMatchObject({ kind: 'notice', tone: 'sorry' });
  });
});

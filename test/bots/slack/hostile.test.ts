/** Whatever songs and films are called, what is sent keeps to Slack's limits and says only what it says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../commands/command.ts';
import { movieFor } from '../../../commands/movie-for.ts';
import { detailModal } from '../../../src/bots/slack/render/detail.ts';
import { filmsModal } from '../../../src/bots/slack/render/films-modal.ts';
import { formModal, readForm } from '../../../src/bots/slack/render/form.ts';
import { homeView } from '../../../src/bots/slack/render/home.ts';
import { drawMessage, drawOffer, drawSentence } from '../../../src/bots/slack/render/index.ts';
import { withoutPictures } from '../../../src/bots/slack/render/kit.ts';
import { unfurlBlocks } from '../../../src/bots/slack/render/unfurl.ts';
import { LAYOUTS } from '../../../src/bots/slack/render/view.ts';
import { handleAction } from '../../../src/conversation/actions.ts';
import type { Answer } from '../../../src/conversation/answer.ts';
import type { AnswerContext } from '../../../src/conversation/context.ts';
import type { Film, Song } from '../../../src/engine/types.ts';
import { LANGUAGES } from '../../../src/i18n/index.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { FILMS, fakeEngine, SONGS } from '../../support/fake-engine.ts';
import { checkMessage, checkUnfurl, checkView } from './support/blocks/index.ts';
import { text } from './support/hostile.ts';

const RUNS = Number(process.env.FC_RUNS ?? 24);

const film = fc
  .record({ title: text, originalTitle: text, overview: text, tagline: text, poster: text, country: text })
  .chain((words) =>
    fc.constantFrom(...FILMS).map(
      (base): Film => ({
        ...base,
        ...words,
        poster: words.poster.length % 2 ? base.poster : words.poster,
        countries: [words.country],
        language: words.country.slice(0, 2) || 'en',
      }),
    ),
  );
const films = fc.uniqueArray(film, { minLength: 1, maxLength: 8, selector: ({ id }) => id });
const song = fc.record({ title: text, artist: text }).map(
  ({ title, artist }): Song => ({
    ...SONGS[0]!,
    title,
    artists: [artist, artist],
    genres: [title.slice(0, 40)],
  }),
);

function contextOf(list: readonly Film[], asked: Song): AnswerContext {
  const engine = fakeEngine(list, [asked]);
  const state = openMemoryState();
  return {
    engine: () => engine,
    resolver: {
      resolve: async () => ({
        kind: 'song',
        song: asked,
        source: { kind: 'catalogue', note: { key: 'lookup.source.catalogue', params: {} } },
        candidates: SONGS.map((one) => ({
          song: { ...one, title: asked.title + one.title },
          quality: 1,
          version: null,
        })),
      }),
    },
    state,
    locale: 'en',
    audience: { private: true, ageRestricted: false },
    user: 'slack:T:U',
    imageHost: 'https://image.tmdb.org',
    report: (error) => {
      throw error;
    },
  };
}

const place = { locale: 'en', owner: 'U0ASKER' } as const;
const everywhere = LAYOUTS.flatMap((layout) =>
  (['alone', 'all', 'modal'] as const).map((seenBy) => ({ ...place, seenBy, layout })),
);

function expectFine(answer: Answer, views = everywhere): void {
  for (const view of views) {
    const drawn = drawMessage(answer, view, 'U0SHARER');
    if (answer.kind === 'recommendations') expect(drawn.blocks.length).toBeLessThanOrEqual(12);
    expect(checkMessage(drawn)).toEqual([]);
    expect(checkMessage({ ...drawn, blocks: withoutPictures(drawn.blocks) })).toEqual([]);
  }
  expect(checkView(filmsModal(answer, 'en'))).toEqual([]);
}

describe('hostile titles', () => {
  it('keep to the limits in every kind of answer', async () => {
    await fc.assert(
      fc.asyncProperty(films, song, text, async (list, asked, typed) => {
        const context = contextOf(list, asked);
        const answer = await runCommand(movieFor, { song: 'it' }, context);
        expect(answer.kind).toBe('recommendations');
        if (answer.kind !== 'recommendations') return;
        expectFine(answer);
        expect(checkUnfurl(unfurlBlocks(answer, 'en'))).toEqual([]);
        const detail = await handleAction(answer.films[0]!.details.token, context);
        expectFine(detail);
        if (detail.kind === 'filmDetail') {
          expect(checkView(detailModal(detail, 'en'))).toEqual([]);
          expect(checkView(detailModal(detail, 'en', [typed, typed]))).toEqual([]);
        }
        expectFine(await runCommand(movieFor, { song: 'it', genre: typed || 'x', years: typed }, context));
        const recent = [{ heading: answer.heading, token: answer.token }];
        expect(checkView(homeView({ command: '/movie-for', recent, channel: null }, 'en'))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('keep to the limits in notices, questions and offers', () => {
    // Only films are drawn as cards.
    const views = everywhere.filter(({ layout, seenBy }) => layout === 'list' && seenBy !== 'modal');
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), text, (lines, one) => {
        const token = '1p.0';
        const controls = lines.map((label) => ({
          action: 'choose' as const,
          label,
          description: one,
          token,
        }));
        const attachment = {
          name: 'a.json',
          mediaType: 'application/json',
          text: lines.join('\n'),
        };
        expectFine(
          { kind: 'notice', private: true, tone: 'info', title: one, lines, controls, attachment },
          views,
        );
        expectFine({ kind: 'notice', private: true, tone: 'sorry', title: one, lines, controls: [] }, views);
        expectFine({ kind: 'question', private: true, text: one, choices: controls }, views);
        expect(checkMessage(drawSentence(one))).toEqual([]);
        const offer = drawOffer(one, { song: one, others: 2 }, { locale: 'en', alone: true });
        if (offer) expect(checkMessage(offer)).toEqual([]);
      }),
      { numRuns: RUNS / 2 },
    );
  });

  it('keep to the limits in the form, whatever is in force', async () => {
    const context = contextOf(FILMS, SONGS[0]!);
    const answer = await runCommand(movieFor, { song: 'it', genre: 'horror', years: '1990s' }, context);
    if (answer.kind !== 'recommendations') throw new Error(answer.kind);
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const fields = answer.form.fields.map((field) => ({
          ...field,
          value: field.option.kind === 'number' ? '7' : value,
        }));
        const view = await formModal({ ...answer.form, fields }, 'AAAAAAAAAAAAAAAA', context);
        expect(checkView(view)).toEqual([]);
        expect(readForm(view.private_metadata ?? '')?.token).toBe(answer.form.token);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('every language', () => {
  it.each(Object.keys(LANGUAGES))('%s keeps to the limits', async (locale) => {
    const context = { ...contextOf(FILMS, SONGS[0]!), locale };
    const answer = await runCommand(movieFor, { song: 'it', genre: 'horror' }, context);
    if (answer.kind !== 'recommendations') throw new Error(answer.kind);
    for (const view of everywhere)
      expect(checkMessage(drawMessage(answer, { ...view, locale }, 'U0SHARER'))).toEqual([]);
    const detail = await handleAction(answer.films[0]!.details.token, context);
    if (detail.kind !== 'filmDetail') throw new Error(detail.kind);
    expect(checkView(detailModal(detail, locale))).toEqual([]);
    expect(checkView(await formModal(answer.form, 'AAAAAAAAAAAAAAAA', context))).toEqual([]);
    const settings = { links: 'preview', layout: 'carousel' } as const;
    const channel = { id: 'C0MUSIC', settings, manages: true, managers: ['U0OTHER'] };
    expect(checkView(homeView({ command: '/movie-for', recent: [], channel }, locale))).toEqual([]);
    const words = LANGUAGES[locale]!.slack;
    if (locale !== 'en') expect(words).not.toEqual(LANGUAGES.en!.slack);
    const signs = (text: unknown) =>
      JSON.stringify(text)
        .match(/`[^`]*`|\*[^*]*\*|\{\{\w+\}\}/g)
        ?.map((part) => part[0]);
    expect(signs(words)).toEqual(signs(LANGUAGES.en!.slack));
  });
});

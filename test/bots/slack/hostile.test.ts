/** Whatever songs and films are called, what is sent keeps to Slack's limits and says only what it says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../commands/command.ts';
import { movieFor } from '../../../commands/movie-for.ts';
import { act } from '../../../src/answers/act.ts';
import type { Answer } from '../../../src/answers/answer.ts';
import type { AnswerContext } from '../../../src/answers/context.ts';
import { LANGUAGES } from '../../../src/answers/messages/index.ts';
import { checkMessage, checkUnfurl, checkView } from '../../../src/bots/slack/check/index.ts';
import { escaped, escapedWithin, readText } from '../../../src/bots/slack/escape.ts';
import { LIMITS } from '../../../src/bots/slack/limits.ts';
import { detailModal } from '../../../src/bots/slack/render/detail.ts';
import { filmsModal } from '../../../src/bots/slack/render/films-modal.ts';
import { formModal, readMetadata, readValues } from '../../../src/bots/slack/render/form.ts';
import { homeView } from '../../../src/bots/slack/render/home.ts';
import { withoutPictures } from '../../../src/bots/slack/render/kit.ts';
import { drawMessage, drawOffer, drawSentence } from '../../../src/bots/slack/render/message.ts';
import { unfurlBlocks } from '../../../src/bots/slack/render/unfurl.ts';
import { LAYOUTS } from '../../../src/bots/slack/render/view.ts';
import { slackWords } from '../../../src/bots/slack/words.ts';
import type { Film, Song } from '../../../src/engine/types.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { FILMS, fakeEngine, SONGS } from '../../support/fake-engine.ts';

const RUNS = Number(process.env.FC_RUNS ?? 40);

const EVIL = [
  '<!channel>',
  '<!here|x>',
  '<@U0VICTIM>',
  '<#C0MUSIC|music>',
  '<https://evil.example|click>',
  '&lt;!everyone&gt;',
  '*bold* _it_ ~no~ `code` ```pre```',
  ':tada: :skull_and_crossbones:',
  '\u202egnirts\u202c \u200b\u2066',
  '\u0000\u0007\u001b[31m',
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'e\u0301\u0302\u0303\u0304\u0305'.repeat(50),
  '|a|b|',
  '\ud83d',
  ' \n\t ',
  '',
  '> quote\n&amp;',
  'x'.repeat(6000),
  '&'.repeat(4000),
];

const text = fc.oneof(
  fc.constantFrom(...EVIL),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom(...EVIL), { maxLength: 6 }).map((parts) => parts.join(' ')),
);

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
        const detail = await act(answer.films[0]!.details.token, context);
        expectFine(detail);
        if (detail.kind === 'filmDetail') {
          const pictures = { mood: 'F0MOOD', poster: 'F0POSTER' };
          expect(checkView(detailModal(detail, 'en'))).toEqual([]);
          expect(checkView(detailModal(detail, 'en', pictures, [typed, typed]))).toEqual([]);
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
        const offer = drawOffer(one, 'Films');
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
        expect(readMetadata(view.private_metadata ?? '')?.token).toBe(answer.form.token);
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
    const detail = await act(answer.films[0]!.details.token, context);
    if (detail.kind !== 'filmDetail') throw new Error(detail.kind);
    expect(checkView(detailModal(detail, locale))).toEqual([]);
    expect(checkView(await formModal(answer.form, 'AAAAAAAAAAAAAAAA', context))).toEqual([]);
    const channel = { id: 'C0MUSIC', settings: { links: 'unfurl', layout: 'carousel' } } as const;
    expect(checkView(homeView({ command: '/movie-for', recent: [], channel }, locale))).toEqual([]);
    const words = slackWords(locale);
    if (locale !== 'en') expect(words).not.toBe(slackWords('en'));
    const signs = (text: unknown) =>
      JSON.stringify(text)
        .match(/`[^`]*`|\*[^*]*\*|\{\{\w+\}\}/g)
        ?.map((part) => part[0]);
    expect(signs(words)).toEqual(signs(slackWords('en')));
  });
});

describe('escaping', () => {
  it('leaves nothing that Slack would act on, at any length', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 400 }), (raw, most) => {
        for (const safe of [escaped(raw), escapedWithin(raw, most)]) {
          expect(safe).not.toMatch(/[<>*~`]/);
          expect(safe).not.toMatch(/&(?!(?:amp|lt|gt);)/);
          expect(safe).not.toMatch(/:[\w+-]+:/);
        }
        expect(escapedWithin(raw, most).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: RUNS * 10 },
    );
  });

  it('shows the signs as they were typed', () => {
    expect(escaped('Tom & Jerry <3')).toBe('Tom &amp; Jerry &lt;3');
    expect(escaped('snake_case and 10:30')).toBe('snake_case and 10:30');
  });
});

describe('what Slack sends', () => {
  it.each([
    [
      'look <https://open.spotify.com/track/x?a=1&amp;b=2|Song>',
      'look https://open.spotify.com/track/x?a=1&b=2',
    ],
    ['<@U0BOT> hold on', 'hold on'],
    ['<!here> a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
    ['in <#C0MUSIC|music>', 'in #music'],
    ['<@U0BOT|music2movie>', ''],
  ])('%s reads %s', (sent, read) => {
    expect(readText(sent)).toBe(read);
  });

  it('never throws, whatever a form holds', () => {
    fc.assert(
      fc.property(fc.anything(), text, (state, metadata) => {
        expect(readValues(state)).toBeTypeOf('object');
        readMetadata(metadata);
        readText(metadata);
      }),
      { numRuns: RUNS * 3 },
    );
  });
});

describe('the checker', () => {
  const section = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: words } });
  it.each([
    ['too many blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['too much text', [section('x'.repeat(3001))]],
    ['no text', [section('')]],
    ['a mention of everyone', [section('<!channel>')]],
    ['a bare ampersand', [section('a & b')]],
    ['a picture without a text alternative', [{ type: 'image', image_url: 'https://image.tmdb.org/a.jpg' }]],
    ['an unknown block', [{ type: 'poster' }]],
    [
      'a long button',
      [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'x'.repeat(76) } }],
        },
      ],
    ],
    [
      'a field outside a form',
      [
        {
          type: 'input',
          label: { type: 'plain_text', text: 'a' },
          element: { type: 'plain_text_input', action_id: 'a' },
        },
      ],
    ],
  ])('finds %s', (_, blocks) => {
    expect(checkMessage({ text: 'x', blocks })).not.toEqual([]);
  });

  it('finds what only views forbid', () => {
    const title = { type: 'plain_text', text: 'x'.repeat(25) };
    expect(checkView({ type: 'modal', title, blocks: [{ type: 'divider' }] })).toHaveLength(1);
  });

  it('knows where every limit is written', () => {
    for (const { value, source } of Object.values(LIMITS)) {
      expect(value).toBeGreaterThan(0);
      expect(source).toMatch(/^docs\.slack\.dev\/reference\//);
    }
  });
});

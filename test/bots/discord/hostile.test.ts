/** No answer, however hostile its texts, becomes a message that Discord refuses or that says more than it should. */
import { MessageFlags } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choicesFrom } from '../../../src/bots/discord/listeners/commands.ts';
import { renderModal } from '../../../src/bots/discord/render/form.ts';
import { render } from '../../../src/bots/discord/render/index.ts';
import type { DiscordMessage, View } from '../../../src/bots/discord/render/message.ts';
import { renderPlain } from '../../../src/bots/discord/render/plain.ts';
import type {
  Answer,
  Control,
  FilmCard,
  FilmDetailAnswer,
  NoticeAnswer,
  QuestionAnswer,
  RecommendationsAnswer,
} from '../../../src/conversation/answer.ts';
import { FILTER_OPTIONS } from '../../../src/conversation/filters/index.ts';
import { encodeToken, type PageState } from '../../../src/conversation/tokens.ts';
import { messageFaults, modalFaults } from './support/limits.ts';
import { hasSpec, openapiFaults } from './support/openapi.ts';

const NASTY = [
  '',
  ' ',
  '\u200b',
  '\u202e\u2066drow',
  '@everyone @here <@1> <@&2> <#3> </movie-for:4> <t:0> <:a:5>',
  '[click](https://evil.example) https://evil.example discord.gg/x',
  '```\n# a\n> b\n- c\n||d||~~e~~__f__**g**',
  '\\',
  '\\'.repeat(5000),
  '*'.repeat(9000),
  '👩‍👩‍👧‍👦'.repeat(900),
  `Z${'\u0351'.repeat(3000)}`,
  '\ud800',
  'a\u0000b\u001b[31m',
  'اللغة العربية\u200f',
  '{{song}} $t(sorry.title)',
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 400 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6000, size: 'max' }) },
);
const many = <T>(one: fc.Arbitrary<T>, most: number) => fc.array(one, { maxLength: most });
const unit = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(Number.NaN, -3, 99));
const pageState: PageState = {
  ref: { kind: 'stored', id: 'abcdefghijklmnop' },
  page: 1,
  mainstream: 'balanced',
};
const token = fc.nat(999_999).map((film) => encodeToken({ action: 'details', ...pageState, film: film + 1 }));
const show = encodeToken({ action: 'show', ...pageState });

const control = (action: Control['action'], tokens: fc.Arbitrary<string> = fc.constant(show)) =>
  fc.record({ action: fc.constant(action), label: text, token: tokens, pressed: fc.boolean() });
const fact = fc.record({ name: text, value: text });
const poster = fc.record({ url: fc.constant('https://image.tmdb.org/t/p/w342/a.jpg'), alt: text });

const card: fc.Arbitrary<FilmCard> = fc.record({
  position: fc.integer({ min: 1, max: 5 }),
  id: fc.nat(),
  title: text,
  year: text,
  score: unit,
  scoreText: text,
  genres: many(text, 8),
  rawGenres: many(text, 3),
  runtime: text,
  rating: text,
  reason: text,
  poster,
  details: control('details', token),
});

const side = fc.record({
  terms: many(fc.record({ name: text, strength: unit, shared: fc.boolean() }), 6),
  worlds: many(fc.record({ name: text, shared: fc.boolean() }), 2),
});

const recommendations: fc.Arbitrary<RecommendationsAnswer> = fc.record({
  kind: fc.constant('recommendations' as const),
  private: fc.boolean(),
  heading: text,
  song: fc.record({
    id: fc.constant(null),
    title: text,
    artists: text,
    facts: many(fact, 5),
    source: text,
    url: fc.constant(null),
  }),
  uses: many(fc.record({ label: text, details: control('details', token) }), 2),
  alternatives: many(control('choose', token), 30),
  films: fc.uniqueArray(card, { maxLength: 5, selector: ({ id }) => id }),
  filters: many(fc.record({ name: text, value: text, remove: control('clear-filters') }), 6),
  notes: many(text, 6),
  // The same token everywhere: ids must differ all the same.
  controls: fc.tuple(
    control('previous'),
    control('next'),
    control('filters'),
    control('clear-filters'),
    control('share'),
  ),
  mainstream: fc.constant(
    (['hidden', 'balanced', 'known'] as const).map((mainstream) => ({
      action: 'mainstream' as const,
      label: mainstream,
      token: encodeToken({ action: 'show', ...pageState, mainstream }),
    })),
  ),
  form: fc.constant({ token: show, submit: 'ok', fields: [] }),
  token: fc.constant(show),
  attribution: text,
});

const detail: fc.Arbitrary<FilmDetailAnswer> = fc.record({
  kind: fc.constant('filmDetail' as const),
  private: fc.boolean(),
  id: fc.nat(),
  title: text,
  originalTitle: text,
  year: text,
  tagline: text,
  overview: text,
  score: unit,
  scoreText: text,
  genres: many(text, 8),
  rawGenres: many(text, 3),
  facts: many(fact, 12),
  reasons: many(text, 12),
  poster,
  links: many(fc.record({ label: text, url: fc.oneof(text, fc.webUrl()) }), 4),
  neighbours: many(control('details', token), 6),
  song: text,
  profiles: fc.record({ song: side, film: side, caption: text }),
  controls: fc.tuple(control('back'), control('vote-up'), control('vote-down')),
  token: fc.constant(show),
  attribution: text,
});

const notice: fc.Arbitrary<NoticeAnswer> = fc.record(
  {
    kind: fc.constant('notice' as const),
    private: fc.boolean(),
    tone: fc.constantFrom('info' as const, 'sorry' as const),
    title: text,
    lines: many(text, 40),
    controls: many(control('choose', token), 8),
    attachment: fc.record({ name: text, mediaType: fc.constant('application/json'), text }),
  },
  { requiredKeys: ['kind', 'private', 'tone', 'title', 'lines', 'controls'] },
);

const question: fc.Arbitrary<QuestionAnswer> = fc.record({
  kind: fc.constant('question' as const),
  private: fc.boolean(),
  text,
  choices: many(fc.record({ action: fc.constant('choose' as const), label: text, detail: text, token }), 40),
});

const view: fc.Arbitrary<View> = fc.record({
  ephemeral: fc.boolean(),
  locale: fc.constantFrom('en-US', 'es-419', 'pt-BR', 'fr', 'de', 'ja', 'ko', 'xx'),
  look: fc.constantFrom('embeds' as const, 'cards' as const),
  seal: fc.constantFrom({ kind: 'alone' as const }, { kind: 'owner' as const, hash: 'abcd1234' }),
});

/** The body as discord.js would send it. */
function bodyOf(message: DiscordMessage) {
  const attachments = message.files.map((file, id) => ({ id: String(id), description: file.description }));
  const { content, embeds, components, cards } = message;
  const rest = { components, attachments, allowed_mentions: { parse: [] } };
  return cards ? { ...rest, flags: MessageFlags.IsComponentsV2 } : { ...rest, content, embeds };
}

/** The texts of cards, without the links that are ours. */
function cardTexts(components: readonly object[]): string[] {
  return components.flatMap((one) => {
    const { content, components: inner } = one as { content?: string; components?: object[] };
    const own = content?.replace(/\]\(https:\/\/www\.themoviedb\.org\/movie\/\d+\)/g, ']');
    return [...(own === undefined ? [] : [own]), ...cardTexts(inner ?? [])];
  });
}

const UNSEEN = /[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff]/;
/** Markup that Discord would follow; a backslash before it takes its force. */
const LIVE = /(?<!\\)(?:<[@#:t/]|@everyone|@here|\]\(|```)|https?:\/\/|discord\.gg/;

function check(message: DiscordMessage): void {
  const body = bodyOf(message);
  expect(messageFaults(body)).toEqual([]);
  const sent = JSON.parse(JSON.stringify(body));
  if (hasSpec)
    expect(openapiFaults({ method: 'POST', path: '/channels/1/messages', body: sent })).toEqual([]);
  expect(JSON.stringify(sent)).not.toMatch(UNSEEN);
  // Button labels and footers show text as it is; these three are markdown.
  const marked = [
    message.content,
    ...cardTexts(message.components),
    ...message.embeds.flatMap(({ title, description }) => [title ?? '', description ?? '']),
  ];
  for (const part of marked) expect(part).not.toMatch(LIVE);
}

const RUNS = { numRuns: 60, seed: 20_261_123 };

describe('hostile answers', () => {
  test('as embeds and as cards', async () => {
    const answers: fc.Arbitrary<Answer> = fc.oneof(recommendations, notice, question);
    await fc.assert(
      fc.asyncProperty(answers, view, async (answer, seen) => check(await render(answer, seen))),
      { ...RUNS, numRuns: 100 },
    );
  });

  test('as details, alone and opened in a list', async () => {
    await fc.assert(
      fc.asyncProperty(recommendations, detail, view, async (list, one, seen) => {
        check(await render(one, seen));
        const open = { ...one, id: list.films[0]?.id ?? one.id };
        check(await render(list, seen, open));
      }),
      { ...RUNS, numRuns: 25 },
    );
  });

  test('as words alone', async () => {
    const answers: fc.Arbitrary<Answer> = fc.oneof(recommendations, notice, question);
    await fc.assert(
      fc.asyncProperty(answers, view, async (answer, seen) =>
        check(await renderPlain(answer, seen, 'I need more.')),
      ),
      RUNS,
    );
  });

  test('as forms and lists', () => {
    const values = fc.record({ genre: text, years: text, runtime: text, rating: text, language: text });
    fc.assert(
      fc.property(values, view, (filled, { locale }) => {
        const fields = Object.values(FILTER_OPTIONS).map((option) => ({
          option,
          value: (filled as Record<string, string>)[option.name] ?? '',
        }));
        const data = renderModal({ token: show, submit: 'ok', fields }, locale);
        expect(modalFaults(data)).toEqual([]);
      }),
      RUNS,
    );
    fc.assert(
      fc.property(many(fc.record({ label: text, value: text }), 40), (suggestions) => {
        const choices = choicesFrom(suggestions);
        expect(choices.length).toBeLessThanOrEqual(25);
        expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
        for (const { name, value } of choices) {
          expect(name.length).toBeGreaterThan(0);
          expect(Math.max(name.length, value.length)).toBeLessThanOrEqual(100);
        }
      }),
      RUNS,
    );
  });
});

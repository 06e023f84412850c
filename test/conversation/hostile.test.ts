import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { drawnPoster } from '../../src/art/drawn-poster.ts';
import { pngOf } from '../../src/art/png.ts';
import { profilePicture } from '../../src/art/profile-picture.ts';
import { turnHtml } from '../../src/bots/web/render/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type { RecommendationsAnswer } from '../../src/conversation/answer.ts';
import { plainText } from '../../src/conversation/plain-text.ts';
import { LANGUAGES, wordsFor } from '../../src/i18n/index.ts';
import { FILM_GENRES } from '../../src/shared/film-genres.ts';
import { clean, graphemes } from '../../src/shared/text.ts';
import { contextOf } from '../bots/web/page.ts';
import { FILMS, fakeEngine, SONGS } from '../support/fake-engine.ts';

const SEED = { seed: 20261123 };
const WORDS = wordsFor('en');
/** Control, bidi and byte-order characters, and lone surrogates: what must not come through. */
const UNSAFE = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

const hostile = fc.oneof(
  fc.constantFrom(
    '',
    '   ',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</svg></title></textarea><b>',
    '\u202egnp.exe\u202c',
    '👨‍👩‍👧‍👦🏳️‍🌈'.repeat(50),
    'a'.repeat(10_000),
    'Z̸̧̢͔͎̺̎͑a̵l̶g̷o'.repeat(500),
    '{{song}} $t(page.title)',
    'javascript:alert(1)',
    ']]><!--',
    '千と千尋の神隠し'.repeat(20),
    'مرحبا بالعالم',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

describe('hostile texts', () => {
  it('come out escaped and whole, in every rendering', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (title, artist, overview) => {
        const films = FILMS.map((film) => ({ ...film, title, tagline: artist, overview, poster: title }));
        const songs = SONGS.map((song) => ({ ...song, title, artists: [artist, ''] }));
        const context = contextOf(fakeEngine(films, songs), { imageHost: 'https://image.tmdb.org' });
        const answer = (await askText(`spotify:track:${SONGS[0]!.id}`, context)) as RecommendationsAnswer;
        expect(answer.films).toHaveLength(5);
        const detail = await handleAction(answer.films[0]!.details.token, context);
        for (const one of [answer, detail]) {
          const markup = turnHtml(title, one, WORDS).text;
          expect(markup).not.toMatch(UNSAFE);
          expect(markup.length).toBeLessThan(100_000);
          const { document } = parseHTML(`<!doctype html><html><body>${markup}</body></html>`);
          expect(document.querySelectorAll('script, iframe, object, b').length).toBe(0);
          expect(document.querySelectorAll('article.turn > section.answer').length).toBe(1);
          for (const element of document.querySelectorAll('*')) {
            for (const { name, value } of element.attributes) {
              expect(name).not.toMatch(/^on|^style$/);
              if (name === 'href' || name === 'src') expect(value).toMatch(/^(\/|https:\/\/)/);
            }
          }
          expect(plainText(one)).not.toMatch(UNSAFE);
        }
        const { document } = parseHTML(turnHtml('', answer, WORDS).text);
        const heading = document.querySelector('.film h3')!.textContent!;
        expect(heading).toBe(clean(title, 200) || '—');
      }),
      { ...SEED, numRuns: 60 },
    );
  });

  it('give posters that any reader of SVG can draw', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.nat(10 ** 7), fc.subarray([...FILM_GENRES]), async (title, id, genres) => {
        const svg = drawnPoster({ id, title, year: 1999, genres: [...genres, title] });
        expect(svg).not.toMatch(/<script|<image|href=|\son\w+=["']/i);
        expect(svg.length).toBeLessThan(200_000);
        const { width, height } = await sharp(Buffer.from(svg)).metadata();
        expect([width, height]).toEqual([500, 750]);
      }),
      { ...SEED, numRuns: 60 },
    );
  });
});

describe('drawn posters', () => {
  const draw = (title: string, id = 7, genres = ['Horror']) => drawnPoster({ id, title, year: 1999, genres });
  const lines = (svg: string) =>
    [...svg.matchAll(/<path aria-label="([^"]*)"/g)].map((match) => match[1]!).slice(0, -1);

  it('are the same for the same film and differ between films and genres', () => {
    expect(draw('A')).toBe(draw('A'));
    expect(draw('A', 7)).not.toBe(draw('A', 8));
    const all = FILM_GENRES.map((genre) => draw('A', 7, [genre]));
    expect(new Set(all).size).toBe(FILM_GENRES.length);
  });

  it('wrap long titles between words and lose nothing of them', () => {
    const title = 'Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb';
    const drawn = lines(draw(title, 7, ['Comedy']));
    expect(drawn.length).toBeGreaterThan(2);
    expect(drawn.join(' ')).toBe(title);
  });

  it('break scripts without spaces, and cut what no poster could hold', () => {
    expect(lines(draw('千と千尋の神隠し千と千尋の神隠し', 7, ['Drama'])).join('')).toBe(
      '千と千尋の神隠し千と千尋の神隠し',
    );
    expect(lines(draw('x'.repeat(10_000), 7, ['Drama'])).at(-1)).toMatch(/…$/);
  });
});

describe('text', () => {
  it('is shortened by what readers call characters', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(clean(family.repeat(30), 10)).toBe(`${family.repeat(9)}…`);
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 50 }), (text, max) => {
        expect(graphemes(clean(text, max)).length).toBeLessThanOrEqual(max + 1);
        expect(clean(text, max)).not.toMatch(UNSAFE);
      }),
      SEED,
    );
  });
});

describe('the picture of two profiles', () => {
  const side = (...names: string[]) => ({
    terms: names.map((name, at) => ({ name, strength: 1 - at / 10, shared: name === 'tender' })),
    worlds: [{ name: 'New York', shared: true }],
  });
  const draw = (song = side('raw', 'tender'), film = side('tender', 'epic')) =>
    profilePicture({ song, film, caption: 'share: <tender>' }, WORDS);

  it('joins what both share by lines, in bold, with the shared terms as its text', () => {
    const svg = draw();
    expect(svg.match(/<circle /g)).toHaveLength(4);
    expect(svg.match(/font-weight="700">tender</g)).toHaveLength(2);
    expect(svg).toMatch(/font-weight="400">raw</);
    expect(svg).toContain('aria-label="share: &lt;tender&gt;"');
  });

  it('holds any names and strengths, also none, and becomes a PNG', async () => {
    const odd = { terms: [{ name: '</svg>', strength: Number.NaN, shared: false }], worlds: [] };
    expect(draw(odd, { terms: [], worlds: [] })).not.toMatch(/NaN|Infinity|<\/svg>./);
    const png = await sharp(await pngOf(draw(), 680)).metadata();
    expect([png.format, png.width]).toEqual(['png', 680]);
  });

  it.each(Object.keys(LANGUAGES))('has room for every word of %s', (language) => {
    const { feeling, theme, world } = LANGUAGES[language]!;
    for (const name of [feeling, theme, world].flatMap((names) => Object.values(names))) {
      const sizes = [...draw(side(name)).matchAll(/font-size="([\d.]+)" fill/g)].map((m) => Number(m[1]));
      expect(Math.min(...sizes), name).toBeGreaterThanOrEqual(10);
    }
  });
});

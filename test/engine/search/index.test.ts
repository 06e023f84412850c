import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSongIndex, SongIndex } from '../../../src/engine/search/index.ts';
import { MAX_GRAPHEMES } from '../../../src/engine/search/query.ts';
import { WEIGHTS } from '../../../src/engine/search/weights.ts';
import { CatalogueError } from '../../../src/shared/errors.ts';
import { SONGS } from './songs.ts';
import { seeded, withTypos } from './typos.ts';

const RUNS = { seed: 20261117, numRuns: 200 };
const bytes = buildSongIndex(SONGS);
const index = SongIndex.load(bytes);
const names = (text: string, limit?: number) =>
  index.search(text, limit).map(({ title, artists }) => `${title} | ${artists.join(', ')}`);
const first = (text: string) => names(text, 1)[0];

describe('what a person types', () => {
  it.each([
    ['hello', 'Hello | Adele'],
    ['hello lionel', 'Hello | Lionel Richie'],
    ['HELLO   adele', 'Hello | Adele'],
    ['adele hello', 'Hello | Adele'],
    ['hold on chord overstreet', 'Hold On | Chord Overstreet'],
    ['bohemian rapsody', 'Bohemian Rhapsody - Remastered 2011 | Queen'],
    ['bohemianrhapsody', 'Bohemian Rhapsody - Remastered 2011 | Queen'],
    ['queen - bohemian rhapsody', 'Bohemian Rhapsody - Remastered 2011 | Queen'],
    ['Bohemian Rhapsody (Remastered 2011)', 'Bohemian Rhapsody - Remastered 2011 | Queen'],
    ['bohemian rhapsody official video', 'Bohemian Rhapsody - Remastered 2011 | Queen'],
    ['bohemian rhapsody live', 'Bohemian Rhapsody - Live Aid | Queen'],
    ['metallica nothing else maters', 'Nothing Else Matters | Metallica'],
    ['nothing elsematters', 'Nothing Else Matters | Metallica'],
    ['nothinge lse matters', 'Nothing Else Matters | Metallica'],
    ['stayin alive', 'Stayin Alive | Bee Gees'],
    ["stayin' alive", 'Stayin Alive | Bee Gees'],
    ['stay in alive', 'Stayin Alive | Bee Gees'],
    ['someone like you by adele', 'Someone Like You | Adele'],
    ['tum hi ho', 'Tum Hi Ho | Arijit Singh'],
    ['despacito', 'Despacito | Luis Fonsi, Daddy Yankee'],
    ['despacito feat. daddy yankee', 'Despacito | Luis Fonsi, Daddy Yankee'],
    ['lose yourself eminem', 'Lose Yourself - From "8 Mile" Soundtrack | Eminem'],
    ['lose yourself 8 mile', 'Lose Yourself - From "8 Mile" Soundtrack | Eminem'],
    ['clair de lune', 'Clair de Lune, L. 32 | Claude Debussy, Martin Jones'],
    ['beyonce', 'CUFF IT | Beyoncé'],
    ['acdc', 'Thunderstruck | AC/DC'],
    ['÷', '÷ | The Symbols'],
    ['紅蓮華', '紅蓮華 | LiSA'],
    ['红莲华', '紅蓮華 | LiSA'],
    ['約束', 'ひまわりの約束 | Motohiro Hata'],
    ['ヒマワリ', 'ひまわりの約束 | Motohiro Hata'],
    ['月亮代表', '月亮代表我的心 | 鄧麗君'],
    ['밤편지', '밤편지 | IU'],
    ['밤펴', '밤편지 | IU'],
    ['أنا عايش', 'انا عايش | عمرو دياب'],
    ['محسن يگانه', 'دلم گرفته | محسن یگانه'],
    ['звезда по имени солнце', 'Звезда по имени Солнце | Кино'],
    ['елка', 'Ёлка | Ленинград'],
    ['ışık', 'Işık | Zülfü Livaneli'],
    ['ISIK', 'Işık | Zülfü Livaneli'],
    ['irem derici', 'Sıla | İrem Derici'],
    ['bo', 'Bohemian Rhapsody - Remastered 2011 | Queen'],
    ['boh', 'Bohemian Rhapsody - Remastered 2011 | Queen'],
    ['queen boh', 'Bohemian Rhapsody - Remastered 2011 | Queen'],
  ])('%s → %s', (text, expected) => {
    expect(first(text)).toBe(expected);
  });

  it('gives the best known songs of an artist for a bare name', () => {
    expect(names('adele', 3)).toEqual([
      'Easy On Me | Adele',
      'Someone Like You | Adele',
      'Rolling in the Deep | Adele',
    ]);
    expect(names('queen', 2)).toEqual([
      'Bohemian Rhapsody - Remastered 2011 | Queen',
      "Don't Stop Me Now - Remastered 2011 | Queen",
    ]);
  });
});

describe('versions', () => {
  it('collapses the editions of one recording, the best known first', () => {
    const [hit] = index.search('bohemian rhapsody queen');
    expect(hit).toMatchObject({ id: 'song006', alternatives: ['song007'], version: null });
    expect(index.search('tum hi ho')[0]?.alternatives).toEqual(['song028']);
    expect(index.search('despacito')[0]?.alternatives).toEqual(['song022']);
  });

  it('keeps other takes apart, and they say so', () => {
    const versions = (text: string) =>
      Object.fromEntries(index.search(text).map(({ id, version }) => [id, version]));
    expect(versions('bohemian rhapsody')).toEqual({
      song006: null,
      song008: 'live',
      song009: 'acoustic',
      song010: 'cover',
    });
    expect(versions('despacito')).toEqual({ song021: null, song023: 'remix', song024: 'cover' });
  });

  it('counts every song', () => {
    expect(index.size).toBe(SONGS.length);
  });
});

describe('quality', () => {
  it.each([
    'hello adele',
    'adele',
    'Someone Like You by Adele',
    '紅蓮華',
    'bohemian rhapsody (remastered 2011)',
  ])('is 1 when every word is exact: %s', (text) => {
    expect(index.search(text)[0]?.quality).toBeCloseTo(1, 5);
  });

  it('falls with a typo, and further with an artist that contradicts', () => {
    const quality = (text: string) => index.search(text)[0]?.quality ?? 0;
    expect(quality('someone like you adele')).toBeGreaterThan(quality('someone like yuo adelle'));
    expect(quality('someone like you by adele') - quality('someone like you by metallica')).toBeGreaterThan(
      0.2,
    );
  });

  it.each([
    '',
    '   ',
    '!?…',
    '🎵🎶',
    '\u202e\u200f\ufeff',
    'xqzwv',
    'asdfghjkl qwertyuiop',
    '鱻龘',
    '((((',
    '\ud800',
  ])('finds nothing for %j', (text) => {
    expect(index.search(text)).toEqual([]);
  });

  it('finds nothing for random letters', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'bcdfghjkqvwxz'), minLength: 5, maxLength: 12 });
    fc.assert(
      fc.property(letters, (text) => {
        expect(index.search(text)).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('robustness', () => {
  it('never throws, and gives at most as many distinct and supported songs as asked for', () => {
    const pieces = fc.constantFrom(
      'hello',
      'queen',
      '紅蓮',
      '밤',
      '"',
      "'",
      '(',
      ']',
      ' - ',
      ' by ',
      '\u0301',
      '👩‍👩‍👧',
      '\u202e',
      'ي',
      'İ',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 20 })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 5 }), (text, limit) => {
        const hits = index.search(text, limit);
        expect(hits.length).toBeLessThanOrEqual(limit);
        expect(new Set(hits.map(({ id }) => id)).size).toBe(hits.length);
        for (const { quality } of hits) {
          expect(quality).toBeGreaterThanOrEqual(WEIGHTS.titleNamed);
          expect(quality).toBeLessThanOrEqual(1);
        }
        expect(index.search(text, limit)).toEqual(hits);
      }),
      RUNS,
    );
  });

  it('reads only the first graphemes of an endless text', () => {
    expect(first(`hello adele${' '.repeat(1_000_000)}x`)).toBe('Hello | Adele');
    expect(first(`${' '.repeat(MAX_GRAPHEMES)}hello`)).toBeUndefined();
    expect(index.search('a\u0301'.repeat(1_000_000))).toEqual([]);
    expect(() => index.search('love you baby '.repeat(100_000))).not.toThrow();
    expect(() => index.search('('.repeat(1_000_000))).not.toThrow();
  });

  it.each([0, -1, Number.NaN, 0.5])('gives nothing for the limit %d', (limit) => {
    expect(index.search('hello', limit)).toEqual([]);
  });

  it('finds every song by its title and artist, with a typo too', () => {
    const random = seeded(7);
    for (const song of SONGS) {
      const found = (text: string) =>
        index.search(text).flatMap(({ id, alternatives }) => [id, ...alternatives]);
      const text = `${song.title} ${song.artists.join(' ')}`;
      expect(found(text), text).toContain(song.id);
      if (!/^[\w\s-]+$/.test(text)) continue;
      const mistyped = withTypos(text, 1, random);
      expect(found(mistyped), mistyped).toContain(song.id);
    }
  });
});

describe('the file', () => {
  it('is the same for the same songs', () => {
    expect(Buffer.compare(buildSongIndex(SONGS), bytes)).toBe(0);
  });

  it('opens from unaligned bytes, and empty', () => {
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(SongIndex.load(shifted.subarray(1)).search('hello', 1)).toEqual(index.search('hello', 1));
    expect(SongIndex.load(buildSongIndex([])).search('hello')).toEqual([]);
  });

  it('is refused when a byte is altered or missing', () => {
    const damage = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(damage, ([at, difference]) => {
        const altered = bytes.slice();
        altered[at]! ^= difference;
        expect(() => SongIndex.load(altered)).toThrow(CatalogueError);
        expect(() => SongIndex.load(bytes.slice(0, at))).toThrow(CatalogueError);
      }),
      RUNS,
    );
    expect(() => SongIndex.load(new Uint8Array(bytes.length))).toThrow(CatalogueError);
  });
});

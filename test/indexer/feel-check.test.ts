import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { krippendorffAlpha } from '../../src/indexer/feel/agreement.ts';
import { checkFeel, MOST_COPIED } from '../../src/indexer/feel/check.ts';
import { readFeelData } from '../../src/indexer/feel/data.ts';
import { agreementByTerm, LEAST_USES, writeReliability } from '../../src/indexer/feel/second-pass.ts';
import { entropy } from '../../src/indexer/feel/spread.ts';
import { temporaryFolder, trackId } from '../support/catalogue.ts';
import { type FeelLines, filmId, songNumber, tinyWorld, writeFeel } from '../support/tiny.ts';
import { distinctFeelLines } from './support/distinct-feel.ts';

describe("Krippendorff's alpha", () => {
  // Four observers, twelve units, missing values: the example of the paper (2011), with its results.
  const EXAMPLE = [
    [1, 1, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [5, 5, 5],
    [1, 1],
    [3],
  ];

  it.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
  ] as const)('is what the paper gives for %s values', (metric, alpha) => {
    expect(krippendorffAlpha(EXAMPLE, metric)).toBeCloseTo(alpha, 3);
  });

  it('is 1 for raters who agree, and below 0 for those who contradict each other', () => {
    expect(
      krippendorffAlpha(
        [
          [0, 0],
          [3, 3],
          [1, 1],
        ],
        'interval',
      ),
    ).toBe(1); // prettier-ignore
    expect(
      krippendorffAlpha(
        [
          [0, 3],
          [3, 0],
        ],
        'interval',
      ),
    ).toBeLessThan(0); // prettier-ignore
  });

  it('is unknown where nothing was rated twice, or all alike', () => {
    expect(krippendorffAlpha([], 'interval')).toBeNull();
    expect(krippendorffAlpha([[1], [2], []], 'interval')).toBeNull();
    expect(
      krippendorffAlpha(
        [
          [2, 2],
          [2, 2],
        ],
        'interval',
      ),
    ).toBeNull(); // prettier-ignore
  });
});

it('measures how evenly weights are spread, in bits', () => {
  expect(entropy([1, 1, 1, 1])).toBe(2);
  expect(entropy([3])).toBe(0);
  expect(entropy([0, 2, 2, 0])).toBe(1);
  expect(entropy([])).toBe(0);
});

describe('agreement of two passes', () => {
  const twice = (first: number, second: number) =>
    [new Map(first ? [['tender', first]] : []), new Map(second ? [['tender', second]] : [])] as const;

  it('says nothing of a term that is named too rarely', () => {
    const rare = Array.from({ length: LEAST_USES - 1 }, () => twice(3, 3));
    const never = Array.from({ length: 50 }, () => twice(0, 0));
    expect(agreementByTerm([...rare, ...never], ['tender'])).toEqual([
      { term: 'tender', uses: LEAST_USES - 1, alpha: null },
    ]);
    expect(agreementByTerm([...rare, twice(3, 3), ...never], ['tender'])).toEqual([
      { term: 'tender', uses: LEAST_USES, alpha: 1 },
    ]);
  });

  it('counts a term that one pass misses as a difference', () => {
    const pairs = [
      ...Array.from({ length: 20 }, () => twice(3, 3)),
      ...Array.from({ length: 20 }, () => twice(0, 0)),
    ];
    const missed = [...pairs, ...Array.from({ length: 10 }, () => twice(3, 0))];
    const [all] = agreementByTerm(pairs, ['tender']);
    const [some] = agreementByTerm(missed, ['tender']);
    expect(all!.alpha).toBe(1);
    expect(some!.alpha).toBeGreaterThan(0.3);
    expect(some!.alpha).toBeLessThan(0.8);
  });

  it('is written into terms.tsv, where nothing else changes', async () => {
    const dir = await writeFeel(await temporaryFolder());
    const before = (await readFile(path.join(dir, 'terms.tsv'), 'utf8')).split('\n');
    await writeReliability(dir, [
      { term: 'tender', uses: 40, alpha: 0.876 },
      { term: 'joyful', uses: 3, alpha: null },
    ]);
    const after = (await readFile(path.join(dir, 'terms.tsv'), 'utf8')).split('\n');
    const withoutLast = (lines: string[]) => lines.map((line) => line.replace(/[^\t]*$/, ''));
    expect(withoutLast(after)).toEqual(withoutLast(before));
    expect(after.find((line) => line.startsWith('tender\t'))).toMatch(/\t0\.88$/);
    expect(after.find((line) => line.startsWith('joyful\t'))).toMatch(/\t$/);
    await expect(readFeelData(dir)).resolves.toBeDefined();
  });
});

describe('a check of feel data', () => {
  let tables: { movies: string[]; songs: string[] };
  beforeAll(async () => {
    const { movies, songs } = await tinyWorld();
    tables = { movies: [movies], songs: [songs] };
  });

  const lines = distinctFeelLines();
  const SONG = trackId(songNumber(0, 0));
  const checkOf = async (changed: FeelLines) =>
    checkFeel({ dir: await writeFeel(await temporaryFolder(), { ...lines, ...changed }), ...tables });
  const more = (name: keyof FeelLines, ...rows: (string | number)[][]): FeelLines => ({
    [name]: [...(lines[name] ?? []), ...rows],
  });

  it('finds nothing wrong with sound data, and counts what there is', async () => {
    const report = await checkOf({});
    expect(report.faults).toEqual([]);
    expect(report.unknown).toEqual({ films: 0, pickedFilms: 0, songs: 0 });
    expect(report.spread.films).toMatchObject({ works: 48, confidence: [0, 0, 48] });
    expect(report.spread.songs).toMatchObject({ works: 42, confidence: [6, 0, 36] });
    expect(report.picks).toMatchObject({
      count: 204,
      perSong: { 4: 42 },
      perArtist: { 3: 12 },
      songsWithout: 0,
    });
    expect(report.uses.find(({ term }) => term === 'urban-night')!.films).toBeGreaterThan(5);
    expect(report.uses).toHaveLength(120);
    expect(report.quotas.find(({ name }) => name === 'films: Hindi')).toMatchObject({ have: 8, wanted: 60 });
    expect(report.quotas.find(({ name }) => name === 'films not in English')).toMatchObject({ have: 24 });
  });

  it('lists distances of works to the nearest other, the closest pair first', async () => {
    const { films } = (await checkOf({})).spread;
    expect(films.nearest).toEqual([...films.nearest].sort((a, b) => a - b));
    expect(films.closest[0]!.distance).toBe(films.nearest[0]);
    const [a, b] = films.closest[0]!.lines;
    expect([a, b].every((line) => line >= 2 && line <= 49)).toBe(true);
  });

  it('knows copies from works that are only alike', async () => {
    const row = (id: number, terms: string) => [id, `Copy ${id}`, 1999, 3, terms, 'sea:1'];
    const first = row(filmId(0, 8), 'tender:3,wry:2,cool:1');
    const alike = await checkOf(more('films.tsv', first, row(filmId(0, 9), 'tender:3,wry:2,cool:2')));
    expect(alike.spread.films.copies).toEqual([]);
    const copied = await checkOf(more('films.tsv', first, row(filmId(0, 9), 'cool:1,tender:3,wry:2')));
    expect(copied.spread.films.copies).toEqual([[50, 51]]);
    expect(copied.spread.films.closest[0]).toEqual({
      lines: [50, 51],
      names: [`Copy ${filmId(0, 8)} (1999)`, `Copy ${filmId(0, 9)} (1999)`],
      distance: 0,
    });
    expect(copied.spread.films.copiedShare).toBeGreaterThan(MOST_COPIED);
    expect(copied.faults).toEqual([
      expect.stringMatching(/^films\.tsv: 2 of 50 works .* exactly like another/),
    ]);
  });

  it.each<[string, FeelLines, RegExp]>([
    [
      'a film that no table has',
      more('films.tsv', [999999, 'Nowhere', 1999, 3, 'tender:3,wry:3', '']),
      /^films\.tsv, line 50: the table of films lacks this id\.$/,
    ],
    [
      'a picked film that no table has',
      more('picks.tsv', ['song', SONG, 999999, 1]),
      /^picks\.tsv, line 206: the table of films lacks this id\.$/,
    ],
    [
      'a song that no table has',
      more('songs.tsv', ['Z'.repeat(22), 'Nothing', 'Nobody', '', 3, 'tender:3,cool:3', '']),
      /^songs\.tsv, line 44: the table of songs lacks this id\.$/,
    ],
    [
      'picks for what is not described',
      more('picks.tsv', ['artist', 'Nobody At All', filmId(0, 1), 1]),
      /^picks\.tsv, line 206: the song or artist is not described\.$/,
    ],
    [
      'a second judgement without a first',
      { 'second.tsv': [['film', 4, 3, 'tender:3', '']] },
      /^second\.tsv, line 2: there is no first judgement\.$/,
    ],
    [
      'a third judgement',
      { 'second.tsv': [1, 2].map(() => ['song', SONG, 3, 'tender:3', '']) },
      /^second\.tsv, line 3: a third judgement of the same work\.$/,
    ],
    [
      'a film picked twice',
      more('picks.tsv', ['song', SONG, filmId(0, 0), 1]),
      /^picks\.tsv, line 206: the film was picked already\.$/,
    ],
    [
      'a use of a song of ours that no song has',
      { 'plays.tsv': [[`m2m00000${'a'.repeat(14)}`, filmId(0, 0), 'theme', '']] },
      /^plays\.tsv, line 2: an id of ours that no song has\.$/,
    ],
  ])('names %s', async (_, changed, sentence) => {
    expect((await checkOf(changed)).faults).toEqual([expect.stringMatching(sentence)]);
  });

  it('names a film that too many picks name', async () => {
    const { faults } = await checkOf({
      'picks.tsv': lines['songs.tsv']!.map(([id]) => ['song', id!, filmId(2, 1), 1]),
    });
    expect(faults).toEqual([expect.stringMatching(/^picks\.tsv: .* is picked 42 times; at most 10 of 42 /)]);
  });

  it('counts many lines with one fault once', async () => {
    const { faults } = await checkOf(
      more('picks.tsv', ...[1, 2, 3, 4, 5].map((n) => ['song', SONG, 999990 + n, 1])),
    );
    expect(faults).toEqual([expect.stringMatching(/^picks\.tsv, line 206; .* and 2 more: /)]);
  });

  it('takes ids of our own for songs that no table has', async () => {
    const id = `m2m00000${'b'.repeat(14)}`;
    const { faults } = await checkOf(
      more('songs.tsv', [id, 'Ours', 'Somebody', 2001, 3, 'tender:3,cool:3,wry:1', '']),
    );
    expect(faults).toEqual([]);
  });

  it('refuses malformed tables with their line', async () => {
    await expect(checkOf(more('films.tsv', [1, 'Half'] as never))).rejects.toThrow(
      /^films\.tsv, line 50: 2 cells instead of 6\.$/,
    );
  });
});

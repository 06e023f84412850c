import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { distinctFeelLines } from '../indexer/support/distinct-feel.ts';
import { temporaryFolder, trackId } from '../support/catalogue.ts';
import { filmId, songNumber, tinyCatalogue, tinyFeelLines, tinyWorld, writeFeel } from '../support/tiny.ts';
import { run } from './support.ts';

let at: string[];
beforeAll(async () => {
  at = ['--catalogue', await tinyCatalogue()];
});

const feel = (...argv: string[]) => run(['feel', ...argv, ...at]);
const described = trackId(songNumber(0, 1));
const cells = (cell: unknown) =>
  Object.fromEntries(
    String(cell)
      .split(',')
      .map((part) => part.split(':') as [string, string]),
  );

describe('a profile', () => {
  it('of a described song holds what the feel data say, strongest first', async () => {
    const { code, out, err } = await feel('--track', described, '--json');
    expect([code, err]).toEqual([0, '']);
    const profile = JSON.parse(out);
    expect(Object.keys(profile)).toEqual(['kind', 'id', 'title', 'terms', 'worlds', 'year', 'basis']);
    expect(profile).toMatchObject({ kind: 'song', id: described, basis: 'described' });
    const row = tinyFeelLines()['songs.tsv']!.find(([id]) => id === described)!;
    expect(profile).toMatchObject({ title: row[1], year: row[3] });
    const written = cells(row[5]);
    expect(Object.keys(profile.terms).sort()).toEqual(Object.keys(written).sort());
    for (const [term, weight] of Object.entries(written))
      expect(profile.terms[term]).toBeCloseTo(Number(weight) / 3, 1);
    const weights = Object.values<number>(profile.terms);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    expect(profile.worlds).toEqual({ 'los-angeles': 1 });
  });

  it('is the same however the song is named', async () => {
    const { out } = await feel('--track', described, '--json');
    const { title } = JSON.parse(out);
    expect((await feel(title, '--json')).out).toBe(out);
    expect((await feel(`https://open.spotify.com/track/${described}`, '--json')).out).toBe(out);
  });

  it.each([
    ['artist', 8],
    ['sound', 11],
  ])('says when it rests on the %s', async (basis, n) => {
    const profile = JSON.parse((await feel('--track', trackId(songNumber(1, n)), '--json')).out);
    expect(profile.basis).toBe(basis);
    for (const weight of [...Object.values(profile.terms), ...Object.values(profile.worlds)]) {
      expect(weight).toBeGreaterThan(0);
      expect(weight).toBeLessThanOrEqual(1);
    }
  });

  it('of a film is found by id, by title, and by title and year', async () => {
    const { code, out, err } = await feel('--film', String(filmId(1, 2)), '--json');
    expect([code, err]).toEqual([0, '']);
    const profile = JSON.parse(out);
    expect(profile).toMatchObject({ kind: 'film', id: filmId(1, 2), basis: 'described' });
    expect((await feel('--film', profile.title, '--json')).out).toBe(out);
    const year = (await feel('--film', profile.title)).out.match(/\((\d{4})\)/)![1];
    expect((await feel('--film', `${profile.title} (${year})`, '--json')).out).toBe(out);
    const undescribed = JSON.parse((await feel('--film', String(filmId(1, 9)), '--json')).out);
    expect(undescribed.basis).toBe('predicted');
  });

  it('reads well: bars, worlds, year, what it rests on', async () => {
    const { out } = await feel('--track', described);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/ Tune · The night Duo$/);
    expect(lines[1]).toMatch(/^ {2}[a-z ]+ █{20} 1\.00$/);
    expect(lines.at(-3)).toBe('Worlds: los angeles 1.00');
    expect(lines.at(-2)).toBe('Year: 1994');
    expect(lines.at(-1)).toBe('Rests on its own description in the feel data.');
  });

  it('of an artist blends the songs', async () => {
    const { code, out } = await feel('The awe Band', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ kind: 'song', id: null });
  });

  it.each<[string, string[], number, RegExp]>([
    ['a song that nobody knows', ['qqq zzz xxyyzz'], 3, /^I know no song like “qqq zzz xxyyzz”\./],
    ['a track that is not there', ['--track', 'Z'.repeat(22)], 3, /\S/],
    ['no track id', ['--track', 'abc'], 2, /^A track id has 22 letters and digits\./],
    [
      'a film that is not there',
      ['--film', 'No Such Film'],
      3,
      /^No film named "No Such Film" is in the cat/,
    ],
    ['a film id that is not there', ['--film', '99999999'], 3, /^No film named "99999999"/],
    ['nothing', [], 2, /^Name a song, or give --track, --film or --check\./],
    ['two things', ['song', '--film', '3'], 2, /^Ask for one thing/],
    ['an option of --check alone', ['song', '--dir', 'x'], 2, /^--dir belongs to --check\./],
  ])('of %s ends with a sentence', async (_, argv, status, sentence) => {
    const { code, out, err } = await feel(...argv);
    expect([code, out]).toEqual([status, '']);
    expect(err).toMatch(sentence);
  });
});

describe('--check', () => {
  const lines = distinctFeelLines();
  const check = async (dir: string, ...more: string[]) => {
    const { movies, songs } = await tinyWorld();
    return run(['feel', '--check', '--dir', dir, '--movies', movies, '--songs', songs, ...more]);
  };

  it('passes sound data and says what it saw', async () => {
    const dir = await writeFeel(await temporaryFolder(), lines);
    const { code, out, err } = await check(dir);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^films: 48 described, 0 of them guesses; /m);
    expect(out).toMatch(/^Quotas: 0 of 20 met\.\n {2}films described: 48 of 6,000$/m);
    expect(out).toMatch(/The feel data are sound\.\n$/);
    expect(JSON.parse((await check(dir, '--json')).out)).toMatchObject({ faults: [] });
  });

  it('ends with 2 and the first faults', async () => {
    const picks = Array.from({ length: 3 }, (_, n) => ['artist', `Nobody ${n}`, filmId(0, n), 1]);
    const dir = await writeFeel(await temporaryFolder(), {
      ...lines,
      'picks.tsv': [...lines['picks.tsv']!, ...picks],
    });
    const { code, out } = await check(dir, '--write-reliability');
    expect(code).toBe(2);
    expect(out).toMatch(/^1 fault:\n- picks\.tsv, line 206; .*: the song or artist is not described\.\n$/m);
    expect(out).not.toMatch(/Written/);
    expect(JSON.parse((await check(dir, '--json')).out).faults).toHaveLength(1);
  });

  it('ends with 2 and one sentence for a malformed line', async () => {
    const dir = await writeFeel(await temporaryFolder(), {
      ...lines,
      'films.tsv': [[5, 'Five', 1999, 3, 'tendre:3', '']],
    });
    const { code, out, err } = await check(dir);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^films\.tsv, line 2: "tendre" is not in terms\.tsv\.\n/);
  });

  it('names a folder without tables, and tables that are none', async () => {
    const { feel: dir } = await tinyWorld();
    expect((await check(await temporaryFolder())).err).toMatch(/^The feel table \S+ can't be read\./);
    expect((await run(['feel', '--check', '--dir', dir, '--movies', 'nowhere.csv'])).err).toMatch(
      /^The file nowhere\.csv can't be read\./,
    );
    const { code, err } = await feel('--check');
    expect([code, err]).toEqual([2, expect.stringMatching(/^--check reads the feel data, no catalogue\./)]);
  });

  it('writes the agreement of two passes into terms.tsv', async () => {
    const second = lines['songs.tsv']!.map(([id, , , , , terms, worlds]) => [
      'song',
      id!,
      3,
      terms!,
      worlds!,
    ]);
    const dir = await writeFeel(await temporaryFolder(), { ...lines, 'second.tsv': second });
    const { code, out } = await check(dir, '--write-reliability');
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/mean alpha 1\.00 over .*Written into terms\.tsv\.\n$/s),
    ]);
    const terms = await readFile(path.join(dir, 'terms.tsv'), 'utf8');
    expect(terms).toMatch(/^ambition\t.*\t1\.00$/m);
    expect(terms).toMatch(/^wintry\t.*\t$/m);
  });
});

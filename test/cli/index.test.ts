import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { csv, filmRow, placeOf, songRow, temporaryFolder, writeInputs } from '../support/catalogue.ts';
import { writeFeel } from '../support/tiny.ts';
import { run } from './support.ts';

const films = [
  filmRow(1),
  filmRow(1),
  filmRow(2, { adult: 'True' }),
  filmRow(3, { status: 'Planned' }),
  filmRow(4, { overview: '' }),
  filmRow(5, { runtime: 0, release_date: '0000-00-00' }),
];

/** Feel data that describe two songs: the repository's would fill every catalogue here with thousands. */
let feel: string;
beforeAll(async () => {
  feel = await writeFeel(await temporaryFolder(), {
    'songs.tsv': [1, 2].map((n) => [
      'D'.repeat(21) + n,
      `Described ${n}`,
      'Somebody',
      1999,
      3,
      'tender:2',
      '',
    ]),
  });
});

/** The command that builds from two tables, and from nothing else. */
const commandFor = ({ songs, movies }: Awaited<ReturnType<typeof writeInputs>>) => [
  'index',
  '--no-starter',
  '--songs',
  songs,
  '--movies',
  movies,
  '--feel',
  feel,
];

async function index(...more: string[]) {
  const inputs = await writeInputs(`${csv(films)}9,9\n`, [songRow(1), songRow(1), songRow(2, { tempo: 0 })]);
  const out = path.join(await temporaryFolder(), 'catalogue');
  const ran = await run([...commandFor(inputs), '--out', out, ...more]);
  return { ...ran, dir: out, inputs };
}

describe('index', () => {
  it('prints every cleaning rule with its count, and how to go on', async () => {
    const { code, out, err, dir } = await index();
    expect(code).toBe(0);
    const row = (name: string) =>
      out
        .split('\n')
        .find((line) => line.includes(name))
        ?.split('│')
        .map((cell) => cell.trim());
    expect(row('Rows read')?.slice(2, 4)).toEqual(['7', '3']);
    expect(row('Malformed')?.slice(2, 4)).toEqual(['1', '0']);
    expect(row('Duplicates')?.slice(2, 4)).toEqual(['1', '1']);
    expect(row('Without title')?.[2]).toBe('1');
    expect(row('Status other')?.[2]).toBe('1');
    expect(row('Adult')?.[2]).toBe('1');
    expect(row('Kept')?.slice(2, 4)).toEqual(['2', '2']);
    expect(row('impossible release date')?.[2]).toBe('1');
    expect(row('runtime 0')?.slice(2, 4)).toEqual(['1', '1']);
    // Described songs stand in every catalogue.
    expect(out).toContain(`The catalogue in ${dir} holds 2 films and 4 songs`);
    expect(out).toContain(path.join(dir, 'rejects.ndjson'));
    expect(err).toMatch(/^Songs: /m);
    expect(err).not.toContain('\u001b');
  });

  it('prints one object and nothing else with --json', async () => {
    const { code, out, err, dir } = await index('--json', '--vote-floor', '0');
    expect([code, err]).toEqual([0, '']);
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      films: { rows: 7, kept: 2, duplicates: 1 },
      songs: { rows: 3, kept: 2, repeatedIds: 1 },
      rejects: path.join(dir, 'rejects.ndjson'),
      catalogue: { movies: 2, songs: 4, indexed: 2 },
    });
    expect(JSON.parse(await readFile(path.join(await placeOf(dir), 'manifest.json'), 'utf8'))).toMatchObject({
      voteFloor: 0,
    });
  });

  it('builds what recommend answers from', async () => {
    const { dir } = await index('--vote-floor', '0');
    const { code, out } = await run(['recommend', 'Song 1', '--catalogue', dir, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).movies.length).toBe(2);
  });

  it('refuses a table that would give nonsense, leaves the old catalogue, and takes it with --force', async () => {
    const { dir, inputs } = await index();
    const before = await readFile(path.join(dir, 'current'), 'utf8');
    const many = Array.from({ length: 20 }, (_, n) => songRow(n, { mode: 0 }));
    await writeFile(inputs.songs, csv(many));
    const argv = [...commandFor(inputs), '--out', dir];
    const refused = await run(argv);
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err).toContain(
      'songs.csv is not plausible: every song is in a minor key. For example: "0".',
    );
    expect(refused.err).toMatch(/Give the mode as 1.*\n.*--force/);
    expect(await readFile(path.join(dir, 'current'), 'utf8')).toBe(before);
    const checked = await run([...argv, '--check']);
    expect(checked.code).toBe(2);
    expect(checked.out).toContain(
      'songs.csv: 20 rows, 20 songs kept; not plausible: every song is in a minor key',
    );
    expect(await readFile(path.join(dir, 'current'), 'utf8')).toBe(before);
    const forced = await run([...argv, '--force']);
    expect(forced.code).toBe(0);
    expect(forced.err).toContain('Taken all the same (--force): songs.csv is not plausible');
    expect(await readFile(path.join(dir, 'current'), 'utf8')).not.toBe(before);
  });

  it('counts the forms that it recognised, and says what is lost without a column', async () => {
    const { track_genre: _, ...bare } = songRow(1, { track_id: `spotify:track:${songRow(1).track_id}` });
    const inputs = await writeInputs([filmRow(1)], [bare]);
    const folder = await temporaryFolder();
    const argv = commandFor(inputs);
    const { out } = await run([...argv, '--out', path.join(folder, 'a')]);
    expect(out).toContain('Recognised in the table of songs:\n  1 × ids as links or URIs');
    expect(out).toContain('no column track_genre: genres are guessed');
    const { out: json } = await run([...argv, '--out', path.join(folder, 'b'), '--json']);
    expect(JSON.parse(json).profiles.songs).toMatchObject({ forms: { 'id-link': 1 } });
  });

  it.each([
    [['index'], /required option '--songs/],
    [['index', '--songs', 'a.csv'], /required option '--movies/],
    [['index', '--songs', 'a.csv', '--movies', 'b.csv', '--vote-floor', 'x'], /from 0 to/],
    [
      ['index', '--songs', '/nowhere.csv', '--movies', '/nowhere.csv', '--out', '/tmp/m2m-never'],
      /nowhere\.csv can't be read/,
    ],
  ] as const)('ends with 2 for %j', async (argv, said) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(said);
  });

  it('ends with 4 for a model that is not there', async () => {
    const { code, err } = await index('--model', '/nowhere');
    expect(code).toBe(4);
    expect(err).toMatch(/^The fitted model lacks its file model\.json\.\n.*music2movie fit/);
  });
});

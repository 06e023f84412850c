import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { FILES, MANIFEST, type Manifest, ROW_HASHES } from '../../src/engine/catalogue/format.ts';
import { Engine } from '../../src/engine/engine.ts';
import { buildCatalogue } from '../../src/indexer/build.ts';
import {
  buildFrom,
  csv,
  filmRow,
  placeOf,
  type Row,
  songRow,
  temporaryFolder,
  trackId,
  variedSongs,
  writeInputs,
} from '../support/catalogue.ts';
import { DESCRIBED_SONGS, filmId, songNumber, tinyFilms, tinySongs, tinyWorld } from '../support/tiny.ts';
import { parquet } from './support/parquet.ts';

const films = Array.from({ length: 40 }, (_, i) =>
  filmRow(i + 1, {
    genres: ['Drama', 'Comedy, Romance', 'Horror', 'Western'][i % 4]!,
    vote_count: i * 5,
    original_language: i % 3 ? 'en' : 'fr',
  }),
);
const songs = variedSongs(30);

const manifestOf = async (dir: string): Promise<Manifest> =>
  JSON.parse(await readFile(path.join(await placeOf(dir), MANIFEST), 'utf8'));

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .sort();
}

describe('a catalogue folder', () => {
  let built: Awaited<ReturnType<typeof buildFrom>>;
  beforeAll(async () => {
    built = await buildFrom(films, songs);
  });

  it('holds the manifest, its stamp and the files that the manifest lists, and nothing else', async () => {
    const listed = [...Object.values(FILES), ROW_HASHES].sort();
    expect(await filesBelow(await placeOf(built.dir))).toEqual([...listed, MANIFEST, 'verified.json'].sort());
    expect(Object.keys((await manifestOf(built.dir)).files).sort()).toEqual(listed);
  });

  it('stands alone: nothing is left beside it', async () => {
    expect(await readdir(path.dirname(built.dir))).toEqual(['catalogue']);
    expect(await readdir(built.dir)).toEqual([built.report.build, 'current']);
  });

  it('counts what it holds: films below the vote floor stand behind the others', async () => {
    const { counts, facets } = await manifestOf(built.dir);
    expect(counts).toEqual({ movies: 40, indexed: 36, songs: 30, artists: 7 });
    expect(facets.genres).toEqual(['Comedy', 'Drama', 'Horror', 'Romance', 'Western']);
    expect(facets.languages).toEqual(['en', 'fr']);
    expect(built.report.films).toMatchObject({ rows: 40, kept: 40 });
    expect(built.report.rejects).toBeNull();
  });

  it('is byte for byte the same from the same inputs, in every file and entry', async () => {
    const again = await buildFrom(films, songs);
    const [a, b] = [await manifestOf(built.dir), await manifestOf(again.dir)];
    const same = Object.values(FILES).filter((name) => name !== FILES.records);
    for (const name of same) expect([name, b.files[name]]).toEqual([name, a.files[name]]);
    expect(b.entries).toBe(a.entries);
    expect(b.inputs).toEqual(a.inputs);
  });

  it('has other entries when one letter of the inputs is another', async () => {
    const changed = films.map((film, i) => (i === 3 ? { ...film, tagline: 'x' } : film));
    const other = await buildFrom(changed, songs);
    expect((await manifestOf(other.dir)).entries).not.toBe((await manifestOf(built.dir)).entries);
  });

  it('gives back every film and song as its row had it', async () => {
    const engine = await Engine.open(built.dir);
    for (const row of films) {
      expect(engine.film(Number(row.id))).toMatchObject({ title: row.title, votes: row.vote_count });
    }
    expect(engine.song(trackId(3))).toMatchObject({ title: 'Song 3', features: { energy: 0.11 } });
    expect(engine.songsByArtist('ARTIST 3').length).toBe(4);
    await engine.close();
  });
});

describe('what cannot be read', () => {
  it('is listed beside the catalogue with file, line and reason', async () => {
    const cut = csv([songRow(1), songRow(2)]).replace(trackId(2), 'oops');
    const ragged = `${csv([filmRow(1), filmRow(2)])}1,2,3\n`;
    const { dir, report } = await buildFrom(ragged, cut);
    expect(report.rejects).toBe(path.join(dir, 'rejects.ndjson'));
    const lines = (await readFile(report.rejects!, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { file: 'songs', line: 3, reason: expect.stringMatching(/track id "oops"/) },
      { file: 'movies', line: 4, reason: '3 cells where the header names 20' },
    ]);
    expect(report.films).toMatchObject({ rows: 3, malformed: 1, kept: 2 });
  });

  it('leaves no list behind once all rows are well', async () => {
    const { dir } = await buildFrom(`${csv([filmRow(1)])}1,2,3\n`);
    const { report } = await buildFrom([filmRow(1)], [songRow(1)], dir);
    expect(report.rejects).toBeNull();
    expect(await readdir(dir)).not.toContain('rejects.ndjson');
  });
});

describe('inputs', () => {
  it('may be Parquet for songs: the same entries as from CSV', async () => {
    const rows = variedSongs(20);
    const { dir, inputs } = await buildFrom(films, rows);
    const columns = Object.keys(rows[0]!).map((name) => {
      const values = rows.map((row: Row) => row[name]!);
      return typeof values[0] === 'number'
        ? { name, type: 'double' as const, values: values as number[] }
        : { name, type: 'string' as const, values: values as string[] };
    });
    await writeFile(inputs.songs, parquet(columns));
    const out = path.join(await temporaryFolder(), 'catalogue');
    const { model, noFeel } = await tinyWorld();
    await buildCatalogue({ ...inputs, out, model, feel: noFeel });
    expect((await manifestOf(out)).entries).toBe((await manifestOf(dir)).entries);
  });

  it('may leave no film where that is forced: the catalogue opens and answers with nothing', async () => {
    const inputs = await writeInputs([filmRow(1, { adult: 'True' })], [songRow(1)]);
    const { model, noFeel: feel } = await tinyWorld();
    const dir = path.join(await temporaryFolder(), 'catalogue');
    const refused = buildCatalogue({ ...inputs, out: dir, model, feel });
    await expect(refused).rejects.toMatchObject({ id: 'index.implausible', exitCode: 2 });
    await buildCatalogue({ ...inputs, out: dir, model, feel, force: true });
    const engine = await Engine.open(dir);
    expect(engine.info).toMatchObject({ movies: 0, songs: 1 });
    expect(engine.moviesFor(trackId(1))).toMatchObject({ matches: [], more: false });
    await engine.close();
  });

  it('may come in any order: no file changes', async () => {
    const a = await buildFrom(films, songs);
    const b = await buildFrom(films, [...songs].reverse());
    const [x, y] = [await manifestOf(a.dir), await manifestOf(b.dir)];
    expect(y.files[FILES.search]).toEqual(x.files[FILES.search]);
    expect(y.entries).toBe(x.entries);
  });

  it('name the model: one that is missing or damaged is said so before anything is written', async () => {
    const inputs = await writeInputs([filmRow(1)], [songRow(1)]);
    const folder = await temporaryFolder();
    const build = buildCatalogue({ ...inputs, out: path.join(folder, 'new'), model: folder });
    await expect(build).rejects.toMatchObject({ id: 'model.missing', exitCode: 4 });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('what is described', () => {
  it('stands in every catalogue: songs that the table lacks have no sound, and are found and answered', async () => {
    const { feel } = await tinyWorld();
    const { dir, report } = await buildFrom(tinyFilms(), [songRow(1)], undefined, feel);
    expect(report.manifest.counts.songs).toBe(1 + 6 * DESCRIBED_SONGS);
    const engine = await Engine.open(dir);
    const id = trackId(songNumber(0, 2));
    const song = engine.song(id)!;
    expect(song).toMatchObject({
      features: null,
      durationMs: null,
      popularity: null,
      explicit: null,
      genres: [],
    });
    expect(engine.findSongs(song.title, 1)[0]!.song.id).toBe(id);
    const answer = engine.moviesFor(id);
    expect([answer.basis, answer.matches.length]).toEqual(['described', 5]);
    expect(answer.matches.every(({ film }) => Math.floor(film.id / 1000) === 1)).toBe(true);
    await engine.close();
  });

  it('is not added beside another edition of it', async () => {
    const { feel } = await tinyWorld();
    const edition: Row = {
      ...tinySongs().find(({ track_id }) => track_id === trackId(songNumber(0, 2)))!,
      track_id: trackId(7777),
    };
    const { dir, report } = await buildFrom(
      tinyFilms(),
      [{ ...edition, track_name: `${edition.track_name} - Remastered 2009` }],
      undefined,
      feel,
    );
    expect(report.manifest.counts.songs).toBe(6 * DESCRIBED_SONGS);
    const engine = await Engine.open(dir);
    expect(engine.song(trackId(songNumber(0, 2)))).toBeNull();
    expect(engine.songProfile(trackId(7777)).basis).toBe('described');
    await engine.close();
  });

  it('of other terms than the model knows is refused before anything is written', async () => {
    const { model, feel, songs, movies } = await tinyWorld();
    const own = await temporaryFolder();
    const folder = await temporaryFolder();
    for (const name of await readdir(feel)) {
      const text = await readFile(path.join(feel, name), 'utf8');
      await writeFile(path.join(own, name), text.replaceAll('tender', 'gentle'));
    }
    const build = buildCatalogue({ songs, movies, model, feel: own, out: path.join(folder, 'new') });
    await expect(build).rejects.toMatchObject({ id: 'index.vocabulary', exitCode: 2 });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the starter in a full catalogue', () => {
  const others = [filmRow(1), filmRow(filmId(0, 0), { title: 'The Table Wins' })];
  const otherSongs = [songRow(1), songRow(songNumber(1, 1), { track_name: 'The Table Wins' })];
  const build = async (starter: boolean) => {
    const { model, feel, songs, movies } = await tinyWorld();
    const inputs = await writeInputs(others, otherSongs);
    const out = path.join(await temporaryFolder(), 'catalogue');
    const options = { ...inputs, model, feel, out };
    const report = await buildCatalogue(starter ? { ...options, starter: { songs, movies } } : options);
    return { engine: await Engine.open(out), report };
  };

  it('is all there, and where both have a row the table’s stands', async () => {
    const { engine, report } = await build(true);
    for (const { id } of tinyFilms()) expect(engine.film(Number(id)), String(id)).not.toBeNull();
    for (const { track_id } of tinySongs()) expect(engine.song(String(track_id))).not.toBeNull();
    expect(engine.info).toMatchObject({ movies: 61, songs: 73 });
    expect(engine.film(filmId(0, 0))!.title).toBe('The Table Wins');
    expect(engine.song(trackId(songNumber(1, 1)))!.title).toBe('The Table Wins');
    // The funnel counts what the table had.
    expect(report.films).toMatchObject({ rows: 2, kept: 2 });
    expect(report.songs).toMatchObject({ rows: 2, kept: 2 });
    // Starter films are found as others are.
    const { matches } = engine.moviesFor(trackId(songNumber(3, 8)));
    expect(matches.every(({ film }) => Math.floor(film.id / 1000) === 4)).toBe(true);
    await engine.close();
  });

  it('is left out where it is not asked for', async () => {
    const { engine } = await build(false);
    expect(engine.info.movies).toBe(2);
    expect(engine.film(filmId(3, 0))).toBeNull();
    expect(engine.song(trackId(songNumber(3, 8)))).toBeNull();
    await engine.close();
  });

  it('is taken over by the next build, as films of the table are', async () => {
    const { model, feel, songs, movies } = await tinyWorld();
    const inputs = await writeInputs(others, otherSongs);
    const out = path.join(await temporaryFolder(), 'catalogue');
    const options = { ...inputs, model, feel, out, starter: { songs, movies } };
    const first = await buildCatalogue(options);
    await writeFile(inputs.movies, csv([...others, filmRow(2)]));
    const second = await buildCatalogue(options);
    expect([first.unchanged, second.unchanged]).toEqual([0, 61]);
    expect(second.manifest.counts.movies).toBe(62);
  });
});

/** The exploration from files to page: reads, computes, draws, writes. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../engine/engine.ts';
import { Model } from '../engine/model/model.ts';
import type { Song } from '../engine/types.ts';
import { type Pair, readPairs } from '../fitting/data.ts';
import { checkVocabulary, readFeelData } from '../indexer/feel/data.ts';
import { sizeOf } from '../indexer/tables/source.ts';
import { UserError } from '../shared/errors.ts';
import { VERSION } from '../version.ts';
import { standaloneSvg } from './chart/draw.ts';
import type { Section } from './figure.ts';
import { count, percent } from './format.ts';
import { describedWorks } from './gather/described.ts';
import { FilmGather, streamFilms } from './gather/films.ts';
import { gatherSongs, type SongGather } from './gather/songs.ts';
import { briefOf, type FilmBrief, Space } from './gather/space.ts';
import { tableCsv } from './page/csv.ts';
import { drawFigure, type Page, pageHtml } from './page/html.ts';
import { betweenSection } from './sections/between.ts';
import { filmSection } from './sections/films.ts';
import { findingsOf, findingsSection } from './sections/findings.ts';
import type { SoundtrackPair } from './sections/genres.ts';
import { type Recommend, shiftFindings } from './sections/shift.ts';
import { songCorrelations, songSection } from './sections/songs.ts';

export interface ExploreOptions {
  /** Spotify Tracks data set, CSV or Parquet. */
  readonly songs: string;
  /** TMDb Movies data set, CSV. */
  readonly movies: string;
  /** Pairs of track_id and tmdb_id: songs and the films on whose soundtracks they stand. */
  readonly pairs?: string;
  /** A catalogue whose model and recommendations are explored in place of `model`. */
  readonly catalogue?: string;
  /** The fitted model's folder. */
  readonly model: string;
  /** Folder of the feel data; the repository's by default. */
  readonly feel?: string;
  /** The page to write. */
  readonly out: string;
}

export interface ExploreReport {
  readonly page: string;
  readonly folder: string;
  /** Bytes of the page. */
  readonly bytes: number;
  readonly figures: number;
  readonly films: number;
  readonly songs: number;
}

/** Films as the sections need them: the eligible ones placed, those of the pairs known by name. */
async function gatherFilms(file: string, space: Space | null, paired: ReadonlySet<number>) {
  const gather = new FilmGather();
  const briefs = new Map<number, FilmBrief>();
  const ids = new Set<number>();
  for await (const film of streamFilms(file, gather)) {
    ids.add(film.id);
    const brief = briefOf(film);
    if (paired.has(film.id)) briefs.set(film.id, brief);
    if (space && brief.eligible) space.addFilm(film, brief);
  }
  return { gather, briefs, ids };
}

function joinPairs(
  pairs: readonly Pair[],
  songs: readonly Song[],
  films: ReadonlyMap<number, FilmBrief>,
): SoundtrackPair[] {
  const byId = new Map(songs.map((song) => [song.id, song]));
  return pairs.flatMap(({ trackId, filmId }) => {
    const song = byId.get(trackId);
    const film = films.get(filmId);
    return song && film ? [{ song, film }] : [];
  });
}

/** Explores the data and writes the page with its folder of charts and numbers. */
export async function explore(options: ExploreOptions): Promise<ExploreReport> {
  for (const file of [options.songs, options.movies]) await sizeOf(file);
  const engine = options.catalogue === undefined ? null : await Engine.open(options.catalogue);
  try {
    const model = await Model.load(
      options.catalogue === undefined ? options.model : path.join(options.catalogue, 'model'),
    ).catch((error) => {
      // Without a model the rest can still be said, and the page says what is missing.
      if ((error as { id?: string }).id === 'model.missing' && !engine) return null;
      throw error;
    });
    const feel = await readFeelData(options.feel);
    if (model) checkVocabulary(model.spec.feel, feel.vocabulary);
    const songs = await gatherSongs(options.songs);
    if (songs.songs.length === 0) {
      throw new UserError(`${options.songs} holds no song that could be read.`, {
        id: 'explore.no-songs',
        hint: 'See data/README.md for its columns.',
      });
    }
    const pairs = options.pairs === undefined ? null : await readPairs(options.pairs);
    const space = model && new Space(model, songs.songs, feel);
    const { gather, briefs, ids } = await gatherFilms(
      options.movies,
      space,
      new Set(pairs?.map(({ filmId }) => filmId)),
    );
    if (gather.funnel.rows === 0) {
      throw new UserError(`${options.movies} holds no film.`, {
        id: 'explore.no-films',
        hint: 'See data/README.md for its columns.',
      });
    }
    const recommend: Recommend = engine
      ? (song) => engine.moviesFor(song, { limit: 5 }).matches.map(({ film }) => briefOf(film))
      : (song) => space?.recommend(space.place(song), 5).map(({ film }) => film) ?? [];
    const shift =
      space && space.films.length > 0
        ? shiftFindings(
            songs.songs,
            space.films.map(({ film }) => film),
            recommend,
          )
        : null;
    const correlations = songCorrelations(songs.songs);
    const sections = [
      songSection(songs, correlations),
      filmSection(gather, songs),
      betweenSection({
        songs: songs.songs,
        pairs: pairs && joinPairs(pairs, songs.songs, briefs),
        pairsRead: pairs?.length ?? 0,
        described: describedWorks(songs.songs, ids, feel),
        space,
        shift,
        shiftSource: engine ? "in the catalogue's answers" : 'that the model finds',
      }),
      findingsSection(findingsOf(songs, correlations, gather, shift)),
    ];
    return await writePage(
      options.out,
      describePage(sections, songs, gather),
      gather.funnel.kept,
      songs.songs.length,
    );
  } finally {
    await engine?.close();
  }
}

function describePage(sections: readonly Section[], songs: SongGather, films: FilmGather): Page {
  const { funnel } = films;
  const explicit = songs.explicitRows;
  return {
    title: 'What songs and films have in common',
    lead: `${count(songs.songs.length)} songs and ${count(funnel.kept)} films, looked at the way the Music2Movie paper did: first each for itself, then together, and at the end the paper's claims one by one.`,
    key: [
      { label: 'tracks', value: count(songs.songs.length) },
      { label: 'films after cleaning', value: count(funnel.kept) },
      { label: 'of the film rows kept', value: percent(funnel.kept / funnel.rows, 0) },
      { label: 'song rows explicit', value: percent(explicit.explicit / explicit.known) },
    ],
    sections,
    notes: [
      `Made by music2movie ${VERSION} from the two data sets alone; the same input gives the same page. Samples are drawn with fixed seeds, intervals are 95%.`,
      'Spotify Tracks Dataset (maharshipandya), ODbL 1.0. TMDb Movies Dataset (asaniczka), ODC-By; this product uses the TMDB API but is not endorsed or certified by TMDB.',
    ],
  };
}

/** Writes page and folder. Charts and numbers of an earlier page at the same place are replaced. */
async function writePage(out: string, page: Page, films: number, songs: number): Promise<ExploreReport> {
  const file = path.resolve(out);
  const folder = `${file.replace(/\.html?$/i, '')}-figures`;
  const figures = page.sections.flatMap((section) => section.figures);
  const drawn = new Map(figures.map((figure) => [figure.id, drawFigure(figure)]));
  const html = pageHtml(page, drawn, path.basename(folder));
  await mkdir(folder, { recursive: true });
  for (const { figure, wide } of drawn.values()) {
    await writeFile(path.join(folder, `${figure.id}.csv`), tableCsv(figure.table));
    if (wide === null) await rm(path.join(folder, `${figure.id}.svg`), { force: true });
    else await writeFile(path.join(folder, `${figure.id}.svg`), standaloneSvg(wide));
  }
  await writeFile(`${file}.part`, html);
  await rename(`${file}.part`, file);
  return { page: file, folder, bytes: Buffer.byteLength(html), figures: figures.length, films, songs };
}

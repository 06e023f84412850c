/** The engine: one catalogue, opened read-only, answering. No network, no chat SDK, no state shared between engines. */

import { UserError } from '../shared/errors.ts';
import { rowOf } from './catalogue/columns.ts';
import { Catalogue } from './catalogue/reader.ts';
import { type FilmRecord, storeKey } from './catalogue/records.ts';
import { candidates } from './matching/candidates.ts';
import { clashOf } from './matching/exclusion-rules.ts';
import { compileFilters } from './matching/filters.ts';
import { genresOf, type SongQuery, songQuery } from './matching/query.ts';
import { filmSide, type Parts, reasonsFor, songSide } from './matching/reasons.ts';
import { rerankByMood } from './matching/rerank.ts';
import { selectFilms } from './matching/select.ts';
import { artistKey } from './model/artists.ts';
import type { FilmRoom } from './model/model.ts';
import { sigmoid } from './model/numbers.ts';
import { normaliseText } from './search/index.ts';
import type {
  CatalogueInfo,
  Film,
  FoundSong,
  Imputation,
  Match,
  MatchEngine,
  MoodPoint,
  MoviesAnswer,
  MoviesOptions,
  Seed,
  Song,
} from './types.ts';

/** Films that one answer may hold. */
const MOST_FILMS = 50;
/** Films that paging reaches. */
const DEEPEST = 500;
/** A longer text names no film; see `findFilms`. */
const LONGEST_TITLE = 500;
/** Spotify's track ids: anything else is not looked up. */
const TRACK_ID = /^[0-9A-Za-z]{22}$/;

export class Engine implements MatchEngine {
  readonly #catalogue: Catalogue;
  readonly #room: FilmRoom;
  /** The open catalogue itself, for evaluation and exploration. */
  get catalogue(): Catalogue {
    return this.#catalogue;
  }
  readonly info: CatalogueInfo;
  readonly facets: MatchEngine['facets'];

  private constructor(catalogue: Catalogue) {
    const { manifest } = catalogue;
    this.#catalogue = catalogue;
    this.#room = catalogue.model.filmRoom();
    this.info = {
      version: manifest.version,
      movies: manifest.counts.movies,
      songs: manifest.counts.songs,
      builtAt: manifest.builtAt,
    };
    this.facets = { genres: manifest.facets.genres, languages: manifest.facets.languages };
  }

  /**
   * Opens a catalogue folder.
   * @throws CatalogueError when it is missing, damaged, mixed or of another format
   */
  static async open(dir: string): Promise<Engine> {
    return new Engine(await Catalogue.open(dir));
  }

  close(): Promise<void> {
    return this.#catalogue.close();
  }

  findSongs(text: string, limit = 5): FoundSong[] {
    return this.#catalogue.search.search(text, limit).flatMap(({ id, quality, version }) => {
      const song = this.song(id);
      return song ? [{ song, quality, version }] : [];
    });
  }

  song(id: string): Song | null {
    return TRACK_ID.test(id) ? (this.#catalogue.records.songs.get(id) ?? null) : null;
  }

  songsByArtist(name: string): Song[] {
    const artist = this.#catalogue.records.artists.get(storeKey(artistKey(name)));
    return this.#songs(artist?.songs ?? []);
  }

  albumsNamed(name: string): { album: string; artists: readonly string[]; songs: Song[] }[] {
    const folded = normaliseText(name);
    const albums = this.#catalogue.records.albums.get(storeKey(folded)) ?? [];
    // Names without a letter or digit all fold to nothing, and "?" is not "=".
    const named = folded === '' ? albums.filter(({ album }) => album === name.trim()) : albums;
    return named.map(({ album, artists, songs }) => ({ album, artists, songs: this.#songs(songs) }));
  }

  #songs(ids: readonly string[]): Song[] {
    return ids.flatMap((id) => this.song(id) ?? []);
  }

  imputedFrom(song: Song): Imputation {
    return genresOf(this.#catalogue, song).imputed;
  }

  film(id: number): Film | null {
    return rowOf(this.#catalogue.columns, id) < 0 ? null : (this.#catalogue.records.films.get(id) ?? null);
  }

  findFilms(title: string, limit = 5): Film[] {
    const { titles } = this.#catalogue.records;
    const text = title.slice(0, LONGEST_TITLE).trim();
    const wanted = normaliseText(text.replace(/\(\d{4}\)$/, ''));
    const year = /\((\d{4})\)$/.exec(text)?.[1];
    if (wanted === '') return [];
    const key = storeKey(wanted);
    const ids = new Set(titles.get(key) ?? []);
    if (ids.size === 0) {
      // No such title: those that begin with it, the best known first.
      for (const { value } of titles.getRange({ start: key, end: `${key}\uffff`, limit: 200 })) {
        for (const id of value) ids.add(id);
      }
    }
    return [...ids]
      .flatMap((id) => this.film(id) ?? [])
      .filter((film) => !year || film.year === Number(year))
      .sort((a, b) => b.votes - a.votes || a.id - b.id)
      .slice(0, Math.max(0, limit));
  }

  moviesFor(seed: Seed, options: MoviesOptions = {}): MoviesAnswer {
    const { limit = 5, offset = 0, filters = {}, mainstream = 0.5 } = options;
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_FILMS) {
      throw new UserError(`An answer holds 1 to ${MOST_FILMS} films.`, { id: 'movies.limit' });
    }
    if (!Number.isInteger(offset) || offset < 0 || offset > DEEPEST) {
      throw new UserError(`Paging goes no further than ${DEEPEST} films.`, { id: 'movies.offset' });
    }
    if (!(mainstream >= 0 && mainstream <= 1)) {
      throw new UserError('The mainstream setting lies between 0 (hidden gems) and 1 (well known).', {
        id: 'movies.mainstream',
      });
    }
    const catalogue = this.#catalogue;
    const query = songQuery(catalogue, this.#seedSongs(seed));
    const filter = compileFilters(filters, catalogue.columns, catalogue.manifest);
    const vector = catalogue.model.query(query.embedding, mainstream);
    const needed = offset + limit;
    const { films, path } = selectFilms(
      needed + 1,
      (wanted) => {
        const found = candidates(catalogue, vector, filter, wanted);
        return { ...found, rows: rerankByMood(catalogue, vector, found.rows) };
      },
      (row) => this.#record(row),
      clashOf(catalogue.model, query, filters),
    );
    const side = songSide(catalogue.model, query.x, query.mood, query.names);
    const matches = films
      .slice(offset, needed)
      .map(({ row, film }) => this.#match(query, side, row, film))
      .sort((a, b) => b.similarity - a.similarity || a.film.id - b.film.id);
    return {
      matches,
      more: films.length > needed && needed + limit <= DEEPEST,
      path,
      imputed: query.imputed,
    };
  }

  match(seed: Seed, filmId: number): Match {
    const row = rowOf(this.#catalogue.columns, filmId);
    if (row < 0) {
      throw new UserError('That film is not in the catalogue.', { id: 'match.film-unknown', exitCode: 3 });
    }
    const query = songQuery(this.#catalogue, this.#seedSongs(seed));
    const side = songSide(this.#catalogue.model, query.x, query.mood, query.names);
    return this.#match(query, side, row, this.#record(row));
  }

  songMood(seed: Seed): MoodPoint {
    const { mood } = songQuery(this.#catalogue, this.#seedSongs(seed));
    return moodPoint(mood);
  }

  filmMood(film: Film): MoodPoint {
    const record = this.#catalogue.records.films.get(film.id);
    return moodPoint(this.#catalogue.model.filmMood({ ...film, negativity: record?.negativity ?? 0 }));
  }

  looksLike(filmId: number, limit = 4): Film[] {
    const { visual, columns, manifest } = this.#catalogue;
    const row = rowOf(columns, filmId);
    if (!visual || row < 0) return [];
    // The films that pass the default filters stand first: no other is offered unasked.
    const rows = visual.nearest(row, manifest.counts.indexed, Math.min(Math.floor(limit), MOST_FILMS));
    return rows.map((other) => this.#record(other));
  }

  #record(row: number): FilmRecord {
    const film = this.#catalogue.records.films.get(this.#catalogue.columns.ids[row]!);
    if (!film) throw new Error(`no record for film row ${row}`);
    return film;
  }

  #match(query: SongQuery, song: Parts, row: number, film: FilmRecord): Match {
    const { model } = this.#catalogue;
    const similarity = this.#similarity(query.embedding, row);
    const { slope, intercept } = model.spec.calibration;
    const { negativity: _n, revenue: _r, ...shown } = film;
    return {
      film: shown,
      similarity,
      score: sigmoid(slope * similarity + intercept),
      reasons: reasonsFor(model, song, this.#filmParts(row, film), film),
    };
  }

  /** Content-and-mood cosine: the indexed vector without its popularity coordinate. */
  #similarity(embedding: Float64Array, row: number): number {
    const { vectors, manifest } = this.#catalogue;
    const offset = row * manifest.dimensions;
    let sum = 0;
    for (let d = 0; d < embedding.length; d++) sum += embedding[d]! * vectors[offset + d]!;
    const popularity = vectors[offset + embedding.length]!;
    return sum / Math.sqrt(1 - popularity * popularity);
  }

  /** What is returned holds until the next call. */
  #filmParts(row: number, film: FilmRecord): Parts {
    const { model } = this.#catalogue;
    const vector = model.filmVector(film, this.#catalogue.text(row), this.#room);
    return filmSide(model, vector, model.filmMood(film), this.#room);
  }

  /** @throws UserError for an unknown id or an empty blend */
  #seedSongs(seed: Seed): readonly Song[] {
    if (typeof seed === 'string') {
      const song = this.song(seed);
      if (song) return [song];
      throw new UserError('That song is not in the catalogue.', { id: 'song.unknown', exitCode: 3 });
    }
    const songs: readonly Song[] = isSong(seed) ? [seed] : seed;
    if (songs.length === 0) throw new UserError('Name at least one song.', { id: 'song.none' });
    if (!songs.every(isSound)) {
      throw new UserError("That song's sound is not known in numbers.", { id: 'song.features' });
    }
    return songs;
  }
}

function isSong(seed: Song | readonly Song[]): seed is Song {
  return !Array.isArray(seed);
}

/** One number that is none would make every similarity unknown. */
function isSound({ features, durationMs, popularity }: Song): boolean {
  return [...Object.values(features), durationMs, popularity].every(
    (value) => value === null || Number.isFinite(value),
  );
}

/** Rank-Gaussian scores squeezed to −1…1. */
function moodPoint(mood: { valence: number; energy: number }): MoodPoint {
  return { valence: Math.tanh(mood.valence / 1.2), energy: Math.tanh(mood.energy / 1.2) };
}

/** The engine: one catalogue, opened read-only, answering. No network, no chat SDK, no state shared between engines. */

import { UserError } from '../shared/errors.ts';
import { rowOf, rowsOf } from './catalogue/columns.ts';
import { FilmReader, type JudgedFilm } from './catalogue/film-reader.ts';
import { Catalogue, type OpenOptions } from './catalogue/reader.ts';
import { type FilmRecord, shownFilm, storeKey } from './catalogue/records.ts';
import { type FeelProfile, strongestThree } from './feel/profile.ts';
import { filmsForEveryone } from './for-everyone.ts';
import { CommunityShifts } from './matching/community-shifts.ts';
import { careRule, exclusionRule } from './matching/exclusion-rules.ts';
import { compileFilters, type RowFilter } from './matching/filters.ts';
import { franchiseKeys } from './matching/franchise.ts';
import {
  evidenceOf,
  genresOf,
  moodQuery,
  type SongQuery,
  songQuery,
  withoutPicks,
} from './matching/query.ts';
import { logitOf, type Ranked, rank, ranking } from './matching/rank.ts';
import { reasonsFor } from './matching/reasons.ts';
import { selectFilms } from './matching/select.ts';
import { tasteShifts } from './matching/taste.ts';
import { titleFilm } from './matching/title-film.ts';
import { artistKey } from './model/artists.ts';
import { OtherWay } from './other-way.ts';
import { normaliseText } from './search/index.ts';
import { albumKey } from './search/recording.ts';
import type {
  CatalogueInfo,
  CommunityVote,
  Film,
  FoundFilm,
  FoundSong,
  GroupAnswer,
  GroupOptions,
  Imputation,
  Match,
  MatchEngine,
  Mood,
  MoviesAnswer,
  MoviesOptions,
  Profile,
  ReadSong,
  Seed,
  Song,
  SongsAnswer,
  SongsOptions,
  SongUse,
} from './types.ts';

/** Films that one answer may hold. */
const MOST_FILMS = 50;
/** Films that fit a song, of which a taste prefers some. */
const NEAR_SONG = 1024;
/** Films that paging reaches. */
const DEEPEST = 500;
/** Films whose franchise is remembered. */
const MOST_REMEMBERED = 20_000;
/** A longer text names no film; see `findFilms`. */
const LONGEST_TITLE = 500;
/** Spotify's track ids, and our own (`ownSongId`): anything else is not looked up. */
const TRACK_ID = /^[0-9A-Za-z]{22}$/;

export class Engine implements MatchEngine {
  readonly #catalogue: Catalogue;
  /** The open catalogue itself, for evaluation and exploration. */
  get catalogue(): Catalogue {
    return this.#catalogue;
  }
  readonly info: CatalogueInfo;
  readonly facets: MatchEngine['facets'];
  readonly feelings: MatchEngine['feelings'];
  readonly #otherWay: OtherWay;
  readonly #shifts: CommunityShifts;
  /** Keys of films that answers held, by TMDB id. */
  readonly #franchises = new Map<number, readonly string[]>();

  private constructor(catalogue: Catalogue) {
    const { manifest } = catalogue;
    this.#catalogue = catalogue;
    this.info = {
      version: manifest.version,
      movies: manifest.counts.movies,
      songs: manifest.counts.songs,
      builtAt: manifest.builtAt,
    };
    this.#shifts = new CommunityShifts(catalogue, (seed) => this.#query(seed));
    this.#otherWay = new OtherWay(catalogue, (query, ranked) =>
      this.#match(query, ranked, this.#record(ranked.row)),
    );
    this.feelings = catalogue.model.spec.feel;
    this.facets = { genres: manifest.facets.genres, languages: manifest.facets.languages };
  }

  /**
   * Opens a catalogue folder.
   * @param options `keep` for programs that run on while catalogues are built and copied
   * @throws CatalogueError when it is missing, damaged, mixed or of another format
   */
  static async open(dir: string, options?: OpenOptions): Promise<Engine> {
    return new Engine(await Catalogue.open(dir, options));
  }

  close(): Promise<void> {
    this.#otherWay.stop();
    return this.#catalogue.close();
  }

  findSongs(text: string, limit = 5): FoundSong[] {
    return this.#catalogue.search.search(text, limit).flatMap(({ id, quality, version }) => {
      const song = this.song(id);
      return song ? [{ song, quality, version }] : [];
    });
  }

  readSongs(text: string, limit = 5): ReadSong[] {
    return this.#catalogue.search.read(text, limit).flatMap(({ id, quality, version, named, unread }) => {
      const song = this.song(id);
      return song ? [{ song, quality, version, named, unread }] : [];
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
    const folded = albumKey(name);
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
    const { limit = 5, offset = 0, filters = {}, mainstream = 0.5, picks = true } = options;
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
    const asked = this.#query(seed);
    const query = picks ? asked : withoutPicks(asked);
    const filter = compileFilters(filters, catalogue.columns, catalogue.manifest);
    const vector = catalogue.model.query(query.placed.vector, mainstream);
    const voted = this.#shifts.of(seed, query, options.votes, options.voting);
    const { taste } = options;
    const shifts = taste ? this.#leaning(query, vector, filter, voted, taste) : voted;
    const needed = offset + limit;
    const passedOver = rowsOf(catalogue.columns, options.passOver ?? []);
    const { films, path } = selectFilms<FilmReader>(
      needed + 1,
      (wanted) => ranking(catalogue, query, vector, filter, wanted, shifts),
      (row) => this.#reader(row),
      {
        passedOver: (row) => passedOver.has(row),
        excluded: exclusionRule(catalogue.model, query, filters),
        notFirst: careRule(catalogue.model, query),
        franchise: (film) => this.#franchise(film),
        signature: (row) => this.#signature(row),
      },
    );
    // A film that waited for others to pass is shown no surer than the film before it.
    let ceiling = 1;
    const matches: Match[] = [];
    for (let place = 0; place < Math.min(films.length, needed); place++) {
      const ranked = films[place]!;
      ceiling = Math.min(this.#score(query, ranked), ceiling);
      if (place >= offset) matches.push(this.#match(query, ranked, ranked.film.record, ceiling));
    }
    return {
      matches,
      more: films.length > needed && needed + limit <= DEEPEST,
      path,
      imputed: query.imputed,
      basis: query.profile.basis,
    };
  }

  /** What votes add, and a taste on top of it. */
  #leaning(
    query: SongQuery,
    vector: Float32Array,
    filter: RowFilter,
    voted: ReadonlyMap<number, number>,
    { songs, weight }: NonNullable<MoviesOptions['taste']>,
  ): ReadonlyMap<number, number> {
    const near = rank(this.#catalogue, query, vector, filter, NEAR_SONG, voted);
    const rows = near.films.map(({ row }) => row);
    const shifts = tasteShifts(this.#catalogue, this.#query(songs), rows, weight);
    for (const [film, shift] of voted) shifts.set(film, shift + (shifts.get(film) ?? 0));
    return shifts;
  }

  filmsForEveryone(seeds: readonly Seed[], options: GroupOptions = {}): GroupAnswer {
    const people = seeds.map((seed) => {
      const query = this.#query(seed);
      return { query, shifts: this.#shifts.of(seed, query, options.votes) };
    });
    return filmsForEveryone(this.#catalogue, people, options, {
      score: (query, ranked) => this.#score(query, ranked),
      franchise: (film) => this.#franchise(film),
      signature: (row) => this.#signature(row),
      record: (row) => this.#record(row),
    });
  }

  match(seed: Seed, filmId: number, votes?: readonly CommunityVote[]): Match {
    const row = this.#row(filmId);
    const query = this.#query(seed);
    const ranked = {
      row,
      logit: logitOf(this.#catalogue, query.placed.vector, row),
      ...evidenceOf(query, filmId),
      shift: this.#shifts.of(seed, query, votes).get(filmId) ?? 0,
    };
    return this.#match(query, ranked, this.#record(row));
  }

  songProfile(seed: Seed): Profile {
    return this.#shown(this.#query(seed).profile);
  }

  filmProfile(filmId: number): Profile | null {
    const row = rowOf(this.#catalogue.columns, filmId);
    return row < 0 ? null : this.#shown(this.#catalogue.filmFeel(row));
  }

  usesOf(song: Song): SongUse[] {
    const plays = this.#catalogue.records.feels.get(song.id)?.plays ?? [];
    const uses: SongUse[] = plays.flatMap(({ film, kind }) => {
      const found = this.film(film);
      return found && !found.unfit ? [{ film: found, kind: kind as SongUse['kind'] }] : [];
    });
    const named = titleFilm(song, this);
    if (named && !uses.some(({ film }) => film.id === named.id)) uses.push({ film: named, kind: 'title' });
    return uses.sort((a, b) => b.film.votes - a.film.votes);
  }

  looksLike(filmId: number, limit = 4): Film[] {
    const { visual, columns, manifest } = this.#catalogue;
    const row = rowOf(columns, filmId);
    if (!visual || row < 0) return [];
    // The films that pass the default filters stand first: no other is offered unasked.
    const rows = visual.nearest(row, manifest.counts.indexed, Math.min(Math.floor(limit), MOST_FILMS));
    return rows.map((other) => this.#record(other));
  }

  searchFilms(text: string, limit?: number): FoundFilm[] {
    return this.#otherWay.searchFilms(text, limit);
  }

  songsFor(of: number | Mood, options?: SongsOptions): SongsAnswer {
    return this.#otherWay.songsFor(of, options);
  }

  prepare(): Promise<void> {
    return this.#otherWay.prepare();
  }

  /** @throws UserError for a film that is not in the catalogue */
  #row(filmId: number): number {
    const row = rowOf(this.#catalogue.columns, filmId);
    if (row >= 0) return row;
    throw new UserError('That film is not in the catalogue.', { id: 'match.film-unknown', exitCode: 3 });
  }

  #reader(row: number): FilmReader {
    return new FilmReader(this.#catalogue.records.films, this.#catalogue.columns.ids[row]!);
  }

  #record(row: number): FilmRecord {
    return this.#reader(row).record;
  }

  #score(query: SongQuery, { logit, pick, relevance, shift }: Ranked): number {
    const { model } = this.#catalogue;
    return model.score(model.lift(logit, query.scale, pick, relevance + shift), query.profile.basis);
  }

  #match(query: SongQuery, ranked: Ranked, film: FilmRecord, score = this.#score(query, ranked)): Match {
    const { model, vectors, manifest } = this.#catalogue;
    const at = ranked.row * manifest.dimensions;
    return {
      film: shownFilm(film),
      logit: ranked.logit,
      score,
      ...(ranked.shift !== 0 && { shift: ranked.shift }),
      reasons: reasonsFor(
        model,
        query.placed,
        query.profile,
        this.#catalogue.filmFeel(ranked.row),
        vectors.subarray(at, at + model.spec.dims),
      ),
    };
  }

  #franchise(film: JudgedFilm): readonly string[] {
    const known = this.#franchises.get(film.id);
    if (known) return known;
    if (this.#franchises.size >= MOST_REMEMBERED) this.#franchises.clear();
    const keys = franchiseKeys(film);
    this.#franchises.set(film.id, keys);
    return keys;
  }

  /** The film's three strongest terms: what makes two films of an answer alike. */
  #signature(row: number): string {
    const { feels, manifest, model } = this.#catalogue;
    const at = row * manifest.feelBytes;
    return strongestThree(feels.subarray(at, at + manifest.feelBytes), model.spec.feel.terms.length).join();
  }

  #shown({ terms, worlds, year, basis }: FeelProfile): Profile {
    const { feel } = this.#catalogue.model.spec;
    const named = (names: readonly string[], strengths: Float32Array) =>
      Object.fromEntries(
        names
          .map((name, i) => [name, Number(strengths[i]!.toFixed(3))] as const)
          .filter(([, strength]) => strength > 0)
          .sort((a, b) => b[1] - a[1]),
      );
    return { terms: named(feel.terms, terms), worlds: named(feel.worlds, worlds), year, basis };
  }

  #query(seed: Seed): SongQuery {
    if (isMood(seed)) return moodQuery(this.#catalogue, seed);
    return songQuery(this.#catalogue, this.#seedSongs(seed));
  }

  /** @throws UserError for an unknown id or an empty blend */
  #seedSongs(seed: Exclude<Seed, Mood>): readonly Song[] {
    if (typeof seed === 'string') {
      const song = this.song(seed);
      if (song) return [song];
      throw new UserError('That song is not in the catalogue.', { id: 'song.unknown', exitCode: 3 });
    }
    const songs: readonly Song[] = isSong(seed) ? [seed] : seed;
    if (songs.length === 0) throw new UserError('Name at least one song.', { id: 'song.none' });
    if (!songs.every(hasSoundNumbers)) {
      throw new UserError("That song's sound is not known in numbers.", { id: 'song.features' });
    }
    return songs;
  }
}

function isMood(seed: Seed): seed is Mood {
  return typeof seed === 'object' && 'feel' in seed;
}

function isSong(seed: Song | readonly Song[]): seed is Song {
  return !Array.isArray(seed);
}

/** One number that is none would make every logit unknown. */
function hasSoundNumbers({ features, durationMs, popularity }: Song): boolean {
  return [...Object.values(features ?? {}), durationMs, popularity].every(
    (value) => value === null || Number.isFinite(value),
  );
}

/** From a film to songs: films found by name, and the songs that feel like one, or like a mood. */
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../shared/errors.ts';
import { FLAG_UNFIT, rowOf } from './catalogue/columns.ts';
import type { Catalogue } from './catalogue/reader.ts';
import { evidenceOf, moodQuery, type SongQuery, songQuery } from './matching/query.ts';
import { logitOf, type Ranked } from './matching/rank.ts';
import { SongTable } from './matching/song-table.ts';
import { type RankedSong, rankSongs, selectSongs } from './matching/songs.ts';
import { FilmSearch } from './search/films.ts';
import type { FoundFilm, Match, Mood, Song, SongMatch, SongsAnswer, SongsOptions } from './types.ts';

/** Songs or films that one answer may hold, and how far paging reaches. */
const MOST = 50;
const DEEPEST = 500;
/** A longer text names no film. */
const LONGEST_TITLE = 500;
/** Films that can be found by name: the best known, which is all of a starter catalogue. */
const SEARCHED_FILMS = 60_000;
/** Milliseconds of work before others get their turn. */
const SLICE_MS = 4;

export class OtherWay {
  readonly #catalogue: Catalogue;
  readonly #pair: (query: SongQuery, ranked: Ranked) => Match;
  #films: FilmSearch | undefined;
  #songs: SongTable | undefined;
  #stopped = false;

  /** @param pair score and reasons of one song and one film */
  constructor(catalogue: Catalogue, pair: (query: SongQuery, ranked: Ranked) => Match) {
    this.#catalogue = catalogue;
    this.#pair = pair;
  }

  searchFilms(text: string, limit = 5): FoundFilm[] {
    const { films } = this.#catalogue.records;
    return this.#search()
      .find(text.slice(0, LONGEST_TITLE), Math.max(0, Math.min(limit, MOST)))
      .flatMap(({ id, quality }) => {
        const film = films.get(id);
        return film ? [{ film, quality }] : [];
      });
  }

  #search(): FilmSearch {
    this.#films ??= new FilmSearch(this.#searchable());
    return this.#films;
  }

  *#searchable() {
    const { columns, records } = this.#catalogue;
    for (let row = 0; row < Math.min(columns.count, SEARCHED_FILMS); row++) {
      const film = (columns.flags[row]! & FLAG_UNFIT) === 0 && records.films.get(columns.ids[row]!);
      if (film) yield film;
    }
  }

  /** @throws UserError for an unknown film or impossible options */
  songsFor(of: number | Mood, options: SongsOptions = {}): SongsAnswer {
    const { limit = 5, offset = 0 } = options;
    const fits = Number.isInteger(limit) && limit >= 1 && limit <= MOST;
    if (!fits || !Number.isInteger(offset) || offset < 0 || offset > DEEPEST) {
      throw new UserError(`An answer holds 1 to ${MOST} songs, and paging ends at ${DEEPEST}.`, {
        id: 'songs.limit',
      });
    }
    const table = this.#table();
    table.advance();
    const isFilm = typeof of === 'number';
    const ranked = isFilm ? this.#forFilm(of, options) : this.#forMood(of, options);
    const found = selectSongs(this.#catalogue, table, ranked, offset + limit + 1, options.accepts);
    // A song that stands before others for being known is shown no surer than they are unsure.
    let ceiling = 1;
    const all = found.slice(0, offset + limit).map(({ row, standing }): SongMatch => {
      const song = this.#catalogue.records.songs.get(table.songs[row]!.id)!;
      const match = isFilm
        ? this.#match(song, of)
        : { song, score: Math.max(0, Math.min(1, standing)), reasons: [] };
      ceiling = Math.min(ceiling, match.score);
      return { ...match, score: ceiling };
    });
    const matches = all.slice(offset);
    return { matches, more: found.length > offset + limit && offset + 2 * limit <= DEEPEST };
  }

  #match(song: Song, filmId: number): SongMatch {
    const query = songQuery(this.#catalogue, [song]);
    const row = this.#row(filmId);
    const logit = logitOf(this.#catalogue, query.placed.vector, row);
    const { score, reasons } = this.#pair(query, {
      row,
      logit,
      ...evidenceOf(query, filmId),
      shift: 0,
    });
    return { song, score, reasons };
  }

  #table(): SongTable {
    this.#songs ??= new SongTable(this.#catalogue);
    return this.#songs;
  }

  #forFilm(id: number, options: SongsOptions): RankedSong[] {
    const { vectors, manifest } = this.#catalogue;
    const table = this.#table();
    const at = this.#row(id) * manifest.dimensions;
    const lifts = table.lifts(id, vectors.subarray(at, at + manifest.dimensions));
    return rankSongs(table, lifts, options, false);
  }

  #forMood(mood: Mood, options: SongsOptions): RankedSong[] {
    const table = this.#table();
    const likeness = table.likeness(moodQuery(this.#catalogue, mood).profile);
    return rankSongs(table, likeness, options, true);
  }

  /** @throws UserError for a film that is not in the catalogue */
  #row(id: number): number {
    const row = rowOf(this.#catalogue.columns, id);
    if (row >= 0) return row;
    throw new UserError('That film is not in the catalogue.', { id: 'match.film-unknown', exitCode: 3 });
  }

  /** Makes the table and the search ready, a little at a time. */
  async prepare(): Promise<void> {
    const table = this.#table();
    while (!this.#stopped && !table.advance(SLICE_MS)) await setImmediate();
    if (!this.#stopped) this.#search();
  }

  /** The catalogue closes: nothing is read any more. */
  stop(): void {
    this.#stopped = true;
  }
}

/** Songs and films in the fitted space. */
import type { FeelProfile } from '../../engine/feel/profile.ts';
import { feelVector } from '../../engine/feel/vectors.ts';
import { undescribedFeel } from '../../engine/matching/undescribed.ts';
import { type ArtistGenres, countArtists, labelledGenres } from '../../engine/model/artists.ts';
import type { SongGenres } from '../../engine/model/features.ts';
import type { Model, ScoreScale } from '../../engine/model/model.ts';
import { nameKey } from '../../engine/search/recording.ts';
import type { Film, Song } from '../../engine/types.ts';
import type { CleanFilm } from '../../indexer/clean-films.ts';
import type { FeelData } from '../../indexer/feel/data.ts';
import { SongFinder } from '../../indexer/feel/song-finder.ts';
import { VOTE_FLOOR } from '../../indexer/film-stage.ts';
import { TopItems } from '../../shared/top-items.ts';
import { matureThemes } from './mature.ts';

/** What the exploration keeps of a film. */
export interface FilmBrief {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly votes: number;
  readonly hasKeywords: boolean;
  readonly mature: boolean;
  /** Whether the engine would recommend it unasked. */
  readonly eligible: boolean;
}

export const briefOf = (film: Film): FilmBrief => ({
  id: film.id,
  title: film.title,
  year: film.year,
  genres: film.genres,
  votes: film.votes,
  hasKeywords: film.keywords.length > 0,
  mature: matureThemes(film.keywords).size > 0,
  eligible: film.votes >= VOTE_FLOOR && !film.unfit,
});

/** A song or film with its profile, its feel vector (unit length) and its place in the shared space. */
interface Placed {
  readonly profile: FeelProfile;
  readonly feel: Float32Array;
  readonly vector: Float32Array;
}

export interface PlacedFilm extends Placed {
  readonly film: FilmBrief;
  /** Logit bias. */
  readonly bias: number;
}

export interface PlacedSong extends Placed {
  readonly song: Song;
  readonly scale: ScoreScale;
}

/** The fitted space with the eligible films in it. */
export class Space {
  readonly model: Model;
  readonly films: PlacedFilm[] = [];
  readonly #feel: FeelData;
  readonly #finder: SongFinder;
  readonly #artists: ReadonlyMap<string, ArtistGenres>;
  #block: Float32Array | null = null;

  constructor(model: Model, songs: readonly Song[], feel: FeelData) {
    this.model = model;
    this.#feel = feel;
    this.#finder = new SongFinder(feel.songs, songs);
    this.#artists = countArtists(songs, model.genreIndex);
  }

  addFilm(film: CleanFilm, brief: FilmBrief): void {
    const { model } = this;
    const text = model.textOf(film);
    const profile = model.filmProfile(film, text, this.#feel.films.get(film.id));
    const { vector, bias } = model.projectFilm(film.id, model.filmVector(film, profile, text));
    this.films.push({
      film: brief,
      profile,
      feel: this.#feelOf(profile),
      vector: Float32Array.from(vector),
      bias,
    });
  }

  place(song: Song): PlacedSong {
    const { model } = this;
    const genres = labelledGenres(song, (key) => this.#artists.get(key), model.genreIndex);
    const { profile, bumps } = this.#feelOfSong(song, genres);
    const projected = model.placeSong(model.songVector(profile, song, genres, bumps)).vector;
    return {
      song,
      profile,
      feel: this.#feelOf(profile),
      vector: Float32Array.from(projected),
      scale: model.scoreScale(projected),
    };
  }

  /** The song's own profile, else its artist's moved by its sound, else its sound's: as the engine has it. */
  #feelOfSong(song: Song, genres: SongGenres): { profile: FeelProfile; bumps?: Float64Array } {
    const described = this.#finder.versionOf(song);
    if (described) return { profile: { ...described, basis: 'described' } };
    const artist = song.artists
      .map((name) => this.#feel.artists.get(nameKey(name)))
      .find((found) => found !== undefined);
    return undescribedFeel(this.model, song, genres, artist);
  }

  #feelOf({ terms }: FeelProfile): Float32Array {
    return Float32Array.from(feelVector(terms, this.model.space));
  }

  /** Logit of a pair, popularity and picks left out. */
  logit(song: Pick<PlacedSong, 'vector'>, film: Pick<PlacedFilm, 'vector' | 'bias'>): number {
    let sum = film.bias;
    for (let d = 0; d < song.vector.length; d++) sum += song.vector[d]! * film.vector[d]!;
    return sum;
  }

  /** The match score of a pair that nobody picked, 0…1. */
  score(song: PlacedSong, film: PlacedFilm): number {
    return this.model.score(this.model.lift(this.logit(song, film), song.scale, 0), song.profile.basis);
  }

  /** The `k` films that the model finds by default, picks left out, best first. */
  recommend(song: PlacedSong, k: number): PlacedFilm[] {
    const block = this.#indexed();
    const dims = this.model.dimensions;
    const query = this.model.query(song.vector);
    const best = new TopItems(k);
    for (let row = 0, at = 0; row < this.films.length; row++, at += dims) {
      let score = 0;
      for (let d = 0; d < dims; d++) score += query[d]! * block[at + d]!;
      best.offer(row, score);
    }
    return best.sorted().map((row) => this.films[row]!);
  }

  /** The films as the engine indexes them, in one block: a scan of scattered rows takes ten times as long. */
  #indexed(): Float32Array {
    const dims = this.model.dimensions;
    if (this.#block?.length !== this.films.length * dims) {
      this.#block = new Float32Array(this.films.length * dims);
      for (const [row, { vector, bias, film }] of this.films.entries()) {
        this.#block.set(
          this.model.indexed({ vector: Float64Array.from(vector), bias }, film.votes),
          row * dims,
        );
      }
    }
    return this.#block;
  }
}

/** Songs and films in the fitted space. */
import { type ArtistGenres, countArtists, labelledGenres } from '../../engine/model/artists.ts';
import type { Model } from '../../engine/model/model.ts';
import { dot, sigmoid } from '../../engine/model/numbers.ts';
import type { Film, Song } from '../../engine/types.ts';
import type { CleanFilm } from '../../indexer/clean-films.ts';
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

/** A song or film placed: content and mood at unit length, and its valence on the mood plane. */
export interface Placed {
  /** √(1−β)·content and √β·mood. */
  readonly embedding: Float32Array;
  /** Rank-Gaussian valence, −2.5…2.5, sad to happy. */
  readonly valence: number;
}

export interface PlacedFilm extends Placed {
  readonly film: FilmBrief;
  /** The film before projection (groups: spec.ts). */
  readonly vector: Float32Array;
  /** Popularity coordinate. */
  readonly popularity: number;
}

export interface PlacedSong extends Placed {
  readonly song: Song;
  readonly vector: Float32Array;
}

/** The fitted space with the eligible films in it. */
export class Space {
  readonly model: Model;
  readonly films: PlacedFilm[] = [];
  readonly #artists: ReadonlyMap<string, ArtistGenres>;
  #block: Float32Array | null = null;

  constructor(model: Model, songs: readonly Song[]) {
    this.model = model;
    this.#artists = countArtists(songs, model.genreIndex);
  }

  addFilm(film: CleanFilm, brief: FilmBrief): void {
    const vector = this.model.filmVector(film);
    const mood = this.model.filmMood(film);
    this.films.push({
      film: brief,
      vector: Float32Array.from(vector),
      embedding: Float32Array.from(this.model.embed(this.model.projectFilm(vector), mood)),
      valence: mood.valence,
      popularity: this.model.popularity(film.votes, film.rating),
    });
  }

  place(song: Song): PlacedSong {
    const genres = labelledGenres(song, (key) => this.#artists.get(key), this.model.genreIndex);
    const vector = this.model.songVector(song, genres);
    const mood = this.model.songMood(song);
    return {
      song,
      vector: Float32Array.from(vector),
      embedding: Float32Array.from(this.model.embed(this.model.projectSong(vector), mood)),
      valence: mood.valence,
    };
  }

  /** Content-and-mood cosine, −1…1. */
  similarity(song: Placed, film: Placed): number {
    return dot(song.embedding, film.embedding);
  }

  /** Cosine of the content alone, the mood left out, −1…1. */
  contentSimilarity(song: Placed, film: Placed): number {
    let sum = 0;
    for (let d = 0; d < this.model.spec.dims; d++) sum += song.embedding[d]! * film.embedding[d]!;
    return sum / (1 - this.model.spec.mood.beta);
  }

  /** The match score of a cosine, 0…1. */
  score(similarity: number): number {
    const { slope, intercept } = this.model.spec.calibration;
    return sigmoid(slope * similarity + intercept);
  }

  /** The `k` films that the model recommends by default (popularity included), best first. */
  recommend(song: Placed, k: number): PlacedFilm[] {
    const { block, dims } = this.#indexed();
    const query = this.model.query(song.embedding);
    const best = new TopItems(k);
    for (let row = 0, at = 0; row < this.films.length; row++, at += dims) {
      let score = 0;
      for (let d = 0; d < dims; d++) score += query[d]! * block[at + d]!;
      best.offer(row, score);
    }
    return best.sorted().map((row) => this.films[row]!);
  }

  /** The films as the engine indexes them, in one block: a scan of scattered rows takes ten times as long. */
  #indexed(): { block: Float32Array; dims: number } {
    const dims = this.model.contentDims + 1;
    if (this.#block?.length !== this.films.length * dims) {
      this.#block = new Float32Array(this.films.length * dims);
      for (const [row, { embedding, popularity }] of this.films.entries()) {
        this.#block.set(this.model.indexed(Float64Array.from(embedding), popularity), row * dims);
      }
    }
    return { block: this.#block, dims };
  }
}

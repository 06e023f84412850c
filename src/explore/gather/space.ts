/** Songs and films in the fitted space. */
import { type ArtistGenres, countArtists, labelledGenres } from '../../engine/model/artists.ts';
import type { Model } from '../../engine/model/model.ts';
import { dot, sigmoid } from '../../engine/model/numbers.ts';
import type { Film, Song } from '../../engine/types.ts';
import type { CleanFilm } from '../../indexer/clean-films.ts';
import { matureThemes } from './mature.ts';

/** Votes below which a film is not recommended unless asked for (the engine's default). */
export const VOTE_FLOOR = 20;

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
    const query = this.model.query(song.embedding);
    const weight = query[query.length - 1]!;
    const best: { film: PlacedFilm; score: number }[] = [];
    for (const film of this.films) {
      let sum = 0;
      for (let d = 0; d < film.embedding.length; d++) sum += query[d]! * film.embedding[d]!;
      const score = Math.sqrt(1 - film.popularity ** 2) * sum + weight * film.popularity;
      if (best.length === k && score <= best[k - 1]!.score) continue;
      let at = best.length;
      while (at > 0 && best[at - 1]!.score < score) at--;
      best.splice(at, 0, { film, score });
      if (best.length > k) best.pop();
    }
    return best.map(({ film }) => film);
  }
}

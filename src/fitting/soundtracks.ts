/** Which films' soundtracks each artist stands on, and the mean film of those: with one film, or a whole fold, left out. */
import type { SoundtrackTable } from '../engine/model/soundtracks.ts';

/** Films not to be looked at. */
export type Held = (filmId: number) => boolean;

/** Films that speak for an artist without a song in the data: fewer would make the model large, and say little. */
const FILMS_OF_STRANGERS = 3;

export interface ArtistRows {
  readonly artists: readonly string[];
  readonly table: SoundtrackTable;
}

export class Soundtracks {
  readonly #films = new Map<string, Set<number>>();
  readonly #vectorOf: (filmId: number) => Float64Array;

  /** @param vectorOf the vector of any film that is added */
  constructor(vectorOf: (filmId: number) => Float64Array) {
    this.#vectorOf = vectorOf;
  }

  add(artist: string, filmId: number): void {
    const films = this.#films.get(artist);
    if (films) films.add(filmId);
    else this.#films.set(artist, new Set([filmId]));
  }

  /**
   * The mean film of artists as in `soundtrackProfile`, without the film that is to be learned from it.
   *
   * @param artists artist keys
   * @param mean the fitted mean of film vectors
   * @param held films of the fold that is tested
   */
  profile(
    artists: readonly string[],
    except: number,
    mean: Float64Array,
    prior: number,
    held: Held,
  ): Float64Array {
    const profile = new Float64Array(mean.length);
    let count = 0;
    for (const artist of new Set(artists)) {
      for (const film of this.#films.get(artist) ?? []) {
        if (film === except || held(film)) continue;
        const vector = this.#vectorOf(film);
        for (let d = 0; d < mean.length; d++) profile[d]! += vector[d]! - mean[d]!;
        count++;
      }
    }
    if (count > 0) for (let d = 0; d < mean.length; d++) profile[d]! /= count + prior;
    return profile;
  }

  /**
   * The table that a model keeps: artists with songs of their own, and those for whom several films vouch.
   *
   * @param hasSongs whether the artist stands in the catalogue of songs
   */
  table(mean: Float64Array, hasSongs: (artist: string) => boolean, held: Held): ArtistRows {
    const kept = [...this.#films]
      .map(([artist, films]) => [artist, [...films].filter((film) => !held(film))] as const)
      .filter(([artist, films]) => films.length >= (hasSongs(artist) ? 1 : FILMS_OF_STRANGERS))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const dims = mean.length;
    const rows = new Int8Array(kept.length * dims);
    const scale = new Float32Array(kept.length);
    for (const [row, [artist]] of kept.entries()) {
      const centre = this.profile([artist], Number.NaN, mean, 0, held);
      const greatest = centre.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
      if (greatest === 0) continue;
      scale[row] = greatest / 127;
      for (let d = 0; d < dims; d++) rows[row * dims + d] = Math.round(centre[d]! / scale[row]!);
    }
    const artists = kept.map(([artist]) => artist);
    return {
      artists,
      table: {
        rowOf: new Map(artists.map((artist, row) => [artist, row])),
        films: Float32Array.from(kept, ([, films]) => films.length),
        rows,
        scale,
        dims,
      },
    };
  }
}

/**
 * The song side of the shared space: a linear map and, added to it, one hidden layer of rectified linear units, so
 * that what a feeling means for films may depend on the rest of the song.
 */
import { addProduct, dotAt } from './numbers.ts';

export interface SongTower {
  /** song dims × k, row-major. */
  readonly linear: Float32Array;
  /** song dims × units */
  readonly hidden: Float32Array;
  readonly hiddenBias: Float32Array;
  /** units × k */
  readonly output: Float32Array;
}

/** A song in the shared space. */
export interface PlacedSong {
  /** The song vector. */
  readonly x: Float64Array;
  /** What the hidden units receive, before rectification. */
  readonly units: Float64Array;
  readonly vector: Float64Array;
}

/** A song vector in the shared space of `dims` dimensions. */
export function placeSong(x: Float64Array, tower: SongTower, dims: number): PlacedSong {
  const vector = new Float64Array(dims);
  const units = Float64Array.from(tower.hiddenBias);
  addProduct(x, tower.hidden, units.length, units);
  addProduct(x, tower.linear, dims, vector);
  const awake = Float64Array.from(units);
  for (let h = 0; h < awake.length; h++) if (awake[h]! < 0) awake[h] = 0;
  addProduct(awake, tower.output, dims, vector);
  return { x, units, vector };
}

const rectified = (value: number) => (value > 0 ? value : 0);

/**
 * What numbers of a song vector add to the logit of one film: exactly what the pair would lose were they zero.
 *
 * @param film the film in the shared space
 * @returns the joint contribution of the numbers at some indices
 */
export function contributionsTo(
  { x, units }: PlacedSong,
  tower: SongTower,
  film: ArrayLike<number>,
): (indices: readonly number[]) => number {
  const { length: dims } = film;
  const count = units.length;
  const { linear, hidden, output } = tower;
  const v = Float64Array.from(film);
  // What a unit's activation adds, worked out for the units that are asked for.
  const pull = new Float64Array(count).fill(Number.NaN);
  const pullOf = (h: number) => {
    if (Number.isNaN(pull[h]!)) pull[h] = dotAt(v, output, h * dims, dims);
    return pull[h]!;
  };
  return (indices) => {
    const named = indices.filter((index) => x[index] !== 0);
    let sum = 0;
    for (const index of named) sum += x[index]! * dotAt(v, linear, index * dims, dims);
    for (let h = 0; h < count; h++) {
      let left = units[h]!;
      for (const index of named) left -= x[index]! * hidden[index * count + h]!;
      const lost = rectified(units[h]!) - rectified(left);
      if (lost !== 0) sum += lost * pullOf(h);
    }
    return sum;
  };
}

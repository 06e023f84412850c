/**
 * The song side of the shared space: a linear map and, added to it, one hidden layer of rectified linear units, so
 * that what a feeling means for films may depend on the rest of the song.
 */
export interface SongTower {
  /** song dims × k, row-major. */
  readonly linear: Float32Array;
  /** song dims × units */
  readonly hidden: Float32Array;
  readonly hiddenBias: Float32Array;
  /** units × k */
  readonly output: Float32Array;
}

/** A vector times a matrix with `width` columns, added to `out`. */
export function addProduct(x: Float64Array, matrix: Float32Array, width: number, out: Float64Array): void {
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    if (value === 0) continue;
    const at = i * width;
    for (let d = 0; d < width; d++) out[d]! += value * matrix[at + d]!;
  }
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
    if (Number.isNaN(pull[h]!)) pull[h] = dot(output, h * dims, v);
    return pull[h]!;
  };
  const left = new Float64Array(count);
  return (indices) => {
    let sum = 0;
    left.set(units);
    for (const index of indices) {
      const value = x[index]!;
      if (value === 0) continue;
      sum += value * dot(linear, index * dims, v);
      const at = index * count;
      for (let h = 0; h < count; h++) left[h]! -= value * hidden[at + h]!;
    }
    for (let h = 0; h < count; h++) {
      const lost = rectified(units[h]!) - rectified(left[h]!);
      if (lost !== 0) sum += lost * pullOf(h);
    }
    return sum;
  };
}

/** Product of a row of a matrix, from `at` on, with a vector: four sums at a time, as each waits for its last addition. */
function dot(matrix: Float32Array, at: number, v: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let e = 0;
  let d = 0;
  for (; d + 4 <= v.length; d += 4) {
    a += matrix[at + d]! * v[d]!;
    b += matrix[at + d + 1]! * v[d + 1]!;
    c += matrix[at + d + 2]! * v[d + 2]!;
    e += matrix[at + d + 3]! * v[d + 3]!;
  }
  for (; d < v.length; d++) a += matrix[at + d]! * v[d]!;
  return a + b + c + e;
}

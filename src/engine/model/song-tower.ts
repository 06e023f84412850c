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
export function addProduct(
  x: ArrayLike<number>,
  matrix: Float32Array,
  width: number,
  out: Float32Array | Float64Array,
): void {
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
  addProduct(units.map(rectified), tower.output, dims, vector);
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
  const product = (matrix: Float32Array, row: number) => {
    let sum = 0;
    for (let d = 0; d < dims; d++) sum += matrix[row * dims + d]! * film[d]!;
    return sum;
  };
  const pull = units.map((_, h) => product(tower.output, h));
  return (indices) => {
    const named = indices.filter((index) => x[index] !== 0);
    if (named.length === 0) return 0;
    let sum = named.reduce((total, index) => total + x[index]! * product(tower.linear, index), 0);
    for (let h = 0; h < units.length; h++) {
      let without = units[h]!;
      for (const index of named) without -= x[index]! * tower.hidden[index * units.length + h]!;
      sum += (rectified(units[h]!) - rectified(without)) * pull[h]!;
    }
    return sum;
  };
}

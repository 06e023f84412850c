/**
 * The song side of the shared space: a linear map and, added to it, one hidden layer of rectified linear units, so
 * that what a feeling means for films may depend on the rest of the song.
 */
import { addProduct, dot, dotAt } from './numbers.ts';

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
  /** What it would lose without some numbers of `x`, by their index or indices. */
  readonly losses: Map<number | string, Loss>;
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
  return { x, units, vector, losses: new Map() };
}

/** What a song would lose were some numbers of its vector zero. */
interface Loss {
  /** Of its place, through the linear map. */
  readonly place: Float64Array;
  /** How much less each hidden unit would send. */
  readonly sent: Float64Array;
}

function lossOf(song: PlacedSong, tower: SongTower, indices: number | readonly number[]): Loss {
  const { units, vector, losses } = song;
  const name = typeof indices === 'number' ? indices : indices.join();
  const known = losses.get(name);
  if (known) return known;
  const loss = { place: new Float64Array(vector.length), sent: units.slice() };
  if (typeof indices === 'number') addLoss(loss, song, tower, indices);
  else for (const index of indices) addLoss(loss, song, tower, index);
  const { sent } = loss;
  for (let h = 0; h < sent.length; h++) sent[h] = rectified(units[h]!) - rectified(sent[h]!);
  losses.set(name, loss);
  return loss;
}

/** Adds what goes with one number; of the units, what they receive without it is left in `sent`. */
function addLoss(
  { place, sent }: Loss,
  { x }: PlacedSong,
  { linear, hidden }: SongTower,
  index: number,
): void {
  const value = x[index]!;
  if (value === 0) return;
  for (let d = 0, at = index * place.length; d < place.length; d++) place[d]! += value * linear[at + d]!;
  for (let h = 0, at = index * sent.length; h < sent.length; h++) sent[h]! -= value * hidden[at + h]!;
}

const rectified = (value: number) => (value > 0 ? value : 0);

/**
 * What numbers of a song vector add to the logit of one film: exactly what the pair would lose were they zero.
 *
 * @param film the film in the shared space
 * @returns the contribution of the number at an index, or the joint one of several
 */
export function contributionsTo(
  song: PlacedSong,
  tower: SongTower,
  film: ArrayLike<number>,
): (indices: number | readonly number[]) => number {
  const { length: dims } = film;
  // What a unit adds to the logit for each 1 that it sends, worked out for the units that are asked for.
  const pull = new Float64Array(song.units.length).fill(Number.NaN);
  return (indices) => {
    const { place, sent } = lossOf(song, tower, indices);
    let sum = dot(place, film);
    for (let h = 0; h < sent.length; h++) {
      if (sent[h] === 0) continue;
      if (Number.isNaN(pull[h]!)) pull[h] = dotAt(film, tower.output, h * dims, dims);
      sum += sent[h]! * pull[h]!;
    }
    return sum;
  };
}

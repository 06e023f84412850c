/** Audio numbers as words. */
import { TopItems } from '../../shared/top-items.ts';

/** Word for a number above and below the mean; an empty word is not worth saying. */
const TRAITS: Readonly<Record<string, readonly [above: string, below: string]>> = {
  danceability: ['danceable', 'undanceable'],
  energy: ['energetic', 'gentle'],
  loudness: ['loud', 'quiet'],
  mode: ['', 'minor'],
  speechiness: ['spoken', ''],
  acousticness: ['acoustic', 'electric'],
  instrumentalness: ['instrumental', ''],
  liveness: ['live', ''],
  valence: ['happy', 'sad'],
  tempo: ['fast', 'slow'],
  explicit: ['', ''],
  logDuration: ['long', 'short'],
  popularity: ['well-known', ''],
};

/** A number closer to the mean than this many standard deviations is no trait. */
const CLEAR = 0.35;

/**
 * Indices of the largest positive values that `allowed` admits, at most `most`, each worth a third of the first.
 *
 * @param count how many of the values are looked at
 */
export function strongest(
  values: ArrayLike<number>,
  count: number,
  most: number,
  allowed: (index: number) => boolean,
): number[] {
  const best = new TopItems(most);
  for (let i = 0; i < count; i++) if (values[i]! > 0 && allowed(i)) best.offer(i, values[i]!);
  const order = best.sorted();
  return order.filter((i) => values[i]! >= values[order[0]!]! / 3);
}

/** The two words that contributed most: only numbers clearly off the mean, in their own direction. */
export function audioTraits(
  names: readonly string[],
  scores: Float64Array,
  values: ArrayLike<number>,
): string[] {
  const word = (i: number) => TRAITS[names[i]!]?.[scores[i]! > 0 ? 0 : 1] ?? '';
  return strongest(values, names.length, 2, (i) => Math.abs(scores[i]!) >= CLEAR && word(i) !== '').map(word);
}

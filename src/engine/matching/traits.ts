/** Audio numbers as words. */

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

/** Indices of the largest positive values that `allowed` admits, at most `most`, each worth a third of the first. */
export function strongest(
  values: ArrayLike<number>,
  most: number,
  allowed: (index: number) => boolean,
): number[] {
  const order: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i]! > 0 && allowed(i)) order.push(i);
  order.sort((a, b) => values[b]! - values[a]!);
  const least = (values[order[0] ?? 0] ?? 0) / 3;
  return order.filter((i) => values[i]! >= least).slice(0, most);
}

/** The two words that contributed most: only numbers clearly off the mean, in their own direction. */
export function audioTraits(
  names: readonly string[],
  scores: Float64Array,
  values: ArrayLike<number>,
): string[] {
  const word = (i: number) => TRAITS[names[i]!]?.[scores[i]! > 0 ? 0 : 1] ?? '';
  return strongest(values, 2, (i) => Math.abs(scores[i]!) >= CLEAR && word(i) !== '').map(word);
}

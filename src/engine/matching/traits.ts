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
  values: readonly number[],
  most: number,
  allowed: (index: number) => boolean,
): number[] {
  const order = values
    .map((value, index) => [value, index] as const)
    .filter(([value, index]) => value > 0 && allowed(index))
    .sort((a, b) => b[0] - a[0]);
  const least = (order[0]?.[0] ?? 0) / 3;
  return order
    .filter(([value]) => value >= least)
    .slice(0, most)
    .map(([, index]) => index);
}

/** The two words that contributed most: only numbers clearly off the mean, in their own direction. */
export function audioTraits(
  names: readonly string[],
  scores: Float64Array,
  values: readonly number[],
): string[] {
  const word = (i: number) => TRAITS[names[i]!]?.[scores[i]! > 0 ? 0 : 1] ?? '';
  return strongest(values, 2, (i) => Math.abs(scores[i]!) >= CLEAR && word(i) !== '').map(word);
}

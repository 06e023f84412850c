/** Seeded typos, for tests and for the bench. */

/** Gives numbers in 0 … 1 (1 excluded). */
export type Random = () => number;

/** A small generator of reproducible random numbers (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Makes `count` typos at random places: a character is dropped, doubled up with another, replaced or swapped. */
export function withTypos(text: string, count: number, random: Random): string {
  let letters = [...text];
  for (let made = 0; made < count; made++) {
    const at = Math.floor(random() * letters.length);
    const letter = String.fromCharCode(97 + Math.floor(random() * 26));
    const kind = Math.floor(random() * 4);
    const [head, tail] = [letters.slice(0, at), letters.slice(at + 1)];
    if (kind === 0) letters = [...head, ...tail];
    else if (kind === 1) letters = [...head, letter, letters[at]!, ...tail];
    else if (kind === 2) letters = [...head, letter, ...tail];
    else letters = [...head, ...tail.slice(0, 1), letters[at]!, ...tail.slice(1)];
  }
  return letters.join('');
}

/** The value below which a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

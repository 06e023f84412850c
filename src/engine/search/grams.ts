/**
 * The distinct pairs of neighbouring letters of a word, with its two ends (0) counted as letters. Pairs rather
 * than triples: words are short, and a swap of two letters already spoils three pairs of five.
 */
export function gramsOf(word: string): Set<number> {
  const grams = new Set<number>();
  let previous = 0;
  for (let at = 0; at <= word.length; at++) {
    const unit = at === word.length ? 0 : word.charCodeAt(at);
    grams.add(previous * 65536 + unit);
    previous = unit;
  }
  return grams;
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_PATTERN, TypoPattern } from '../../../src/engine/search/distance.ts';

/** The textbook table, cell by cell. */
function table(a: string, b: string): number[][] {
  const cells = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => i + j),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = cells[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      cells[i]![j] = Math.min(change, cells[i - 1]![j]! + 1, cells[i]![j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cells[i]![j] = Math.min(cells[i]![j]!, cells[i - 2]![j - 2]! + 1);
    }
  }
  return cells;
}

it('agrees with the textbook', () => {
  const pattern = new TypoPattern();
  const word = (maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...'abcé밤'), minLength: 1, maxLength });
  fc.assert(
    fc.property(word(MAX_PATTERN), word(40), (a, b) => {
      const pool = Uint16Array.from(`xx${b}yy`, (_, index) => `xx${b}yy`.charCodeAt(index));
      const cells = table(a, b);
      pattern.prepare(a);
      expect(pattern.distance(pool, 2, 2 + b.length)).toBe(cells[a.length]![b.length]);
      expect(pattern.distanceToBeginning(pool, 2, 2 + b.length)).toBe(Math.min(...cells[a.length]!));
    }),
    { seed: 20261117, numRuns: 2000 },
  );
});

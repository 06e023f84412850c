import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestRows } from '../../src/engine/matching/candidates.ts';
import { TopItems } from '../../src/shared/top-items.ts';

/** Few different values, so that many are equal. */
const values = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 60 });
const limit = fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant(Number.POSITIVE_INFINITY));

/** Sorted as anybody would. */
function sorted(scored: readonly (readonly [row: number, value: number])[], count: number): number[] {
  return [...scored]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, count)
    .map(([row]) => row);
}

describe('the best of many items', () => {
  it('are the largest values, of equals the lower items, in whatever order they come', () => {
    fc.assert(
      fc.property(values, limit, (list, count) => {
        const top = new TopItems(count);
        const shuffled = [...list.entries()].sort(([i], [j]) => ((7 * i) % 61) - ((7 * j) % 61));
        for (const [i, value] of shuffled) top.offer(3 * i, value);
        expect([...top.items()].sort((a, b) => a - b)).toEqual([...top.sorted()].sort((a, b) => a - b));
        expect(top.sorted()).toEqual(
          sorted(
            list.map((value, i) => [3 * i, value]),
            count,
          ),
        );
      }),
      { seed: 5 },
    );
  });

  it('are the largest dot products of the rows listed, however many those are', () => {
    const DIMS = 5;
    const number = fc.integer({ min: -2, max: 2 });
    const vector = fc.array(number, { minLength: DIMS, maxLength: DIMS });
    const listed = fc.record({ vector, listed: fc.boolean() });
    fc.assert(
      fc.property(vector, fc.array(listed, { maxLength: 40 }), limit, (query, films, count) => {
        const vectors = Float32Array.from(films.flatMap((film) => film.vector));
        const rows = films.flatMap((film, row) => (film.listed ? [row] : []));
        const scored = rows.map(
          (row) => [row, films[row]!.vector.reduce((sum, x, d) => sum + x * query[d]!, 0)] as const,
        );
        // What stands behind the list is left over from another one.
        const room = Uint32Array.of(...rows, 7, 7, 7, 7);
        expect(bestRows(vectors, Float32Array.from(query), room, rows.length, count)).toEqual(
          sorted(scored, count),
        );
      }),
      { seed: 6 },
    );
  });
});

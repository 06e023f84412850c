import type { Random } from '../test/engine/search/typos.ts';

/** `count` items drawn without replacement; all where there are fewer. */
export function sample<T>(items: readonly T[], count: number, random: Random): T[] {
  const pool = [...items];
  const chosen: T[] = [];
  while (chosen.length < count && pool.length > 0) {
    const at = Math.floor(random() * pool.length);
    chosen.push(pool[at]!);
    pool[at] = pool.at(-1)!;
    pool.pop();
  }
  return chosen;
}

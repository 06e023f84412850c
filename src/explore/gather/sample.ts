import { seededRandom } from '../../shared/random.ts';

/** `size` items drawn without replacement, the same ones every time (Fisher–Yates); all where there are fewer. */
export function sample<T>(items: readonly T[], size: number, seed = 5): T[] {
  const pool = [...items];
  const random = seededRandom(seed);
  const take = Math.min(size, pool.length);
  for (let i = 0; i < take; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    [pool[i], pool[j]] = [pool[j]!, pool[i]!];
  }
  return pool.slice(0, take);
}

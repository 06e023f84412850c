/** Ends a build with a sentence before the memory ends: V8 ends the whole process, where no `catch` helps. */
import { getHeapStatistics } from 'node:v8';
import { UserError } from '../shared/errors.ts';

/** Bytes of the limit that are for young objects (three semi-spaces of 16 MB): V8 gives up when the old ones fill the rest. */
const YOUNG = 48 * 2 ** 20;

/** Share of the old objects' limit beyond which V8 spends its time on looking for space, and soon gives up. */
const MOST_USED = 0.94;

/**
 * @param heap the heap's numbers, in bytes
 * @param coming bytes that the next step will ask for
 * @throws UserError when the heap is nearly full, or will be
 */
export function requireMemory(
  heap: { readonly used_heap_size: number; readonly heap_size_limit: number } = getHeapStatistics(),
  coming = 0,
): void {
  const limit = heap.heap_size_limit - YOUNG;
  if (heap.used_heap_size + coming < MOST_USED * limit) return;
  const megabytes = Math.round(limit / 2 ** 20);
  throw new UserError(
    `The memory that Node.js may use, ${megabytes} MB, does not suffice for these tables.`,
    {
      id: 'index.memory',
      hint: `Allow more: NODE_OPTIONS=--max-old-space-size=${2 * megabytes}`,
    },
  );
}

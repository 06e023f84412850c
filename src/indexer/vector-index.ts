/** The usearch index of film vectors. */
import { closeSync, openSync, readSync } from 'node:fs';
import usearch from 'usearch';
import { EXPANSION_SEARCH, indexConfig } from '../engine/catalogue/index-config.ts';
import type { Stage } from '../shared/progress.ts';

/** Vectors added at a time. One thread and fixed chunks give a byte-identical file for identical input. */
const CHUNK = 1_000;

/**
 * Builds and saves an index of rows [from, to); keys are row numbers.
 * @param vectors file of rows × dims float32, unit length, all finite; read chunk by chunk
 */
export function saveVectorIndex(
  vectors: string,
  dims: number,
  from: number,
  to: number,
  file: string,
  stage: Stage,
): void {
  const index = new usearch.Index(indexConfig(dims, EXPANSION_SEARCH));
  const descriptor = openSync(vectors, 'r');
  try {
    for (let start = from; start < to; start += CHUNK) {
      const end = Math.min(start + CHUNK, to);
      const keys = BigUint64Array.from({ length: end - start }, (_, i) => BigInt(start + i));
      // An array of its own: the library does not honour byte offsets everywhere.
      const chunk = new Float32Array((end - start) * dims);
      const read = readSync(descriptor, chunk, 0, chunk.byteLength, start * dims * 4);
      if (read !== chunk.byteLength) throw new Error(`${vectors} ends at row ${start}`);
      index.add(keys, chunk, 1);
      stage.update(end - from);
    }
  } finally {
    closeSync(descriptor);
  }
  index.save(file);
}

/** The usearch index of film vectors. */
import usearch from 'usearch';
import { EXPANSION_SEARCH, indexConfig } from '../engine/catalogue/index-config.ts';
import type { Stage } from './progress.ts';

/** Vectors added at a time. One thread and fixed chunks give a byte-identical file for identical input. */
const CHUNK = 1_000;

/**
 * Builds and saves an index of rows [from, to); keys are row numbers.
 * @param vectors rows × dims, unit length, all finite
 */
export function saveVectorIndex(
  vectors: Float32Array,
  dims: number,
  from: number,
  to: number,
  file: string,
  stage: Stage,
): void {
  const index = new usearch.Index(indexConfig(dims, EXPANSION_SEARCH));
  for (let start = from; start < to; start += CHUNK) {
    const end = Math.min(start + CHUNK, to);
    const keys = BigUint64Array.from({ length: end - start }, (_, i) => BigInt(start + i));
    // A copy: the library does not honour byte offsets everywhere (toolchain notes, trap 3).
    index.add(keys, vectors.slice(start * dims, end * dims), 1);
    stage.update(end - from);
  }
  index.save(file);
}

/** A second look at the nearest films, in which mood counts for more. */

import { TopItems } from '../../shared/top-items.ts';
import type { Catalogue } from '../catalogue/reader.ts';
import { MOOD_DIMS } from '../model/mood.ts';

/** Candidates that are looked at together; whole blocks, so that a later page agrees with an earlier one. */
export const RERANK_BLOCK = 64;

/**
 * Weight of the mood cosine (−1…1) beside the indexed cosine. Among the nearest films the content differs
 * little, and popularity or language would decide alone; this lets the mood decide (figures: docs/MATCHING.md).
 */
export const MOOD_WEIGHT = 0.15;

/**
 * Sorts rows within blocks of {@link RERANK_BLOCK}.
 *
 * @param query unit vector of the manifest's dimensions
 * @param rows in descending order of the indexed cosine
 */
export function rerankByMood(
  catalogue: Catalogue,
  query: Float32Array,
  rows: readonly number[],
  weight = MOOD_WEIGHT,
): number[] {
  const { vectors, manifest, model } = catalogue;
  const { dimensions } = manifest;
  const from = model.spec.dims;
  const queryLength = lengthOf(query, 0, from);
  const key = (row: number): number => {
    const at = row * dimensions;
    let cosine = 0;
    let mood = 0;
    for (let d = 0; d < dimensions; d++) cosine += query[d]! * vectors[at + d]!;
    for (let d = from; d < from + MOOD_DIMS; d++) mood += query[d]! * vectors[at + d]!;
    return cosine + (weight * mood) / (queryLength * lengthOf(vectors, at, from) || 1);
  };
  const out: number[] = [];
  for (let start = 0; start < rows.length; start += RERANK_BLOCK) {
    const block = new TopItems(RERANK_BLOCK);
    const end = Math.min(start + RERANK_BLOCK, rows.length);
    for (let i = start; i < end; i++) block.offer(rows[i]!, key(rows[i]!));
    out.push(...block.sorted());
  }
  return out;
}

/** Length of a vector's mood part. */
function lengthOf(vector: Float32Array, at: number, from: number): number {
  let sum = 0;
  for (let d = from; d < from + MOOD_DIMS; d++) sum += vector[at + d]! ** 2;
  return Math.sqrt(sum);
}

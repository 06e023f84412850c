/** The song side of imputation as one file: audio z-scores and genre indices of every song. */
import { CatalogueError } from '../../shared/errors.ts';
import type { SoundTable } from '../model/nearest.ts';

/** @param genres genre indices (below 256) of each song */
export function packSounds(audio: Float32Array, genres: readonly (readonly number[])[]): Uint8Array {
  const starts = new Uint32Array(genres.length + 1);
  for (const [row, list] of genres.entries()) starts[row + 1] = starts[row]! + list.length;
  const flat = Uint8Array.from(genres.flat());
  return Buffer.concat([
    Buffer.from(starts.buffer),
    Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength),
    Buffer.from(flat.buffer),
  ]);
}

/**
 * Views the bytes in place where they are aligned: they must not change afterwards.
 * @throws CatalogueError when the size does not fit the counts
 */
export function readSounds(bytes: Uint8Array, count: number, dims: number): SoundTable {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset: from, byteLength: size } = aligned;
  const fixed = 4 * (count + 1) + 4 * count * dims;
  const starts = size >= fixed ? new Uint32Array(buffer, from, count + 1) : new Uint32Array(1);
  if (size < fixed || size !== fixed + starts[count]!) {
    throw new CatalogueError(
      'The catalogue is damaged: songs.sounds has another size than its manifest asks for.',
      {
        id: 'catalogue.damaged',
        hint: 'Build it again with `npx music2movie index`.',
      },
    );
  }
  const audio = new Float32Array(buffer, from + 4 * (count + 1), count * dims);
  const genres = aligned.subarray(fixed);
  return { count, dims, audio, genresOf: (row) => [...genres.subarray(starts[row]!, starts[row + 1]!)] };
}

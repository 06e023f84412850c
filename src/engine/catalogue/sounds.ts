/** The song side of imputation as one file: audio z-scores and genre indices of every song. */
import { CatalogueError } from '../errors.ts';
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

/** @throws CatalogueError when the size does not fit the counts */
export function readSounds(bytes: Uint8Array, count: number, dims: number): SoundTable {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const fixed = 4 * (count + 1) + 4 * count * dims;
  const starts = buffer.byteLength >= fixed ? new Uint32Array(buffer, 0, count + 1) : new Uint32Array(1);
  if (buffer.byteLength < fixed || buffer.byteLength !== fixed + starts[count]!) {
    throw new CatalogueError(
      'The catalogue is damaged: songs.sounds has another size than its manifest asks for.',
      {
        id: 'catalogue.damaged',
        hint: 'Build it again with `npx music2movie index`.',
      },
    );
  }
  const audio = new Float32Array(buffer, 4 * (count + 1), count * dims);
  const genres = new Uint8Array(buffer, fixed);
  return { count, dims, audio, genresOf: (row) => [...genres.subarray(starts[row]!, starts[row + 1]!)] };
}

/** Reading a whole file of known size, without a copy and without waiting to begin. */
import { closeSync, openSync, read } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { damaged } from './verify.ts';

const readAt = promisify(read);

/**
 * The first `length` bytes of a file, in memory that nothing else shares: typed arrays may view it in place.
 * The system begins to read before this returns, so that the caller can work meanwhile.
 * @throws CatalogueError when the file is shorter
 */
export async function readWhole(file: string, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  const descriptor = openSync(file, 'r');
  try {
    for (let at = 0; at < length; ) {
      const { bytesRead } = await readAt(descriptor, bytes, at, length - at, at);
      if (bytesRead === 0) throw damaged(`${path.basename(file)} ends early`);
      at += bytesRead;
    }
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}

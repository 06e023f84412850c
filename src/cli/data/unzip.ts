/** Takes one file out of a zip archive, streaming. */
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { requireSpace } from '../../indexer/download.ts';
import { UpstreamError } from '../../shared/errors.ts';

/** Whether the file begins like a zip archive. */
export async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).equals(Buffer.from('PK\u0003\u0004', 'latin1'));
  } finally {
    await handle.close();
  }
}

/**
 * Extracts the first file whose name ends in the suffix. The names inside the archive are never used as paths.
 *
 * @throws UpstreamError `data.zip` when the archive is damaged or holds no such file; UserError when the disk
 *   is too small
 */
export async function unzip(
  archive: string,
  suffix: string,
  target: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  // Names stay bytes: yauzl would refuse those that are no safe paths, and none becomes one here. Sizes are counted below.
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
  const zip = await openPromise(archive, options).catch((error: unknown) => {
    throw damaged('it is cut short, or no archive', error);
  });
  try {
    const entry = await find(zip, suffix);
    if (!entry) throw damaged(`it holds no ${suffix} file`);
    await requireSpace(target, entry.uncompressedSize);
    await extract(zip, entry, target, onProgress);
  } finally {
    zip.close();
  }
}

async function find(zip: ZipFile, suffix: string): Promise<Entry | null> {
  try {
    for await (const entry of zip.eachEntry()) {
      if (String(entry.fileName).toLowerCase().endsWith(suffix)) return entry;
    }
    return null;
  } catch (error) {
    throw damaged('its directory is wrong', error);
  }
}

async function extract(
  zip: ZipFile,
  entry: Entry,
  target: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const part = `${target}.part`;
  const { uncompressedSize: size } = entry;
  let done = 0;
  let sum = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length;
      sum = crc32(chunk, sum);
      onProgress(done, size);
      // A bomb ends here, not when the disk is full.
      next(done > size ? damaged('it holds more than it says') : null, chunk);
    },
  });
  try {
    await pipeline(await zip.openReadStreamPromise(entry), counting, createWriteStream(part));
    if (done !== size || sum !== entry.crc32) throw damaged('its check sum is wrong');
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error instanceof UpstreamError ? error : damaged('it cannot be unpacked', error);
  }
}

function damaged(how: string, underlying?: unknown): UpstreamError {
  return new UpstreamError(`The archive is damaged: ${how}.`, {
    id: 'data.zip',
    hint: 'Remove it and download it again.',
    underlying,
  });
}

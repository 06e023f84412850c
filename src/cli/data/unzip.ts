/** Takes one file out of a zip archive, streaming; enough of the format for what data set hosts send. */
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { UpstreamError } from '../../shared/errors.ts';
import { requireSpace } from './download.ts';

// Field positions and signatures: PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3.
const END = { signature: 0x06054b50, bytes: 22, comment: 65_535 };
const END64 = { locator: 0x07064b50, locatorBytes: 20, signature: 0x06064b50, bytes: 56 };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const STORED = 0;
const DEFLATED = 8;
/** A 32-bit field that says "look in the zip64 extra field". */
const IN_EXTRA = 0xffffffff;
const ZIP64_EXTRA = 1;
/** The largest directory that is read, in bytes: an archive of one table needs a hundred. */
const MAX_DIRECTORY = 1_000_000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** Whether the file begins like a zip archive. */
export async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    return (await readAt(handle, 0, 4)).equals(Buffer.from('PK\u0003\u0004', 'latin1'));
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
  const handle = await open(archive);
  let entry: Entry | undefined;
  let start: number;
  try {
    const entries = await readDirectory(handle);
    entry = entries.find(({ name }) => name.toLowerCase().endsWith(suffix));
    if (!entry) throw damaged(`it holds no ${suffix} file`);
    if (entry.method !== DEFLATED && entry.method !== STORED) throw damaged('it is packed in an unknown way');
    const local = await readAt(handle, entry.offset, LOCAL.bytes);
    if (local.length < LOCAL.bytes || local.readUInt32LE(0) !== LOCAL.signature)
      throw damaged('it is cut short');
    start = entry.offset + LOCAL.bytes + local.readUInt16LE(26) + local.readUInt16LE(28);
  } finally {
    await handle.close();
  }
  await requireSpace(target, entry.size);
  await extract(archive, entry, start, target, onProgress);
}

async function extract(
  archive: string,
  { method, packed, size, crc }: Entry,
  start: number,
  target: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const part = `${target}.part`;
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
  const input =
    packed > 0 ? createReadStream(archive, { start, end: start + packed - 1 }) : Readable.from([]);
  const unpack = method === DEFLATED ? [createInflateRaw()] : [];
  try {
    await pipeline([input, ...unpack, counting, createWriteStream(part)]);
    if (done !== size || sum !== crc) throw damaged('its check sum is wrong');
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error instanceof UpstreamError ? error : damaged('it cannot be unpacked', error);
  }
}

async function readDirectory(handle: FileHandle): Promise<Entry[]> {
  const { size: length } = await handle.stat();
  const tailAt = Math.max(0, length - END.bytes - END.comment - END64.locatorBytes);
  const tail = await readAt(handle, tailAt, length - tailAt);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(END.signature);
  const end = tail.lastIndexOf(signature);
  if (end < 0 || end + END.bytes > tail.length) throw damaged('it is cut short');
  let size = tail.readUInt32LE(end + 12);
  let offset = tail.readUInt32LE(end + 16);
  const locator = end - END64.locatorBytes;
  if (locator >= 0 && tail.readUInt32LE(locator) === END64.locator) {
    const end64 = await readAt(handle, Number(tail.readBigUInt64LE(locator + 8)), END64.bytes);
    if (end64.length < END64.bytes || end64.readUInt32LE(0) !== END64.signature)
      throw damaged('it is cut short');
    size = Number(end64.readBigUInt64LE(40));
    offset = Number(end64.readBigUInt64LE(48));
  }
  if (size > MAX_DIRECTORY || offset + size > length) throw damaged('its directory is wrong');
  return parseDirectory(await readAt(handle, offset, size));
}

function parseDirectory(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (at + ENTRY.bytes <= directory.length && directory.readUInt32LE(at) === ENTRY.signature) {
    const nameEnd = at + ENTRY.bytes + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const large = largeFields(directory.subarray(nameEnd, extraEnd));
    // The zip64 field holds, in this order, only those values that do not fit.
    const wide = (value: number) => (value === IN_EXTRA ? (large.shift() ?? value) : value);
    const size = wide(directory.readUInt32LE(at + 24));
    const packed = wide(directory.readUInt32LE(at + 20));
    const offset = wide(directory.readUInt32LE(at + 42));
    entries.push({
      name: directory.toString('utf8', at + ENTRY.bytes, nameEnd),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed,
      size,
      offset,
    });
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function largeFields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== ZIP64_EXTRA) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    return Array.from({ length: Math.floor(field.length / 8) }, (_, i) =>
      Number(field.readBigUInt64LE(i * 8)),
    );
  }
  return [];
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function damaged(how: string, underlying?: unknown): UpstreamError {
  return new UpstreamError(`The archive is damaged: ${how}.`, {
    id: 'data.zip',
    hint: 'Remove it and download it again.',
    underlying,
  });
}

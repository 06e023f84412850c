/** The bytes of a table's file: opened, unpacked, and told apart by how they begin. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { type Readable, Transform } from 'node:stream';
import { crc32, createGunzip } from 'node:zlib';
import { openPromise } from 'yauzl';
import { UserError } from '../../shared/errors.ts';
import { documentKind, notATable, wrongKind } from './wrong-kinds.ts';

/** How many bytes of a table tell its kind, its encoding and its separator. */
const HEAD_BYTES = 64 * 1024;

/** A table's file as a stream of bytes, whatever it was packed in. */
export interface Source {
  /** Bytes after unpacking; a damaged pack is an error of the stream. */
  readonly stream: Readable;
  /** Bytes read from the file so far. */
  bytesRead(): number;
  /** Gives file and archive up. */
  close(): void;
}

/** What a file is, by its first bytes. */
export interface Kind {
  readonly packed: 'gzip' | 'zip' | null;
  readonly parquet: boolean;
  /** The first bytes after unpacking. */
  readonly head: Buffer;
}

/** Ends in which the tables inside an archive may be named. */
const TABLE_NAMES = /\.(?:csv|tsv|txt|json|jsonl|ndjson)$/i;

/**
 * Size of a file in bytes.
 * @throws UserError when there is no such file
 */
export async function sizeOf(file: string): Promise<number> {
  const info = await stat(file).catch((error) => {
    throw new UserError(`The file ${file} can't be read.`, {
      id: 'index.input-missing',
      hint: 'Check the path; `npx music2movie data` downloads the data sets.',
      underlying: error,
    });
  });
  if (!info.isFile()) {
    throw new UserError(`${file} is not a file.`, {
      id: 'index.input-missing',
      hint: 'Name a CSV or Parquet file.',
    });
  }
  return info.size;
}

export function unreadable(file: string, underlying: unknown): UserError {
  return new UserError(`The file ${file} can't be read.`, {
    id: 'index.input-unreadable',
    hint: 'Check that it may be read and that its disk is sound.',
    underlying,
  });
}

/**
 * Looks at how a file begins.
 * @throws UserError when it is certainly no table (named for what it is), or can't be read
 */
export async function kindOf(file: string): Promise<Kind> {
  const first = await readHead(file);
  const is = (magic: string) => first.subarray(0, magic.length).toString('latin1') === magic;
  const packed = is('\u001f\u008b') ? 'gzip' : is('PK\u0003\u0004') ? 'zip' : null;
  const head = packed ? await unpackedHead(file, packed) : first;
  const wrong = wrongKind(head);
  if (wrong) throw notATable(file, wrong);
  const parquet = head.subarray(0, 4).toString('latin1') === 'PAR1';
  if (parquet && packed) {
    throw new UserError(`${file} is a Parquet file in an archive.`, {
      id: 'index.input-kind',
      hint: 'Unpack it, and name the Parquet file.',
    });
  }
  return { packed, parquet, head };
}

/** Opens a file that `kindOf` looked at. */
export async function openSource(file: string, packed: Kind['packed']): Promise<Source> {
  if (packed === 'zip') return openZip(file);
  const input = createReadStream(file, { highWaterMark: 1 << 20 });
  if (packed === null)
    return { stream: input, bytesRead: () => input.bytesRead, close: () => input.destroy() };
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  input.on('error', (error) => gunzip.destroy(error));
  return {
    stream: input.pipe(gunzip),
    bytesRead: () => input.bytesRead,
    close: () => {
      input.destroy();
      gunzip.destroy();
    },
  };
}

async function readHead(file: string): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function unpackedHead(file: string, packed: 'gzip' | 'zip'): Promise<Buffer> {
  const source = await openSource(file, packed);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of source.stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch (error) {
    throw brokenArchive(file, error);
  } finally {
    source.close();
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

/** That a compressed file can't be unpacked. */
function brokenArchive(file: string, underlying: unknown): UserError {
  return new UserError(`${file} can't be unpacked: it is damaged, or was cut off.`, {
    id: 'index.input-broken',
    hint: 'Download the file again.',
    underlying,
  });
}

/** The only table of an archive, streamed; names inside it are never used as paths. */
async function openZip(file: string): Promise<Source> {
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
  const zip = await openPromise(file, options).catch((error: unknown) => {
    throw brokenArchive(file, error);
  });
  try {
    const entries = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    const wrong = documentKind(entries.map((entry) => String(entry.fileName)));
    if (wrong) throw notATable(file, wrong);
    const tables = entries.filter(
      ({ fileName }) => TABLE_NAMES.test(String(fileName)) && !isHidden(String(fileName)),
    );
    if (tables.length !== 1)
      throw notOneTable(
        file,
        tables.map(({ fileName }) => String(fileName)),
      );
    const [entry] = tables;
    let sum = 0;
    let read = 0;
    const checked = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        sum = crc32(chunk, sum);
        read += chunk.length;
        next(null, chunk);
      },
      flush(next) {
        next(sum === entry!.crc32 ? null : new Error('the check sum of the archive is wrong'));
      },
    });
    const packed = await zip.openReadStreamPromise(entry!);
    packed.on('error', (error) => checked.destroy(error));
    const share = entry!.compressedSize / Math.max(1, entry!.uncompressedSize);
    return {
      stream: packed.pipe(checked),
      bytesRead: () => Math.round(read * share),
      close: () => {
        packed.destroy();
        checked.destroy();
        zip.close();
      },
    };
  } catch (error) {
    zip.close();
    throw error instanceof UserError ? error : brokenArchive(file, error);
  }
}

/** What macOS puts into archives beside the files. */
const isHidden = (name: string) => /(?:^|\/)(?:__MACOSX\/|\.)/.test(name);

function notOneTable(file: string, names: readonly string[]): UserError {
  const held = names.length === 0 ? 'no table' : `several tables: ${names.slice(0, 5).join(', ')}`;
  return new UserError(`The archive ${file} holds ${held}.`, {
    id: 'index.input-kind',
    hint: 'Unpack it, and name the table.',
  });
}

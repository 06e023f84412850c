/** Embeddings on disk, keyed by poster path and network: a second run computes only what is new. */
import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { COLOUR_NAMES, type Colours } from './decode.ts';
import type { NetworkIdentity } from './network.ts';

export interface Embedding {
  /** The network's pooled features, as they came. */
  readonly features: Float32Array;
  readonly colours: Colours;
}

/** Big pages: a record of 1280 floats then shares a page with two others, where pages of 4 KB would waste a third. */
const PAGE_BYTES = 16_384;

/**
 * One network's embeddings in a store that several networks and input sizes share.
 *
 * A record is Float32, little-endian: the colours in the order of COLOUR_NAMES, then the features. Every
 * batch is one transaction, so that a killed run loses at most the batch it was at.
 */
export class EmbeddingStore {
  readonly #db: RootDatabase<Buffer, string>;
  readonly #prefix: string;
  readonly #width: number;

  private constructor(db: RootDatabase<Buffer, string>, identity: NetworkIdentity) {
    this.#db = db;
    this.#width = identity.width;
    const { sha256, side, width, scaling } = identity;
    this.#prefix = `${sha256.slice(0, 24)}:${side}:${width}:${scaling}:`;
  }

  /**
   * Opens the store in a folder, making it where it is missing. A damaged file is renamed to
   * `data.mdb.damaged-<time>` and replaced by an empty one: everything in it can be computed again.
   */
  static open(dir: string, identity: NetworkIdentity): EmbeddingStore {
    mkdirSync(dir, { recursive: true });
    const file = path.join(dir, 'data.mdb');
    if (looksDamaged(file)) renameSync(file, `${file}.damaged-${Date.now()}`);
    return new EmbeddingStore(
      open<Buffer, string>({ path: dir, encoding: 'binary', pageSize: PAGE_BYTES }),
      identity,
    );
  }

  has(poster: string): boolean {
    return this.#db.doesExist(this.#prefix + poster);
  }

  /** The embedding, or undefined where there is none of this network's width. */
  get(poster: string): Embedding | undefined {
    const bytes = this.#db.get(this.#prefix + poster);
    if (bytes?.length !== 4 * (COLOUR_NAMES.length + this.#width)) return undefined;
    // LMDB lends its own memory, which is neither aligned nor ours to keep.
    const values = new Float32Array(Uint8Array.from(bytes).buffer);
    const [brightness, saturation, warmth, contrast] = values as unknown as [number, number, number, number];
    return {
      colours: { brightness, saturation, warmth, contrast },
      features: values.slice(COLOUR_NAMES.length),
    };
  }

  /** Stores a batch in one transaction; after it returns, not even kill -9 loses it. */
  putAll(batch: readonly (readonly [poster: string, embedding: Embedding])[]): void {
    // Synchronous: lmdb 3.5.6's asynchronous transaction() never calls back on Node 20.
    this.#db.transactionSync(() => {
      for (const [poster, { features, colours }] of batch) {
        const record = Float32Array.from([...COLOUR_NAMES.map((name) => colours[name]), ...features]);
        this.#db.putSync(this.#prefix + poster, Buffer.from(record.buffer));
      }
    });
  }

  async close(): Promise<void> {
    await this.#db.close();
  }
}

/** LMDB's marker, and where its two headers keep it, their page size, last page and transaction number (bytes). */
const HEADER = {
  magic: 0xbeefc0de,
  at: { magic: 24, pageSize: 48, lastPage: 144, transaction: 152 },
  bytes: 160,
};

/** LMDB ends the process on a damaged file, where no `catch` helps: so the size is checked against its headers first. */
function looksDamaged(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return false;
  const descriptor = openSync(file, 'r');
  try {
    const read = (position: number) => {
      const header = Buffer.alloc(HEADER.bytes);
      if (readSync(descriptor, header, 0, HEADER.bytes, position) < HEADER.bytes) return null;
      if (header.readUInt32LE(HEADER.at.magic) !== HEADER.magic) return null;
      return {
        pageSize: header.readUInt32LE(HEADER.at.pageSize),
        lastPage: Number(header.readBigUInt64LE(HEADER.at.lastPage)),
        transaction: header.readBigUInt64LE(HEADER.at.transaction),
      };
    };
    const first = read(0);
    const second = first && first.pageSize > 0 ? read(first.pageSize) : null;
    if (!first || !second) return true;
    const newest = first.transaction > second.transaction ? first : second;
    return size < (newest.lastPage + 1) * newest.pageSize;
  } finally {
    closeSync(descriptor);
  }
}

/** Embeddings on disk, keyed by poster path and network: a second run computes only what is new. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { setDamagedAside } from '../../shared/lmdb-guard.js';
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
    setDamagedAside(path.join(dir, 'data.mdb'));
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

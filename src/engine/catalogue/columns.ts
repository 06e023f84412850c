/** Film facts column by column, in row order: what filters read without touching a record. */
import { CatalogueError } from '../../shared/errors.ts';

/** No year or runtime known. */
export const UNKNOWN = -1;

/** Bits of the flags column. */
export const FLAG_UNFIT = 1;

/** Rows stand by default-passing first, then by votes (descending), then by id. */
export interface FilmColumns {
  readonly count: number;
  readonly ids: Int32Array;
  /** Rows sorted by film id, for look-ups. */
  readonly byId: Uint32Array;
  readonly votes: Uint32Array;
  readonly rating: Float32Array;
  /** Bit i stands for the i-th genre of the manifest's list. */
  readonly genres: Uint32Array;
  readonly year: Int16Array;
  readonly runtime: Int16Array;
  /** Place in the manifest's language list. */
  readonly language: Uint16Array;
  readonly flags: Uint8Array;
}

const LAYOUT = [
  ['ids', Int32Array],
  ['byId', Uint32Array],
  ['votes', Uint32Array],
  ['rating', Float32Array],
  ['genres', Uint32Array],
  ['year', Int16Array],
  ['runtime', Int16Array],
  ['language', Uint16Array],
  ['flags', Uint8Array],
] as const;

/** Bytes of the columns of `count` films. */
function columnBytes(count: number): number {
  return LAYOUT.reduce((sum, [, Type]) => sum + align(Type.BYTES_PER_ELEMENT * count), 0);
}

const align = (bytes: number) => (bytes + 7) & ~7;

/** Empty columns over one buffer, to be filled and written. */
export function allocateColumns(count: number): { columns: FilmColumns; bytes: Uint8Array } {
  const buffer = new ArrayBuffer(columnBytes(count));
  return { columns: viewColumns(buffer, count), bytes: new Uint8Array(buffer) };
}

/**
 * Views the bytes in place where they are aligned: they must not change afterwards.
 * @throws CatalogueError when the size does not fit the count
 */
export function readColumns(bytes: Uint8Array, count: number): FilmColumns {
  if (bytes.byteLength !== columnBytes(count)) {
    throw new CatalogueError(
      'The catalogue is damaged: films.columns has another size than its manifest asks for.',
      {
        id: 'catalogue.damaged',
        hint: 'Build it again with `npx music2movie index`.',
      },
    );
  }
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  return viewColumns(aligned.buffer as ArrayBuffer, count, aligned.byteOffset);
}

function viewColumns(buffer: ArrayBuffer, count: number, from = 0): FilmColumns {
  let at = from;
  const views = Object.fromEntries(
    LAYOUT.map(([name, Type]) => {
      const view = new Type(buffer, at, count);
      at += align(view.byteLength);
      return [name, view];
    }),
  );
  return { count, ...views } as unknown as FilmColumns;
}

/** The rows of films; −1 for those that are not there. */
export const rowsOf = (columns: FilmColumns, ids: Iterable<number>): Set<number> =>
  new Set([...ids].map((id) => rowOf(columns, id)));

/** The row of a film, or −1. */
export function rowOf(columns: FilmColumns, id: number): number {
  let low = 0;
  let high = columns.count - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = columns.byId[middle]!;
    const found = columns.ids[row]!;
    if (found === id) return row;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

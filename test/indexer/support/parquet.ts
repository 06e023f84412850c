/**
 * Writes the smallest Parquet that a reader accepts: one row group, one uncompressed PLAIN page a column, every
 * value present or null by definition level. Thrift's compact protocol, as the format's specification has it
 * (https://github.com/apache/parquet-format, parquet.thrift).
 */

export type Column = { readonly name: string } & (
  | { readonly type: 'string'; readonly values: readonly (string | null)[] }
  | { readonly type: 'double'; readonly values: readonly (number | null)[] }
  | { readonly type: 'int64'; readonly values: readonly (number | null)[] }
  | { readonly type: 'boolean'; readonly values: readonly (boolean | null)[] }
);

/** parquet.thrift: Type */
const TYPES = { boolean: 0, int64: 2, double: 5, string: 6 } as const;
/** Thrift compact protocol: element types. */
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt(value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

const zigzag = (value: number) => varint(value * 2);
const binary = (text: string) => {
  const bytes = [...Buffer.from(text)];
  return [...varint(bytes.length), ...bytes];
};

type Field = readonly [id: number, type: number, bytes: readonly number[]];
const i32 = (id: number, value: number): Field => [id, I32, zigzag(value)];
const i64 = (id: number, value: number): Field => [id, I64, zigzag(value)];
const text = (id: number, value: string): Field => [id, BINARY, binary(value)];
const child = (id: number, bytes: readonly number[]): Field => [id, STRUCT, bytes];
const list = (id: number, type: number, items: readonly (readonly number[])[]): Field => {
  const head = items.length < 15 ? [(items.length << 4) | type] : [0xf0 | type, ...varint(items.length)];
  return [id, LIST, [...head, ...items.flat()]];
};

function struct(...fields: Field[]): number[] {
  let last = 0;
  const bytes = fields.flatMap(([id, type, value]) => {
    const head = ((id - last) << 4) | type;
    last = id;
    return [head, ...value];
  });
  return [...bytes, 0];
}

function plain({ type, values }: Column): Buffer {
  const present = values.filter((value) => value !== null);
  if (type === 'boolean') {
    const bits = Buffer.alloc(Math.ceil(present.length / 8));
    for (const [i, value] of present.entries()) if (value) bits[i >> 3]! |= 1 << (i & 7);
    return bits;
  }
  return Buffer.concat(
    present.map((value) => {
      if (type === 'string') {
        const bytes = Buffer.from(value as string);
        const length = Buffer.alloc(4);
        length.writeUInt32LE(bytes.length);
        return Buffer.concat([length, bytes]);
      }
      const bytes = Buffer.alloc(8);
      if (type === 'double') bytes.writeDoubleLE(value as number);
      else bytes.writeBigInt64LE(BigInt(value as number));
      return bytes;
    }),
  );
}

/** Definition levels, bit-packed: 1 where a value is present. */
function levels(values: readonly unknown[]): Buffer {
  const groups = Math.ceil(values.length / 8);
  const packed = Buffer.alloc(groups);
  for (const [i, value] of values.entries()) if (value !== null) packed[i >> 3]! |= 1 << (i & 7);
  const run = Buffer.concat([Buffer.from(varint((groups << 1) | 1)), packed]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(run.length);
  return Buffer.concat([length, run]);
}

/** The file as bytes. All columns must be of one length. */
export function parquet(columns: readonly Column[]): Buffer {
  const rows = columns[0]!.values.length;
  const parts: Buffer[] = [Buffer.from('PAR1')];
  let at = 4;
  const chunks = columns.map((column) => {
    const body = Buffer.concat([levels(column.values), plain(column)]);
    // PageHeader { DATA_PAGE, sizes, DataPageHeader { values, PLAIN, RLE, RLE } }
    const page = struct(i32(1, 0), i32(2, body.length), i32(3, body.length), [
      5,
      STRUCT,
      struct(i32(1, rows), i32(2, 0), i32(3, 3), i32(4, 3)),
    ]);
    const offset = at;
    const size = page.length + body.length;
    parts.push(Buffer.from(page), body);
    at += size;
    const meta = struct(
      i32(1, TYPES[column.type]),
      list(2, I32, [zigzag(0), zigzag(3)]),
      list(3, BINARY, [binary(column.name)]),
      i32(4, 0),
      i64(5, rows),
      i64(6, size),
      i64(7, size),
      i64(9, offset),
    );
    return struct(i64(2, offset), child(3, meta));
  });
  const total = at - 4;
  const schema = [
    struct(text(4, 'schema'), i32(5, columns.length)),
    ...columns.map(({ name, type }) =>
      type === 'string'
        ? struct(i32(1, TYPES[type]), i32(3, 1), text(4, name), i32(6, 0))
        : struct(i32(1, TYPES[type]), i32(3, 1), text(4, name)),
    ),
  ];
  const footer = Buffer.from(
    struct(
      i32(1, 1),
      list(2, STRUCT, schema),
      i64(3, rows),
      list(4, STRUCT, [struct(list(1, STRUCT, chunks), i64(2, total), i64(3, rows))]),
    ),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...parts, footer, length, Buffer.from('PAR1')]);
}

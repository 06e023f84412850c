/**
 * As much of ONNX's protobuf as the loader needs (field numbers from onnx/onnx.proto3): where the input's size is
 * declared, and which node pools. Public exports of MobileNetV2 pin 224 pixels and often name only the class
 * scores as an output, while the graph itself could do more; these two edits let it.
 */

interface Field {
  readonly number: number;
  /** Value of a varint field; 0 for the others. */
  readonly value: number;
  /** Where the content stands (for a varint: its own bytes). */
  readonly from: number;
  readonly to: number;
}

const FIELD = {
  model: { graph: 7 },
  graph: { node: 1, input: 11, output: 12 },
  node: { output: 2, opType: 4 },
  valueInfo: { name: 1, type: 2 },
  tensorType: 1,
  shape: 2,
  dim: 1,
  dimValue: 1,
} as const;

/** Operators that average over the picture. */
const POOLING = ['GlobalAveragePool', 'ReduceMean', 'AveragePool'];

/**
 * The model with its input declared `side` pixels square, or null where the file does not allow it (no fixed size,
 * or a number that takes another count of bytes). The graph may still refuse the size: try it.
 *
 * @param spatial which dimensions of the input are height and width
 */
export function withInputSide(
  model: Uint8Array,
  input: string,
  spatial: readonly [number, number],
  side: number,
): Uint8Array | null {
  const edited = Uint8Array.from(model);
  try {
    const graph = only(model, whole(model), FIELD.model.graph);
    const info = all(model, graph, FIELD.graph.input).find(
      (field) => text(model, only(model, field, FIELD.valueInfo.name)) === input,
    );
    if (!info) return null;
    const tensor = only(model, only(model, info, FIELD.valueInfo.type), FIELD.tensorType);
    const dims = all(model, only(model, tensor, FIELD.shape), FIELD.dim);
    for (const index of spatial) {
      const value = only(model, dims[index]!, FIELD.dimValue);
      if (!overwriteVarint(edited, value, side)) return null;
    }
    return edited;
  } catch {
    return null;
  }
}

/** Names of the tensors that pooling nodes put out, last in the graph first. */
export function pooledTensors(model: Uint8Array): string[] {
  try {
    const graph = only(model, whole(model), FIELD.model.graph);
    return all(model, graph, FIELD.graph.node)
      .filter((node) => POOLING.includes(text(model, only(model, node, FIELD.node.opType))))
      .map((node) => text(model, only(model, node, FIELD.node.output)))
      .reverse();
  } catch {
    return [];
  }
}

/** The model with one more output: a tensor of the graph, by name (its type is inferred by the runtime). */
export function withOutput(model: Uint8Array, tensor: string): Uint8Array {
  const graph = only(model, whole(model), FIELD.model.graph);
  const info = delimited(FIELD.valueInfo.name, Buffer.from(tensor, 'utf8'));
  const body = Buffer.concat([model.subarray(graph.from, graph.to), delimited(FIELD.graph.output, info)]);
  const rest = all(model, whole(model))
    .filter((field) => field.number !== FIELD.model.graph)
    .map((field) => model.subarray(field.start, field.to));
  return Buffer.concat([...rest, delimited(FIELD.model.graph, body)]);
}

type Located = Field & { /** Where the field's tag stands. */ readonly start: number };

const whole = (bytes: Uint8Array): Pick<Field, 'from' | 'to'> => ({ from: 0, to: bytes.length });

const text = (bytes: Uint8Array, field: Field) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + field.from, field.to - field.from).toString('utf8');

function only(bytes: Uint8Array, within: Pick<Field, 'from' | 'to'>, number: number): Located {
  const found = all(bytes, within, number)[0];
  if (!found) throw new RangeError(`no field ${number}`);
  return found;
}

/** @throws RangeError where the bytes are no protobuf message */
function all(bytes: Uint8Array, within: Pick<Field, 'from' | 'to'>, number?: number): Located[] {
  const fields: Located[] = [];
  let at = within.from;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      if (at >= within.to) throw new RangeError('a number runs past its message');
      const byte = bytes[at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < within.to) {
    const start = at;
    const tag = varint();
    const wire = tag & 7;
    let from = at;
    let value = 0;
    if (wire === 0) value = varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      from = at;
      at += length;
    } else throw new RangeError(`wire type ${wire}`);
    if (at > within.to) throw new RangeError('a field runs past its message');
    const field = Math.floor(tag / 8);
    if (number === undefined || field === number) fields.push({ number: field, value, start, from, to: at });
  }
  return fields;
}

/** Writes a number into the bytes of another one, padded to the same length (which protobuf allows). */
function overwriteVarint(bytes: Uint8Array, field: Field, value: number): boolean {
  const length = field.to - field.from;
  if (value >= 128 ** length) return false;
  for (let i = 0; i < length; i++) {
    bytes[field.from + i] = (Math.floor(value / 128 ** i) & 127) | (i < length - 1 ? 128 : 0);
  }
  return true;
}

function delimited(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([varintBytes(number * 8 + 2), varintBytes(content.length), content]);
}

function varintBytes(value: number): Buffer {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value & 127) | 128);
  bytes.push(value);
  return Buffer.from(bytes);
}

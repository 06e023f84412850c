/**
 * Writes tiny ONNX models, so that the tests need no file from elsewhere. Field numbers from onnx/onnx.proto3;
 * written apart from the reader in src, so that one can't hide the other's mistake.
 */

/** −1 or a name stands for a dimension of any size. */
type Dim = number | string;

export interface TensorInfo {
  readonly name: string;
  readonly dims: readonly Dim[];
}

export interface GraphNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Integer or integer-list attributes. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

export interface Weights extends TensorInfo {
  readonly dims: readonly number[];
  readonly values: ArrayLike<number>;
}

export interface TinyModel {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly nodes: readonly GraphNode[];
  readonly weights?: readonly Weights[];
}

const FLOAT = 1;
const OPSET = 13;
const IR_VERSION = 8;
const ATTRIBUTE = { int: 2, ints: 7 } as const;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}

const number = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, content: Uint8Array) =>
  Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
const text = (field: number, value: string) => bytes(field, Buffer.from(value, 'utf8'));
const message = (field: number, ...parts: readonly Uint8Array[]) => bytes(field, Buffer.concat(parts));

function valueInfo(field: number, { name, dims }: TensorInfo): Buffer {
  const shape = dims.map((dim) => message(1, typeof dim === 'number' ? number(1, dim) : text(2, dim)));
  const tensor = message(1, number(1, FLOAT), message(2, ...shape));
  return message(field, text(1, name), message(2, tensor));
}

function attribute(name: string, value: number | readonly number[]): Buffer {
  return typeof value === 'number'
    ? message(5, text(1, name), number(3, value), number(20, ATTRIBUTE.int))
    : message(5, text(1, name), ...value.map((one) => number(8, one)), number(20, ATTRIBUTE.ints));
}

function initializer({ name, dims, values }: Weights): Buffer {
  const raw = Float32Array.from(values);
  return message(
    5,
    ...dims.map((dim) => number(1, dim)),
    number(2, FLOAT),
    text(8, name),
    bytes(9, Buffer.from(raw.buffer)),
  );
}

/** The bytes of a model file. */
export function encodeOnnx({ inputs, outputs, nodes, weights = [] }: TinyModel): Buffer {
  const graph = [
    ...nodes.map(({ op, inputs: from, outputs: to, attributes = {} }) =>
      message(
        1,
        ...from.map((name) => text(1, name)),
        ...to.map((name) => text(2, name)),
        text(4, op),
        ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      ),
    ),
    text(2, 'tiny'),
    ...weights.map(initializer),
    ...inputs.map((info) => valueInfo(11, info)),
    ...outputs.map((info) => valueInfo(12, info)),
  ];
  return Buffer.concat([number(1, IR_VERSION), message(7, ...graph), message(8, number(2, OPSET))]);
}

export interface TinyNetwork {
  /** Pixels that the input declares, or a name for any. */
  readonly side?: Dim;
  /** Features. */
  readonly width?: number;
  /** What is declared as output: the pooled features, the map before pooling, class scores alone, or scores and features. */
  readonly exports?: 'features' | 'map' | 'scores' | 'both';
  readonly layout?: 'nchw' | 'nhwc';
}

/**
 * A network of MobileNet's outline: 1×1 convolution to `width` channels, ReLU, average over the picture, two
 * classes. Feature c of a picture is the mean of max(0, Σ w[c]·pixel); see `tinyWeight`.
 */
export function tinyNetwork({
  side = 'side',
  width = 8,
  exports = 'both',
  layout = 'nchw',
}: TinyNetwork = {}): Buffer {
  const first = layout === 'nchw' ? 'image' : 'planar';
  const nodes: GraphNode[] = [
    ...(layout === 'nhwc'
      ? [{ op: 'Transpose', inputs: ['image'], outputs: ['planar'], attributes: { perm: [0, 3, 1, 2] } }]
      : []),
    { op: 'Conv', inputs: [first, 'kernel'], outputs: ['conv'], attributes: { kernel_shape: [1, 1] } },
    { op: 'Relu', inputs: ['conv'], outputs: ['map'] },
    { op: 'GlobalAveragePool', inputs: ['map'], outputs: ['pooled'] },
    { op: 'Flatten', inputs: ['pooled'], outputs: ['features'], attributes: { axis: 1 } },
    { op: 'MatMul', inputs: ['features', 'classes'], outputs: ['scores'] },
  ];
  const features = { name: 'features', dims: ['n', width] };
  const scores = { name: 'scores', dims: ['n', 2] };
  const outputs = {
    features: [features],
    map: [{ name: 'map', dims: ['n', width, side === 'side' ? 'h' : side, side === 'side' ? 'w' : side] }],
    scores: [scores],
    both: [scores, features],
  }[exports];
  return encodeOnnx({
    inputs: [{ name: 'image', dims: layout === 'nchw' ? ['n', 3, side, side] : ['n', side, side, 3] }],
    outputs,
    nodes,
    weights: [
      {
        name: 'kernel',
        dims: [width, 3, 1, 1],
        values: Array.from({ length: width * 3 }, (_, i) => tinyWeight(Math.floor(i / 3), i % 3)),
      },
      { name: 'classes', dims: [width, 2], values: Array.from({ length: width * 2 }, (_, i) => i / 10) },
    ],
  });
}

/** Weight of input channel k for feature c. */
export function tinyWeight(c: number, k: number): number {
  return Math.sin(1 + c * 3 + k);
}

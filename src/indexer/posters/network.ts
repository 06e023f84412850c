/** The image network: finds its pooled features by shape, whatever the export calls them, and runs it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type * as ort from 'onnxruntime-node';
import { ConfigurationError } from '../../shared/errors.ts';
import { loadOptional } from '../../shared/optional.ts';
import { resample } from './decode.ts';
import { pooledTensors, withInputSide, withOutput } from './onnx-graph.ts';

/**
 * How pixels become numbers. `symmetric`: x/127.5 − 1 (TensorFlow's and Hugging Face's MobileNetV2).
 * `imagenet`: (x/255 − mean)/deviation per channel (PyTorch's and the ONNX model zoo's). No file says which.
 */
export type PixelScaling = 'symmetric' | 'imagenet';

export interface NetworkOptions {
  /** Pixels of the square that is looked at: 224 (default) or the paper's 32. */
  readonly side?: number;
  /** How many pooled features to look for; MobileNetV2 1.0 has 1280 (default). */
  readonly width?: number;
  readonly scaling?: PixelScaling;
}

export interface Network {
  readonly width: number;
  readonly side: number;
  /** Pixels that the graph itself takes: other than `side` where it refuses that size; pictures are then resampled. */
  readonly inputSide: number;
  /** The tensor that the features are read from. */
  readonly output: string;
  /**
   * @param rgb side × side × 3, as `decodePoster` gives it
   * @returns `width` numbers, always of memory of their own
   */
  features(rgb: Uint8Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/** What embeddings depend on: never mix vectors of two identities. */
export interface NetworkIdentity {
  /** Of the file. */
  readonly sha256: string;
  readonly side: number;
  readonly width: number;
  readonly scaling: PixelScaling;
}

const SCALING: Record<PixelScaling, { mean: readonly number[]; deviation: readonly number[] }> = {
  symmetric: { mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5] },
  imagenet: {
    mean: [0.485, 0.456, 0.406].map((x) => x * 255),
    deviation: [0.229, 0.224, 0.225].map((x) => x * 255),
  },
};

const SESSION: ort.InferenceSession.SessionOptions = {
  // One thread per worker process: two processes of one thread beat one process of two.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 4,
};

/** 288 MB that only looking at posters needs: loaded by {@link openNetwork}. */
let runtime: typeof ort;

const HINT =
  'MobileNetV2 1.0 with its 1280 pooled features is what is looked for; `npx music2movie data --model` fetches one.';

/** The identity of a network without opening it. @throws ConfigurationError when the file can't be read */
export async function identifyNetwork(file: string, options: NetworkOptions = {}): Promise<NetworkIdentity> {
  const { side = 224, width = 1280, scaling = 'symmetric' } = options;
  return {
    sha256: createHash('sha256')
      .update(await readModel(file))
      .digest('hex'),
    side,
    width,
    scaling,
  };
}

/**
 * Opens a network.
 *
 * An output of shape [1, width] (ones and 1×1 maps aside) is taken; else one of [1, width, h, w], averaged here;
 * else a pooling node inside the graph that gives `width` numbers, which is then made an output.
 *
 * @throws ConfigurationError `visual.model-missing`, `visual.model-unusable`, the latter saying what was found,
 * or `optional.missing`
 */
export async function openNetwork(file: string, options: NetworkOptions = {}): Promise<Network> {
  const { side = 224, width = 1280, scaling = 'symmetric' } = options;
  runtime = await loadOptional('Looking at posters', () => import('onnxruntime-node'));
  const model = await readModel(file);
  const asFiled = await createSession(model);
  const input = imageInput(asFiled);
  const fits = input.fixed === null || input.fixed === side;
  const resized = fits ? null : withInputSide(model, input.name, input.spatial, side);
  const attempts: [Uint8Array, number][] = [];
  if (fits) attempts.push([model, side]);
  if (resized) attempts.push([resized, side]);
  if (input.fixed !== null && !fits) attempts.push([model, input.fixed]);
  await asFiled.release();
  let refusal: ConfigurationError | undefined;
  for (const [bytes, inputSide] of attempts) {
    try {
      const found = await findFeatures(bytes, input, inputSide, width);
      return new OrtNetwork(found, { ...input, side, inputSide, width, scaling });
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      refusal = error;
    }
  }
  throw refusal!;
}

interface ImageInput {
  readonly name: string;
  readonly layout: 'nchw' | 'nhwc';
  readonly spatial: readonly [number, number];
  /** Pixels that the graph declares; null where any will do. */
  readonly fixed: number | null;
}

interface FoundFeatures {
  readonly session: ort.InferenceSession;
  readonly output: string;
  /** For maps [1, …] that are still to be averaged: where the channels stand. */
  readonly shape: readonly number[];
}

async function readModel(file: string): Promise<Buffer> {
  return readFile(file).catch((error) => {
    throw new ConfigurationError(`There is no image network at ${file}.`, {
      id: 'visual.model-missing',
      hint: HINT,
      underlying: error,
    });
  });
}

function unusable(what: string, underlying?: unknown): ConfigurationError {
  return new ConfigurationError(`The image network can't be used: ${what}.`, {
    id: 'visual.model-unusable',
    hint: HINT,
    underlying,
  });
}

async function createSession(model: Uint8Array): Promise<ort.InferenceSession> {
  try {
    return await runtime.InferenceSession.create(model, SESSION);
  } catch (error) {
    throw unusable('the file is damaged or not an ONNX model', error);
  }
}

function imageInput(session: ort.InferenceSession): ImageInput {
  const [first, second] = session.inputMetadata;
  if (!first?.isTensor || second)
    throw unusable(`it takes ${session.inputNames.length} inputs instead of one image`);
  const { name, type, shape } = first;
  const layout = shape[1] === 3 ? 'nchw' : shape[3] === 3 ? 'nhwc' : null;
  if (shape.length !== 4 || !layout || type !== 'float32')
    throw unusable(
      `its input "${name}" is ${type} [${shape.join(', ')}] instead of float32 [n, 3, height, width]`,
    );
  const spatial = layout === 'nchw' ? ([2, 3] as const) : ([1, 2] as const);
  const size = shape[spatial[0]];
  return { name, layout, spatial, fixed: typeof size === 'number' && size > 0 ? size : null };
}

function emptyImage(input: ImageInput, side: number): ort.Tensor {
  const dims = input.layout === 'nchw' ? [1, 3, side, side] : [1, side, side, 3];
  return new runtime.Tensor('float32', new Float32Array(3 * side * side), dims);
}

async function findFeatures(
  model: Uint8Array,
  input: ImageInput,
  side: number,
  width: number,
): Promise<FoundFeatures> {
  const seen: string[] = [];
  const look = async (bytes: Uint8Array, hidden?: string): Promise<FoundFeatures | null> => {
    const session = await createSession(bytes);
    let outputs: ort.InferenceSession.OnnxValueMapType;
    try {
      outputs = await session.run({ [input.name]: emptyImage(input, side) });
    } catch (error) {
      await session.release();
      throw unusable(`it refuses an image of ${side} × ${side} pixels`, error);
    }
    const shapes = Object.entries(outputs)
      .filter(([name]) => hidden === undefined || name === hidden)
      .map(([name, value]) => ({ name, shape: (value as ort.Tensor).dims }));
    for (const { name, shape } of shapes) seen.push(`${name} [${shape.join(', ')}]`);
    const found =
      shapes.find(({ shape }) => product(shape) === width && shape.includes(width)) ??
      shapes.find(({ shape }) => shape.length === 4 && shape[input.layout === 'nchw' ? 1 : 3] === width);
    if (found) return { session, output: found.name, shape: found.shape };
    await session.release();
    return null;
  };
  const declared = await look(model);
  if (declared) return declared;
  for (const tensor of pooledTensors(model)) {
    const hidden = await look(withOutput(model, tensor), tensor);
    if (hidden) return hidden;
  }
  throw unusable(`none of its tensors holds ${width} pooled features; it has ${seen.join(', ')}`);
}

const product = (shape: readonly number[]) => shape.reduce((all, one) => all * one, 1);

class OrtNetwork implements Network {
  readonly width: number;
  readonly side: number;
  readonly inputSide: number;
  readonly output: string;
  readonly #found: FoundFeatures;
  readonly #input: ort.Tensor;
  readonly #name: string;
  readonly #layout: ImageInput['layout'];
  /** Value of each byte, per channel. */
  readonly #table: readonly Float32Array[];

  constructor(
    found: FoundFeatures,
    options: ImageInput & { side: number; inputSide: number; width: number; scaling: PixelScaling },
  ) {
    this.width = options.width;
    this.side = options.side;
    this.inputSide = options.inputSide;
    this.output = found.output;
    this.#found = found;
    this.#name = options.name;
    this.#layout = options.layout;
    this.#input = emptyImage(options, options.inputSide);
    const { mean, deviation } = SCALING[options.scaling];
    this.#table = [0, 1, 2].map((c) =>
      Float32Array.from({ length: 256 }, (_, x) => (x - mean[c]!) / deviation[c]!),
    );
  }

  async features(rgb: Uint8Array): Promise<Float32Array> {
    this.#fill(this.side === this.inputSide ? rgb : await resample(rgb, this.side, this.inputSide));
    const outputs = await this.#found.session.run({ [this.#name]: this.#input }, [this.output]);
    const values = (outputs[this.output] as ort.Tensor).data as Float32Array;
    return values.length === this.width ? values.slice() : this.#average(values);
  }

  async close(): Promise<void> {
    await this.#found.session.release();
  }

  #fill(rgb: Uint8Array): void {
    const data = this.#input.data as Float32Array;
    const pixels = data.length / 3;
    const [pixelStep, channelStep] = this.#layout === 'nchw' ? [1, pixels] : [3, 1];
    for (let c = 0; c < 3; c++) {
      const table = this.#table[c]!;
      for (let i = 0; i < pixels; i++) data[i * pixelStep + c * channelStep] = table[rgb[i * 3 + c]!]!;
    }
  }

  /** Means over the places of a map [1, width, h, w] or [1, h, w, width]. */
  #average(values: Float32Array): Float32Array {
    const places = values.length / this.width;
    const [placeStep, channelStep] = this.#layout === 'nchw' ? [1, places] : [this.width, 1];
    return Float32Array.from({ length: this.width }, (_, c) => {
      let sum = 0;
      for (let p = 0; p < places; p++) sum += values[p * placeStep + c * channelStep]!;
      return sum / places;
    });
  }
}

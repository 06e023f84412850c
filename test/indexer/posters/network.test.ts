import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodePoster } from '../../../src/indexer/posters/decode.ts';
import { identifyNetwork, type NetworkOptions, openNetwork } from '../../../src/indexer/posters/network.ts';
import { encodeOnnx, type TinyNetwork, tinyNetwork, tinyWeight } from '../../support/onnx.ts';
import { rawPicture } from './pictures.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'm2m-network-'));
afterAll(() => rmSync(dir, { recursive: true }));

let count = 0;
function fileOf(model: Uint8Array): string {
  const file = path.join(dir, `${count++}.onnx`);
  writeFileSync(file, model);
  return file;
}

const SIDE = 24;
const rgb = rawPicture(1, SIDE, SIDE).data;

/** What the tiny network computes, in plain arithmetic. */
function expected(
  pixels: Uint8Array,
  width: number,
  scale: (x: number, channel: number) => number,
): number[] {
  return Array.from({ length: width }, (_, c) => {
    let sum = 0;
    for (let i = 0; i < pixels.length; i += 3) {
      let value = 0;
      for (let k = 0; k < 3; k++) value += tinyWeight(c, k) * scale(pixels[i + k]!, k);
      sum += Math.max(0, value);
    }
    return sum / (pixels.length / 3);
  });
}

const symmetric = (x: number) => x / 127.5 - 1;

async function run(model: TinyNetwork, options: NetworkOptions, pixels = rgb) {
  const network = await openNetwork(fileOf(tinyNetwork(model)), options);
  const features = await network.features(pixels);
  await network.close();
  return { features: [...features], network };
}

function expectClose(values: readonly number[], reference: readonly number[]): void {
  expect(values.length).toBe(reference.length);
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(reference[i]!, 4);
}

describe('finding the pooled features', () => {
  const reference = expected(rgb, 8, symmetric);

  it.each(['features', 'map', 'scores', 'both'] as const)('in an export of %s', async (exports) => {
    const { features, network } = await run({ exports }, { side: SIDE, width: 8 });
    expectClose(features, reference);
    expect(network.output).toBe(
      { features: 'features', map: 'map', scores: 'pooled', both: 'features' }[exports],
    );
  });

  it.each(['features', 'map', 'scores'] as const)(
    'with the channels last, in an export of %s',
    async (exports) => {
      const { features } = await run({ exports, layout: 'nhwc' }, { side: SIDE, width: 8 });
      expectClose(features, reference);
    },
  );

  it('with pixels scaled the PyTorch way', async () => {
    const mean = [0.485, 0.456, 0.406];
    const deviation = [0.229, 0.224, 0.225];
    const { features } = await run({}, { side: SIDE, width: 8, scaling: 'imagenet' });
    expectClose(
      features,
      expected(rgb, 8, (x, k) => (x / 255 - mean[k]!) / deviation[k]!),
    );
  });

  it('gives every picture memory of its own', async () => {
    const network = await openNetwork(fileOf(tinyNetwork()), { side: SIDE, width: 8 });
    const first = await network.features(rgb);
    const copy = [...first];
    await network.features(rawPicture(2, SIDE, SIDE).data);
    expect([...first]).toEqual(copy);
    await network.close();
  });
});

describe('input sizes', () => {
  it('declares another size in a graph that pins one, where the graph can do it', async () => {
    const small = rawPicture(3, 32, 32).data;
    const { features, network } = await run({ side: 224 }, { side: 32, width: 8 }, small);
    expect(network.inputSide).toBe(32);
    expectClose(features, expected(small, 8, symmetric));
  });

  it('resamples the picture where the file leaves no room for the number', async () => {
    const { features, network } = await run(
      { side: 32 },
      { side: 224, width: 8 },
      new Uint8Array(224 * 224 * 3).fill(90),
    );
    expect(network.inputSide).toBe(32);
    expectClose(features, expected(Uint8Array.from([90, 90, 90]), 8, symmetric));
  });

  it('resamples the picture where the graph refuses another size', async () => {
    // A flattened picture and a matrix of exactly that many rows.
    const side = 224;
    const model = encodeOnnx({
      inputs: [{ name: 'image', dims: ['n', 3, side, side] }],
      outputs: [{ name: 'features', dims: ['n', 4] }],
      nodes: [
        { op: 'Flatten', inputs: ['image'], outputs: ['flat'], attributes: { axis: 1 } },
        { op: 'MatMul', inputs: ['flat', 'w'], outputs: ['features'] },
      ],
      weights: [
        { name: 'w', dims: [3 * side * side, 4], values: new Float32Array(3 * side * side * 4).fill(1e-5) },
      ],
    });
    const network = await openNetwork(fileOf(model), { side: 32, width: 4 });
    expect(network.inputSide).toBe(side);
    const [value] = await network.features(new Uint8Array(32 * 32 * 3).fill(255));
    expect(value).toBeCloseTo(3 * side * side * 1e-5, 3);
    await network.close();
  });
});

describe('what is missing is explained', () => {
  const refusal = (file: string, options: NetworkOptions = {}) =>
    openNetwork(file, { side: SIDE, ...options }).then(
      () => null,
      (error) => error,
    );

  it('no file', async () => {
    expect(await refusal(path.join(dir, 'none.onnx'))).toMatchObject({
      id: 'visual.model-missing',
      exitCode: 2,
    });
    await expect(identifyNetwork(path.join(dir, 'none.onnx'))).rejects.toMatchObject({
      id: 'visual.model-missing',
    });
  });

  it('no tensor of that width: names what there is', async () => {
    const error = await refusal(fileOf(tinyNetwork()), { width: 1280 });
    expect(error).toMatchObject({ id: 'visual.model-unusable' });
    expect(error.message).toContain('1280 pooled features');
    expect(error.message).toContain('features [1, 8]');
    expect(error.message).toContain('pooled [1, 8, 1, 1]');
  });

  it('a damaged file, an empty one, and one that is none', async () => {
    const whole = tinyNetwork();
    for (const bytes of [
      whole.subarray(0, whole.length / 2),
      Buffer.alloc(0),
      Buffer.from('<html>no</html>'),
    ])
      expect(await refusal(fileOf(bytes), { width: 8 })).toMatchObject({ id: 'visual.model-unusable' });
  });

  it('an input that is no picture', async () => {
    const model = encodeOnnx({
      inputs: [{ name: 'x', dims: ['n', 7] }],
      outputs: [{ name: 'y', dims: ['n', 7] }],
      nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
    });
    expect((await refusal(fileOf(model), { width: 7 })).message).toContain('"x" is float32 [n, 7]');
  });
});

it('tells networks apart by file, size and scaling', async () => {
  const [a, b] = [fileOf(tinyNetwork()), fileOf(tinyNetwork({ exports: 'scores' }))];
  expect((await identifyNetwork(a)).sha256).not.toBe((await identifyNetwork(b)).sha256);
  expect(await identifyNetwork(a, { side: 32 })).toMatchObject({
    side: 32,
    width: 1280,
    scaling: 'symmetric',
  });
});

// The real network and posters stand beside the project, where they do; nobody may ship them.
const SHARED = path.resolve(import.meta.dirname, '../../../../shared');
const REAL = path.join(SHARED, 'models/mobilenetv2_1.0_224.onnx');
const REFERENCE = path.join(import.meta.dirname, 'reference.json');

describe.skipIf(!existsSync(REAL))('MobileNetV2 itself', () => {
  const reference = JSON.parse(readFileSync(REFERENCE, 'utf8')) as {
    film: number;
    bySide: Record<string, { features: number[]; colours: Record<string, number> }>;
  };

  it.each([224, 32])('gives a named poster its stored features at %i pixels', async (side) => {
    const bytes = readFileSync(path.join(SHARED, `posters/${reference.film}.jpg`));
    const decoded = await decodePoster(bytes, side);
    if ('fault' in decoded) throw new Error(decoded.fault);
    const network = await openNetwork(REAL, { side });
    expect(network.inputSide).toBe(side);
    const features = await network.features(decoded.rgb);
    await network.close();
    const stored = reference.bySide[side]!;
    expect(features.length).toBe(1280);
    for (const [i, value] of features.entries())
      expect(Math.abs(value - stored.features[i]!)).toBeLessThan(1e-3);
    for (const [name, value] of Object.entries(decoded.colours))
      expect(Math.abs(value - stored.colours[name]!)).toBeLessThan(1e-3);
  });
});

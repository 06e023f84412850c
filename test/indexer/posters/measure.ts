/**
 * How fast posters go from a host to features: a loopback server hands out a folder of real posters.
 *
 *   npx tsx test/indexer/posters/measure.ts [POSTERS] [NETWORK]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { visualFeatures } from '../../../src/indexer/posters/index.ts';
import { startImageServer } from './image-server.ts';

const SHARED = path.resolve(import.meta.dirname, '../../../../shared');
const [
  posters = path.join(SHARED, 'posters'),
  network = path.join(SHARED, 'models/mobilenetv2_1.0_224.onnx'),
] = process.argv.slice(2);

const names = readdirSync(posters).filter((name) => /^\d+\.jpg$/.test(name));
const server = await startImageServer(
  new Map(
    names.map((name) => [`/${name}`, { kind: 'image', bytes: readFileSync(path.join(posters, name)) }]),
  ),
);
const dir = mkdtempSync(path.join(tmpdir(), 'm2m-measure-'));
try {
  const started = performance.now();
  let last = started;
  const { report } = await visualFeatures(
    names.map((name) => ({ id: Number.parseInt(name, 10), poster: `/${name}` })),
    {
      network,
      dir: path.join(dir, 'posters'),
      workDir: path.join(dir, 'work'),
      download: { baseUrl: server.url },
      onProgress: () => {
        last = performance.now();
      },
    },
  );
  const rate = report!.computed / ((last - started) / 1000);
  process.stdout.write(
    `${JSON.stringify(report)}\n${rate.toFixed(0)} posters per second, download included\n`,
  );
} finally {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
}

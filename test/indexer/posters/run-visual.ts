/** Computes visual features in a process of its own, for the tests that kill it: `run-visual.ts <options> <out>`. */
import { renameSync, writeFileSync } from 'node:fs';
import type { PosterFilm } from '../../../src/indexer/posters/embed.ts';
import { type VisualOptions, visualFeatures } from '../../../src/indexer/posters/index.ts';

const { films, ...options } = JSON.parse(process.argv[2]!) as VisualOptions & { films: PosterFilm[] };
const out = process.argv[3]!;
const { rows, projection, report } = await visualFeatures(films, options);
const result = {
  rows: [...rows].map(([id, { vector, colours }]) => [
    id,
    Buffer.from(vector.buffer).toString('hex'),
    colours,
  ]),
  components: Buffer.from(projection!.components.buffer).toString('hex'),
  report,
};
writeFileSync(`${out}.new`, JSON.stringify(result));
renameSync(`${out}.new`, out);

/**
 * Tries other weights of the song search, one at a time, and prints what they do to right and wrong answers.
 *
 *   npx tsx bench/sweep.ts <catalogue folder> [--absent songs.csv] [--texts 300]
 *
 * right: share of the known songs' texts that are answered with the song. wrong: share of all texts that are answered
 * as if sure with another one.
 */
import { parseArgs } from 'node:util';
import { WEIGHTS, type Weights } from '../src/engine/search/weights.ts';
import { openCatalogue } from './songs/catalogue.ts';
import { EXTRA, measure, rowsOf } from './songs/rows.ts';

const FACTORS = [0, 0.5, 0.8, 1.25, 2];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { absent: { type: 'string', default: EXTRA }, texts: { type: 'string', default: '300' } },
});
const catalogue = await openCatalogue(positionals[0]!, false);
const rows = await rowsOf(catalogue.songs, values.absent, Number(values.texts));

function tried(weights: Weights): string {
  const known = catalogue.withWeights(weights);
  let right = 0;
  let askable = 0;
  let wrong = 0;
  let all = 0;
  for (const row of rows) {
    const { counts } = measure(row, known);
    all += row.texts.length;
    wrong += counts.wrong;
    if (row.label.startsWith('absent')) continue;
    askable += row.texts.length;
    right += counts.right;
  }
  return `${((100 * right) / askable).toFixed(1)} / ${((100 * wrong) / all).toFixed(2)}`;
}

console.log(`right % / wrong % as chosen: ${tried(WEIGHTS)}\n`);
console.log(`| | chosen | ${FACTORS.map((factor) => `× ${factor}`).join(' | ')} |`);
console.log(`|---|---:|${FACTORS.map(() => '---:|').join('')}`);
for (const [name, value] of Object.entries(WEIGHTS)) {
  const cells = FACTORS.map((factor) => tried({ ...WEIGHTS, [name]: value * factor }));
  console.log(`| ${name} | ${value} | ${cells.join(' | ')} |`);
}
await catalogue.close();

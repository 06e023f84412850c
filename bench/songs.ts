/**
 * Which songs are understood, of those that the catalogue has and of those that it lacks: the whole way from a text
 * to an answer, a question or an apology.
 *
 *   npx tsx bench/songs.ts <catalogue folder> [--absent songs.csv] [--rebuild] [--show 10]
 *
 * `--rebuild` builds the song search anew from the catalogue's songs; `--show` prints texts that went wrong.
 */
import { parseArgs } from 'node:util';
import { openCatalogue } from './songs/catalogue.ts';
import { EXTRA, measure, OUTCOMES, rowsOf, SEED } from './songs/rows.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    absent: { type: 'string', default: EXTRA },
    rebuild: { type: 'boolean', default: false },
    show: { type: 'string', default: '0' },
  },
});
const catalogue = await openCatalogue(positionals[0]!, values.rebuild);
const rows = await rowsOf(catalogue.songs, values.absent);
const size = `, song search ${(catalogue.bytes / 1e6).toFixed(2)} MB`;
console.log(`${catalogue.songs.length.toLocaleString('en')} songs${size}, seed ${SEED}.\n`);
console.log(`| | texts | ${OUTCOMES.join(' | ')} |\n|---|---:|${OUTCOMES.map(() => '---:|').join('')}`);
for (const row of rows) {
  const { counts, notRight } = measure(row, catalogue.known);
  const cells = OUTCOMES.map((name) => `${((100 * counts[name]) / row.texts.length).toFixed(1)} %`);
  console.log(`| ${row.label} | ${row.texts.length} | ${cells.join(' | ')} |`);
  const shown = row.label.startsWith('absent')
    ? notRight.filter((line) => /^(?:wrong|group)/.test(line))
    : notRight;
  for (const line of shown.slice(0, Number(values.show))) console.log(`    ${line}`);
}
await catalogue.close();

/** `music2movie evaluate`: how good the answers are, beside the paper's method, popularity and chance. */

import Table from 'cli-table3';
import type { Command } from 'commander';
import type { Evaluation, MethodFigures } from '../fitting/evaluate.ts';
import type { CliIo } from './io.ts';
import { openEngine, wholeBetween } from './options.ts';

interface Options {
  readonly pairs: string;
  readonly catalogue?: string;
  readonly sample: number;
  readonly lists?: string;
  readonly json?: boolean;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('evaluate')
    .description('measure the answers on song–film pairs, beside three simpler methods')
    .requiredOption('--pairs <file>', 'CSV with track_id and tmdb_id')
    .option('--catalogue <dir>', 'the catalogue to ask')
    .option('--sample <n>', 'songs whose five films are taken for coverage', wholeBetween(1, 1_000_000), 2000)
    .option('--lists <file>', 'lists of films by song that nothing was fitted on: TSV with song and film')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nAUC is the mean percentile of the true film among the films of the pairs file (0.5 is chance).',
    )
    .action(async (options: Options) => {
      const { readPairs } = await import('../fitting/data.ts');
      const { evaluate } = await import('../fitting/evaluate.ts');
      const { readPickLists } = await import('../fitting/pick-lists.ts');
      const pairs = await readPairs(options.pairs);
      const engine = await openEngine(io, options.catalogue);
      try {
        const onProgress = options.json ? () => {} : (text: string) => io.err(`${text}\n`);
        const lists = options.lists ? await readPickLists(options.lists) : [];
        const result = evaluate(engine, pairs, { sample: options.sample, onProgress, lists });
        io.out(options.json ? `${JSON.stringify(result)}\n` : `${table(result)}\n`);
      } finally {
        await engine.close();
      }
    });
}

const f = (x: number | undefined) => (x === undefined || Number.isNaN(x) ? '–' : x.toFixed(3));
const interval = ([low, high]: readonly [number, number]) => `${f(low)}–${f(high)}`;

const ROWS: readonly (readonly [string, (figures: MethodFigures) => string])[] = [
  ['AUC', (m) => f(m.auc)],
  ['  95 % interval, by film', (m) => interval(m.interval.auc)],
  ['AUC, English films', (m) => f(m.aucEnglish)],
  ['  95 % interval', (m) => interval(m.interval.aucEnglish)],
  ['AUC, film named in title or album', (m) => f(m.aucNamed)],
  ['AUC, not named', (m) => f(m.aucUnnamed)],
  ['Mean reciprocal rank', (m) => m.mrr.toFixed(4)],
  ['Recall@5', (m) => f(m.recall['5'])],
  ['Recall@100', (m) => f(m.recall['100'])],
  ['  95 % interval', (m) => interval(m.interval.recall100)],
  ['Recall@1000', (m) => f(m.recall['1000'])],
  ['Precision@5', (m) => m.precisionAt5.toFixed(4)],
  ['Distinct films', (m) => m.distinct.toLocaleString('en')],
  ['Largest share of lists', (m) => f(m.maxShare)],
  ['Gini', (m) => f(m.gini)],
  ['Median votes', (m) => Math.round(m.medianVotes).toLocaleString('en')],
  [
    'Languages',
    (m) =>
      Object.entries(m.languages)
        .slice(0, 4)
        .map(([code, share]) => `${code} ${Math.round(100 * share)} %`)
        .join(', '),
  ],
];

function table(result: Evaluation): string {
  const names = Object.keys(result.methods);
  const out = new Table({
    head: ['', ...names],
    style: { head: [], border: [] },
    colAligns: ['left', ...names.map(() => 'right' as const)],
  });
  for (const [label, cell] of ROWS) out.push([label, ...names.map((name) => cell(result.methods[name]!))]);
  const { given, used, films } = result.pairs;
  const lists = Object.entries(result.lists).map(
    ([basis, list]) =>
      `Lists, ${basis} (${list.songs} songs): recall@5 ${f(list.recall5)} (${interval(list.interval.recall5)}), recall@50 ${f(list.recall50)} (${interval(list.interval.recall50)}); without picks ${f(list.withoutPicks.recall5)} / ${f(list.withoutPicks.recall50)}; at most ${f(list.ceiling5)} of recall@5`,
  );
  return [
    `${used} of ${given} pairs are in the catalogue (${films} films); coverage over ${result.sampled} songs.`,
    out.toString(),
    ...lists,
  ].join('\n');
}

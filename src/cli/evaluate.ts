/** `music2movie evaluate`: how good the answers are, beside the paper's method, popularity and chance. */

import Table from 'cli-table3';
import type { Command } from 'commander';
import { COMMUNITY_DEFAULTS, type CommunitySettings } from '../engine/matching/community.ts';
import type { Evaluation, MethodFigures } from '../fitting/evaluate.ts';
import type { Change, ReplayRow } from '../fitting/replay.ts';
import { UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';
import { openEngine, wholeBetween } from './options.ts';

interface Options {
  readonly pairs?: string;
  readonly votes?: boolean;
  readonly communities: number;
  readonly seed: number;
  readonly voting?: string;
  readonly catalogue?: string;
  readonly sample: number;
  readonly lists?: string;
  readonly json?: boolean;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('evaluate')
    .description('measure the answers on song–film pairs, beside three simpler methods')
    .option('--pairs <file>', 'CSV with track_id and tmdb_id')
    .option('--votes', 'instead of pairs: replay the votes of made-up communities whose taste is known')
    .option('--communities <n>', 'with --votes: how many', wholeBetween(2, 1000), 60)
    .option('--seed <n>', 'with --votes: other communities', wholeBetween(0, 1_000_000), 23)
    .option('--voting <s,p,a>', 'with --votes: strength, prior and likeness to try')
    .option('--catalogue <dir>', 'the catalogue to ask')
    .option('--sample <n>', 'songs whose five films are taken for coverage', wholeBetween(1, 1_000_000), 2000)
    .option('--lists <file>', 'lists of films by song that nothing was fitted on: TSV with song and film')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nAUC is the mean percentile of the true film among the films of the pairs file (0.5 is chance).',
    )
    .action(async (options: Options) => {
      if ((options.votes ?? false) === (options.pairs !== undefined)) {
        throw new UserError('Say what to measure on: --pairs FILE, or --votes.', { id: 'evaluate.usage' });
      }
      if (options.votes) return replay(io, options);
      const { readPairs } = await import('../fitting/data.ts');
      const { evaluate } = await import('../fitting/evaluate.ts');
      const { readPickLists } = await import('../fitting/pick-lists.ts');
      const pairs = await readPairs(options.pairs!);
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

/** @throws UserError for settings that are none */
function settingsOf(text: string): CommunitySettings {
  const [strength = 0, prior = 0, alike = 2, ...more] = text.split(',').map(Number);
  if (!(strength > 0 && prior > 0 && alike >= -1 && alike < 1) || more.length > 0) {
    throw new UserError(`"${text}" is not strength, prior and likeness, such as 3,3,0.6.`, {
      id: 'evaluate.voting',
    });
  }
  return { ...COMMUNITY_DEFAULTS, strength, prior, alike };
}

async function replay(io: CliIo, { catalogue, communities, seed, voting, json }: Options): Promise<void> {
  const settings = voting === undefined ? COMMUNITY_DEFAULTS : settingsOf(voting);
  const { replayVotes } = await import('../fitting/replay.ts');
  const engine = await openEngine(io, catalogue);
  try {
    const onProgress = json ? () => {} : (text: string) => io.err(`${text}\n`);
    const rows = replayVotes(engine, { communities, seed, settings, onProgress });
    io.out(json ? `${JSON.stringify(rows)}\n` : `${replayTable(rows)}\n`);
  } finally {
    await engine.close();
  }
}

function replayTable(rows: readonly ReplayRow[]): string {
  const out = new Table({
    head: [
      'votes',
      'songs',
      'lists',
      'P@5 before',
      'after',
      'change (95 %)',
      'nDCG@5 before',
      'after',
      'change (95 %)',
    ],
    style: { head: [], border: [] },
  });
  const cells = ({ before, after, difference, interval: around }: Change) => [
    f(before),
    f(after),
    `${f(difference)} (${f(around[0])} to ${f(around[1])})`,
  ];
  for (const { world, songs, lists, precisionAt5, ndcgAt5 } of rows) {
    out.push([world, songs, lists, ...cells(precisionAt5), ...cells(ndcgAt5)]);
  }
  return out.toString();
}

const f = (x: number | undefined) => (x === undefined || Number.isNaN(x) ? '–' : x.toFixed(3));
const interval = ([low, high]: readonly [number, number]) => `${f(low)}–${f(high)}`;

const ROWS: readonly (readonly [string, (figures: MethodFigures) => string])[] = [
  ['AUC', (m) => f(m.auc)],
  ['  95 % interval, by film and artist', (m) => interval(m.interval.auc)],
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

/** What each part is worth: cross-validated with and without it, compared song by song. */
import { seededRandom } from '../shared/random.ts';
import { Corpus } from './corpus.ts';
import type { FitInput } from './input.ts';
import { mean } from './metrics.ts';
import type { FitSettings, Part } from './settings.ts';
import {
  crossValidate,
  type RankedSong,
  STRATA,
  type Stratum,
  summarise,
  type Validation,
} from './validate.ts';

export interface Ablation {
  readonly name: string;
  readonly validation: Validation;
}

const PARTS: readonly Part[] = ['worlds', 'artists', 'artist picks', 'audio', 'genres', 'era'];

/** @param folds which folds to run: one is enough to compare, five for the table */
export function ablations(
  input: FitInput,
  settings: FitSettings,
  day: string,
  folds: readonly number[],
  say: (text: string) => void = () => {},
): Ablation[] {
  const run = (name: string, changed: Partial<FitSettings>): Ablation => {
    say(`${name}…`);
    const corpus = new Corpus(input, { ...settings, ...changed }, day);
    return { name, validation: crossValidate(corpus, folds, say) };
  };
  const epochs = (count: number) => ({ tower: { ...settings.tower, epochs: count } });
  return [
    run('all', {}),
    run('bilinear ridge regression alone', epochs(0)),
    ...PARTS.map((part) => run(`without ${part}`, { without: [part] })),
  ];
}

/** Mean difference of paired songs and its 95 % interval by resampling songs. */
export function pairedDifference(
  a: readonly RankedSong[],
  b: readonly RankedSong[],
  of: (song: RankedSong) => number,
  rounds = 1000,
): { difference: number; interval: [number, number] } {
  const byKey = new Map(b.map((song) => [song.key, song]));
  const differences = a.flatMap((song) => {
    const other = byKey.get(song.key);
    return other ? [of(other) - of(song)] : [];
  });
  const random = seededRandom(3);
  const means = Array.from({ length: rounds }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++)
      sum += differences[Math.floor(random() * differences.length)]!;
    return sum / differences.length;
  }).sort((x, y) => x - y);
  return {
    difference: mean(differences),
    interval: [means[Math.floor(0.025 * rounds)]!, means[Math.ceil(0.975 * rounds) - 1]!],
  };
}

const f = (x: number) => x.toFixed(3);

/** The table in Markdown: recall@50 by stratum, and the paired difference to all. */
export function ablationTable(rows: readonly Ablation[]): string {
  const [all] = rows;
  const cell = (row: Ablation, stratum: Stratum) => {
    const figures = summarise(row.validation[stratum]);
    if (figures.songs === 0) return '–';
    const text = `${f(figures.recall5)} / ${f(figures.recall50)}`;
    if (row === all) return text;
    const { difference, interval } = pairedDifference(
      all!.validation[stratum],
      row.validation[stratum],
      (song) => song.recall50,
    );
    return `${text} (${difference > 0 ? '+' : ''}${f(difference)}, ${f(interval[0])} to ${f(interval[1])})`;
  };
  return [
    `| recall@5 / @50 (difference of @50 with its 95 % interval) | ${STRATA.join(' | ')} |`,
    `|---|${STRATA.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.name} | ${STRATA.map((stratum) => cell(row, stratum)).join(' | ')} |`),
  ].join('\n');
}

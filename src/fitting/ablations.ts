/** What each part of the method is worth: one cross-validation a row. */
import { Corpus, type CorpusInput } from './corpus.ts';
import { crossValidate } from './cross-validate.ts';
import type { FitSettings } from './prepare.ts';

export interface AblationRow {
  readonly name: string;
  readonly auc: number;
  readonly aucEnglish: number;
  readonly dAuc: number;
  readonly dAucEnglish: number;
}

const flat = { genre: 1, language: 1, plot: 1, era: 1, runtime: 0.5, country: 0.7 };

/** Rows of the table: a name and what changes. */
export const ABLATIONS: readonly (readonly [string, Partial<FitSettings>])[] = [
  ['without audio', { without: ['song:audio'] }],
  ["without the song's own genres", { without: ['song:genre'] }],
  ["without the artist's genres", { without: ['song:artist'] }],
  ['audio only', { without: ['song:genre', 'song:artist'] }],
  ['genres only', { without: ['song:audio'] }],
  ['without film genres', { without: ['film:genre'] }],
  ['without language and country', { without: ['film:language', 'film:country'] }],
  ['without plot words', { without: ['film:plot'] }],
  ['without era', { without: ['film:era'] }],
  ['without runtime', { without: ['film:runtime'] }],
  ['without mood', { beta: 0 }],
  ['mood β 0.10', { beta: 0.1 }],
  ['mood β 0.15', { beta: 0.15 }],
  ['mood β 0.25', { beta: 0.25 }],
  ['without extra tracks', { extraWeight: 0 }],
  ['without language examples', { languageWeight: 0 }],
  ['without credits', { creditWeight: 0 }],
  ['without weighting by film', { filmPower: 0 }],
  ['score tracks at full weight', { scoreWeight: 1 }],
  ["all film groups at the notes' scale", { filmWeights: flat, ridgeFilm: 1 }],
  ['32 dimensions', { dims: 32 }],
  ['64 dimensions', { dims: 64 }],
];

export function ablations(
  input: CorpusInput,
  settings: FitSettings,
  day: string,
  say: (text: string) => void,
): AblationRow[] {
  const run = (changes: Partial<FitSettings>) =>
    crossValidate(new Corpus(input, { ...settings, ...changes }, day));
  const whole = run({});
  const rows: AblationRow[] = [
    { name: 'the whole method', auc: whole.auc, aucEnglish: whole.aucEnglish, dAuc: 0, dAucEnglish: 0 },
  ];
  for (const [name, changes] of ABLATIONS) {
    const { auc, aucEnglish } = run(changes);
    rows.push({ name, auc, aucEnglish, dAuc: auc - whole.auc, dAucEnglish: aucEnglish - whole.aucEnglish });
    say(`${name}: ${auc.toFixed(3)} / ${aucEnglish.toFixed(3)}`);
  }
  return rows;
}

export function ablationTable(rows: readonly AblationRow[]): string {
  const signed = (x: number) => `${x >= 0 ? '+' : '−'}${Math.abs(x).toFixed(3)}`;
  const body = rows.map(
    (row, i) =>
      `| ${row.name} | ${row.auc.toFixed(3)} | ${row.aucEnglish.toFixed(3)} | ${i === 0 ? '' : signed(row.dAuc)} | ${i === 0 ? '' : signed(row.dAucEnglish)} |`,
  );
  return [
    '| cross-validated | AUC | English | change | change, English |',
    '|---|---|---|---|---|',
    ...body,
  ].join('\n');
}

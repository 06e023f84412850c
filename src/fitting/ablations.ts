/** What each part of the method is worth: one cross-validation a row. */
import { Corpus, type CorpusInput } from './corpus.ts';
import { crossValidate } from './cross-validate.ts';
import { withPlainNames } from './plain-names.ts';
import type { FitSettings } from './prepare.ts';
import type { VisualRows } from './visual.ts';

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
  ["without the artist's soundtracks", { without: ['song:soundtracks'] }],
  ['without the words of its names', { without: ['song:names'] }],
  ['without soundtracks and names', { without: ['song:soundtracks', 'song:names'] }],
  ['audio only', { without: ['song:genre', 'song:artist', 'song:soundtracks', 'song:names'] }],
  ["the artist's soundtracks only", { without: ['song:audio', 'song:genre', 'song:artist', 'song:names'] }],
  ['without film genres', { without: ['film:genre'] }],
  ['without language and country', { without: ['film:language', 'film:country'] }],
  ['without plot words', { without: ['film:plot'] }],
  ['without era', { without: ['film:era'] }],
  ['without runtime', { without: ['film:runtime'] }],
  ['without mood', { beta: 0 }],
  ['mood β 0.10', { beta: 0.1 }],
  ['mood β 0.20', { beta: 0.2 }],
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

/** Weights at which each kind of poster feature is added. */
const VISUAL_WEIGHTS = [0.25, 0.5, 1, 2];

type Figures = Pick<AblationRow, 'auc' | 'aucEnglish'>;

const rowOf = (name: string, { auc, aucEnglish }: Figures, beside: Figures): AblationRow => ({
  name,
  auc,
  aucEnglish,
  dAuc: auc - beside.auc,
  dAucEnglish: aucEnglish - beside.aucEnglish,
});

const spoken = (name: string, { auc, aucEnglish }: Figures) =>
  `${name}: ${auc.toFixed(3)} / ${aucEnglish.toFixed(3)}`;

/** What posters are worth: each kind alone, on the films that have one, and added to everything. */
export function visualAblations(
  input: CorpusInput,
  settings: FitSettings,
  kinds: readonly VisualRows[],
  day: string,
  say: (text: string) => void,
): AblationRow[] {
  const rows: AblationRow[] = [];
  const add = (
    name: string,
    changes: Partial<FitSettings>,
    beside?: Figures,
    only?: (filmId: number) => boolean,
  ): Figures => {
    const figures = crossValidate(new Corpus(input, { ...settings, ...changes }, day), only && { only });
    say(spoken(name, figures));
    rows.push(rowOf(name, figures, beside ?? figures));
    return figures;
  };
  // While posters are looked at alone, every other group stands aside.
  const without = Object.keys(settings.filmWeights).map((name) => `film:${name}`);
  const chance = { auc: 0.5, aucEnglish: 0.5 };
  for (const kind of kinds) {
    const alone = { visual: { ...kind, weight: 1 }, without, beta: 0 };
    add(`${kind.name} alone (films with one; beside chance)`, alone, chance, (id) => kind.rows.has(id));
  }
  const whole = add('the whole method, no posters', {});
  for (const kind of kinds)
    for (const weight of VISUAL_WEIGHTS)
      add(`${kind.name} added, weight ${weight}`, { visual: { ...kind, weight } }, whole);
  return rows;
}

export function ablations(
  input: CorpusInput,
  settings: FitSettings,
  day: string,
  say: (text: string) => void,
): AblationRow[] {
  const run = (changes: Partial<FitSettings>, data = input) =>
    crossValidate(new Corpus(data, { ...settings, ...changes }, day));
  const whole = run({});
  const rows = [rowOf('the whole method', whole, whole)];
  const add = (name: string, figures: Figures) => {
    rows.push(rowOf(name, figures, whole));
    say(spoken(name, figures));
  };
  // Many pairs were found by such names, so that these words are worth more here than elsewhere.
  add('names that do not speak of films', run({}, withPlainNames(input)));
  for (const [name, changes] of ABLATIONS) add(name, run(changes));
  return rows;
}

export function ablationTable(rows: readonly AblationRow[]): string {
  const signed = (x: number) => (x === 0 ? '' : `${x > 0 ? '+' : '−'}${Math.abs(x).toFixed(3)}`);
  const body = rows.map(
    (row) =>
      `| ${row.name} | ${row.auc.toFixed(3)} | ${row.aucEnglish.toFixed(3)} | ${signed(row.dAuc)} | ${signed(row.dAucEnglish)} |`,
  );
  return [
    '| cross-validated | AUC | English | change | change, English |',
    '|---|---|---|---|---|',
    ...body,
  ].join('\n');
}

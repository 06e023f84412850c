/** A whole fit: cross-validated, calibrated, fitted on everything, and described. */
import type { ModelParts } from '../engine/model/model.ts';
import { fitLogistic, labelled, reliability } from './calibrate.ts';
import { Corpus, type CorpusInput } from './corpus.ts';
import { type CrossValidation, crossValidate, FOLDS } from './cross-validate.ts';
import { fitModel } from './fit.ts';
import type { FitSettings } from './prepare.ts';

export interface FittedModel {
  readonly parts: ModelParts;
  readonly validation: CrossValidation;
  readonly withheld: CrossValidation;
  readonly reliability: ReturnType<typeof reliability>;
  readonly correlations: readonly number[];
  readonly examples: Readonly<Record<string, number>>;
  readonly settings: FitSettings;
}

/** @param day the day to note in the model */
export function fitAndCalibrate(
  input: CorpusInput,
  settings: FitSettings,
  day: string,
  say: (text: string) => void = () => {},
): FittedModel {
  const corpus = new Corpus(input, settings, day);
  say(`${corpus.examples.length} examples. Cross-validating over ${FOLDS} folds of films…`);
  const validation = crossValidate(corpus, { ranks: true });
  const withheld = crossValidate(corpus, { withheld: true });
  const data = labelled(validation.pairs);
  const calibration = fitLogistic(data);
  say('Fitting on every example…');
  const { parts, correlations } = fitModel(corpus);
  const examples: Record<string, number> = {};
  for (const { kind } of corpus.examples) examples[kind] = (examples[kind] ?? 0) + 1;
  return {
    parts: { ...parts, spec: { ...parts.spec, calibration } },
    validation,
    withheld,
    reliability: reliability(data, calibration),
    correlations,
    examples,
    settings,
  };
}

const f = (x: number, digits = 3) => x.toFixed(digits);
const span = ([low, high]: readonly [number, number]) => `${f(low)}–${f(high)}`;

/** The model card, in Markdown. */
export function modelCard(fitted: FittedModel, input: CorpusInput): string {
  const { validation: v, withheld: w, parts, settings } = fitted;
  const { spec } = parts;
  return `# Model card

Written by \`npx music2movie fit\` on ${spec.fittedAt}. What it is and how it was chosen: \`docs/MATCHING.md\`.

**What it does.** Puts a song and a film into one space of ${spec.dims} content and 3 mood dimensions; their cosine, calibrated, is the match score.

**Learned from.** ${input.songs.length.toLocaleString('en')} songs and ${input.films.length.toLocaleString('en')} films (statistics, words), and ${Object.entries(
    fitted.examples,
  )
    .map(([kind, count]) => `${count.toLocaleString('en')} ${kind}s`)
    .join(
      ', ',
    )} as examples: pairs are songs on a film's soundtrack, extras the same for tracks without labels of their own, credits an artist's mean song for credits without a recording.

**Split.** By film, ${FOLDS} folds; a test song, matched by title and artist too, never stands in its training fold. Films kept apart by others to judge the result were never seen.

| by-film cross-validation, ${v.pairs.length.toLocaleString('en')} pairs | value | 95 % interval, by film |
|---|---|---|
| AUC, percentile of the true film among the fold's | ${f(v.auc)} | ${span(v.interval.auc)} |
| AUC, English films only | ${f(v.aucEnglish)} | ${span(v.interval.aucEnglish)} |
| recall@100 of ${input.films.length.toLocaleString('en')} films | ${f(v.recall100)} | ${span(v.interval.recall100)} |
| AUC, the song's genres withheld | ${f(w.auc)} | ${span(w.interval.auc)} |
| AUC, genres withheld, English | ${f(w.aucEnglish)} | ${span(w.interval.aucEnglish)} |

**Score.** \`score = 1 / (1 + exp(−(${spec.calibration.slope}·similarity ${spec.calibration.intercept < 0 ? '−' : '+'} ${Math.abs(spec.calibration.intercept)})))\`, fitted on the held-out pairs and as many drawn ones: the chance that, of a true and a drawn soundtrack film, this is the true one. Expected calibration error ${f(fitted.reliability.error)}.

| score | pairs | mean score | true |
|---|---|---|---|
${fitted.reliability.rows.map((row) => `| ${f(row.from, 1)}–${f(row.to, 1)} | ${row.pairs} | ${f(row.meanScore, 2)} | ${f(row.observed, 2)} |`).join('\n')}

**Settings.** ridge ${settings.ridgeSong} (song), ${settings.ridgeFilm} (film); mood β ${settings.beta}; weights ${JSON.stringify(settings.filmWeights)}; text: ${spec.film.terms.toLocaleString('en')} terms in ${spec.film.textDims} dimensions. First canonical correlations ${fitted.correlations
    .slice(0, 5)
    .map((x) => f(x, 2))
    .join(', ')}.

**Limits.** Soundtracks say which songs stand in which films, not what listeners would enjoy. English-language, recent and well-known films weigh most. Much of what the model tells apart is language and era. The mood channel rests on a hand-made table of genres and a word list for English overviews. The song labels of the data set are partly wrong (\`data/README.md\`).

**Data terms.** Fitted on the Spotify Tracks Dataset (ODbL 1.0) and the TMDb Movies Dataset (ODC-By; TMDB asks for a written agreement for machine learning on its data). See \`data/README.md\` before any use that is not your own or not non-commercial.`;
}

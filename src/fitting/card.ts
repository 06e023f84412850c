/** A whole fit: learned, calibrated, and described. */
import { Model, type ModelParts } from '../engine/model/model.ts';
import { type Calibration, fitScore, judgedPairs, reliability, withSoundIntercept } from './calibrate.ts';
import { Corpus } from './corpus.ts';
import { fitModel } from './fit.ts';
import type { FitInput } from './input.ts';
import type { FitSettings } from './settings.ts';

/** Judged pairs below this number calibrate nothing. */
const LEAST_JUDGED = 100;

export interface FittedModel {
  readonly parts: ModelParts;
  readonly judged: number;
  readonly reliability: ReturnType<typeof reliability> | null;
  readonly counts: { readonly entries: number; readonly picks: number; readonly films: number };
}

/** @param day the day to note in the model */
export function fitAndCalibrate(
  input: FitInput,
  settings: FitSettings,
  day: string,
  say: (text: string) => void = () => {},
): FittedModel {
  const corpus = new Corpus(input, settings, day, say);
  const { model, parts } = fitModel(corpus, corpus.entries, say);
  const judged = judgedPairs(corpus, model, input.judgements);
  const { spec } = parts;
  const calibration: Calibration =
    judged.length < LEAST_JUDGED
      ? { calibration: spec.calibration, picks: spec.picks, relevance: spec.relevance }
      : withSoundIntercept(fitScore(judged), judgedPairs(corpus, model, input.judgements, true));
  say(`${judged.length} judged pairs calibrate the score.`);
  return {
    parts: { ...parts, spec: { ...spec, ...calibration } },
    judged: judged.length,
    reliability: judged.length < LEAST_JUDGED ? null : reliability(judged, calibration),
    counts: {
      entries: corpus.entries.length,
      picks: corpus.entries.reduce((sum, { films }) => sum + films.length, 0),
      films: corpus.films.length,
    },
  };
}

/** Writes a fitted model; returns its id. */
export function saveModel(dir: string, fitted: FittedModel): Promise<string> {
  return Model.save(dir, fitted.parts);
}

const f = (x: number, digits = 3) => x.toFixed(digits);
const whole = (x: number) => x.toLocaleString('en');

/** The model card, in Markdown. */
export function modelCard(fitted: FittedModel, input: FitInput, settings: FitSettings): string {
  const { parts, counts } = fitted;
  const { spec } = parts;
  const { slope, ceiling, fade, intercepts } = spec.calibration;
  return `# Model card

Written by \`npx music2movie fit\` on ${spec.fittedAt}. What it is and how it was chosen: \`docs/MATCHING.md\`.

**What it does.** Puts a song and a film into one space of ${spec.dims} dimensions; their dot product says how likely a knowledgeable friend would pick the film for the song.

**Learned from.** ${whole(counts.picks)} picks by ${whole(counts.entries)} described songs and artists among ${whole(counts.films)} films, and ${whole(input.feel.films.size)} described films (\`data/feel/\`): written from general knowledge with a language model, rated by further passes of one, not by listeners. Statistics of ${whole(input.songs.length)} songs and ${whole(input.films.length)} films.

**Text.** ${spec.film.terms === 0 ? 'None.' : `${whole(spec.film.terms)} terms of titles, overviews, taglines and keywords, in ${spec.film.textBlocks.join(' + ')} dimensions.`}

**Score.** \`1 / (1 + exp(−(${slope}·(z + pick·(1 − ${fade}·z)) + c)))\` with z the film's standing among well-known films for this song in standard deviations, bent below a ceiling of ${ceiling}, pick ${spec.picks.own} for the song's own pick and ${spec.picks.artist} for its artist's, and c = ${intercepts.described} for described songs, ${intercepts.artist} from the artist, ${intercepts.sound} from the sound. Readers' grades (no, half, fit, best) add ${spec.relevance.song.join(', ')} to what is multiplied by ${slope}, those of the artist's films ${spec.relevance.artist.join(', ')}. ${
    fitted.reliability === null
      ? 'Not calibrated yet: too few judged pairs.'
      : `Calibrated on ${whole(fitted.judged)} judged pairs; expected calibration error ${f(fitted.reliability.error)}.

| score | pairs | mean score | judged fitting |
|---|---|---|---|
${fitted.reliability.rows.map((row) => `| ${f(row.from, 1)}–${f(row.to, 1)} | ${row.pairs} | ${f(row.meanScore, 2)} | ${f(row.observed, 2)} |`).join('\n')}`
  }

**Settings.** ${JSON.stringify(settings)}

**Limits.** One model's taste and knowledge, English-leaning, surest about famous songs and films. What it says of obscure works rests on labels, sound and facts.

**Data terms.** Fitted on the Spotify Tracks Dataset (ODbL 1.0) and the TMDb Movies Dataset (ODC-By; TMDB asks for a written agreement for machine learning on its data; \`--no-text\` learns nothing from its texts). See \`data/README.md\`.`;
}

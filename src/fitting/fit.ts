/** One fit: entries → predictors, towers, statistics → a model that can be applied. */
import { audioScores, genreShares, placesOf, songVector, yearBumps } from '../engine/model/features.ts';
import { Model, type ModelParts } from '../engine/model/model.ts';
import { placeSong } from '../engine/model/song-tower.ts';
import { predictedSongDims, songGroups, soundDims } from '../engine/model/spec.ts';
import { quantiseRows } from '../engine/model/weights.ts';
import { type Corpus, type Entry, KNOWN_VOTES } from './corpus.ts';
import { dampHubs } from './hubs.ts';
import { ridge } from './linear.ts';
import { type TowerExample, type Towers, times, trainTowers } from './tower.ts';

/** Parts that the predictions for training songs are cross-fitted over. */
const INNER_FOLDS = 4;

export interface Fitted {
  readonly model: Model;
  readonly parts: ModelParts;
}

/** Strengths and year bumps of an entry, as predictor targets. */
function targetOf(corpus: Corpus, entry: Entry): Float64Array {
  const { terms, worlds, year } = entry.described;
  return Float64Array.from([...terms, ...worlds, ...yearBumps(year, corpus.spec.film, corpus.eraMean)]);
}

type Predictor = { readonly mean: Float64Array; readonly coefficients: Float64Array };

function fitSound(corpus: Corpus, entries: readonly Entry[]): Predictor {
  return ridge(
    {
      x: entries.map((entry) => corpus.soundRow(entry)),
      y: entries.map((entry) => targetOf(corpus, entry)),
      weights: entries.map(({ described }) => described.confidence / 3),
    },
    soundDims(corpus.spec),
    corpus.settings.soundPenalty,
  );
}

function predict(corpus: Corpus, predictor: Predictor, entry: Entry): Float64Array {
  const width = predictor.mean.length;
  const out = Float64Array.from(predictor.mean);
  const { indices, values } = corpus.soundRow(entry);
  for (let a = 0; a < indices.length; a++) {
    const at = indices[a]! * width;
    for (let d = 0; d < width; d++) out[d]! += values[a]! * predictor.coefficients[at + d]!;
  }
  return out.map((value) => Math.min(1, Math.max(0, value)));
}

/** The song vector of an entry under given strengths and bumps. */
function vectorOf(corpus: Corpus, entry: Entry, profile: ArrayLike<number>): Float64Array {
  const { spec, settings } = corpus;
  const terms = spec.feel.terms.length;
  const worlds = spec.feel.worlds.length;
  const values = Float64Array.from(profile);
  const { without } = settings;
  if (without.includes('worlds')) values.fill(0, terms, terms + worlds);
  if (without.includes('era')) values.set(corpus.eraMean, terms + worlds);
  const audio = audioScores(entry.song, spec);
  const genres = genreShares(entry.genres, spec.song.genres.length);
  if (without.includes('audio')) audio.fill(0);
  if (without.includes('genres')) genres.fill(0);
  return songVector(
    {
      terms: values.subarray(0, terms),
      worlds: values.subarray(terms, terms + worlds),
      bumps: values.subarray(terms + worlds),
      genres,
      audio,
    },
    spec,
    placesOf(songGroups(spec)),
    corpus.space,
  );
}

/** Songs that hubs are looked for in. */
const HUB_SONGS = 1500;

/** Evenly drawn examples. */
export function someOf(examples: readonly TowerExample[]): TowerExample[] {
  const every = Math.max(1, Math.floor(examples.length / HUB_SONGS));
  return examples.filter((_, i) => i % every === 0);
}

/** Films in the shared space, films × dims: what their facts give, plus what was learned of them. */
function wholeVectors({ filmVectors, settings }: Corpus, { film, learned }: Towers): Float32Array {
  const { dims } = settings.tower;
  const out = Float32Array.from(learned);
  for (const [f, vector] of filmVectors.entries()) {
    const place = times(vector, film, dims);
    for (let d = 0; d < dims; d++) out[f * dims + d]! += place[d]!;
  }
  return out;
}

/** A small hash that divides artists into parts, the same on every machine. */
export function partOf(artist: string, parts: number): number {
  let hash = 2166136261;
  for (let i = 0; i < artist.length; i++) hash = Math.imul(hash ^ artist.charCodeAt(i), 16777619);
  return (hash >>> 0) % parts;
}

/**
 * Training examples: each entry as it is described; each that a data set holds once more as it looks undescribed;
 * and each song of a described artist as it looks with its artist's profile alone.
 */
export function trainingExamples(corpus: Corpus, entries: readonly Entry[]): TowerExample[] {
  const { settings, spec } = corpus;
  const heard = entries.filter((entry) => entry.heard);
  const predicted = new Map<Entry, Float64Array>();
  for (let part = 0; part < INNER_FOLDS; part++) {
    const inside = (entry: Entry) => partOf(entry.artist, INNER_FOLDS) === part;
    const predictor = fitSound(
      corpus,
      heard.filter((entry) => !inside(entry)),
    );
    for (const entry of heard) if (inside(entry)) predicted.set(entry, predict(corpus, predictor, entry));
  }
  const known = new Set(entries);
  const examples: TowerExample[] = [];
  for (const entry of entries) {
    if (entry.films.length === 0) continue;
    const weight =
      (entry.kind === 'artist' ? settings.artistWeight : 1) *
      (entry.described.confidence > 1 ? 1 : settings.guessWeight);
    const { films } = entry;
    examples.push({ x: vectorOf(corpus, entry, targetOf(corpus, entry)), films, weight });
    const guess = predicted.get(entry);
    if (!guess) continue;
    examples.push({ x: vectorOf(corpus, entry, guess), films, weight: settings.soundWeight * weight });
    const artist = corpus.artistOf(entry);
    if (entry.kind === 'song' && artist && known.has(artist)) {
      const borrowed = borrowedProfile(targetOf(corpus, artist), guess, spec.song.soundShare);
      examples.push({ x: vectorOf(corpus, entry, borrowed), films, weight: settings.soundWeight * weight });
    }
  }
  return examples;
}

/** An artist's profile moved by what the song itself leads one to expect. */
function borrowedProfile(
  artist: ArrayLike<number>,
  predicted: ArrayLike<number>,
  share: number,
): Float64Array {
  return Float64Array.from(
    { length: artist.length },
    (_, i) => (1 - share) * artist[i]! + share * predicted[i]!,
  );
}

/**
 * Fits a model on some entries (all of the corpus's, or a training fold).
 */
export function fitModel(
  corpus: Corpus,
  entries: readonly Entry[] = corpus.entries,
  say: (text: string) => void = () => {},
): Fitted {
  const { settings, spec, films, filmVectors, input } = corpus;
  const sound = fitSound(
    corpus,
    entries.filter((entry) => entry.heard),
  );
  const examples = trainingExamples(corpus, entries);
  say(`${examples.length} training examples.`);
  const towers = trainTowers(examples, filmVectors, settings.tower, say);
  const { dims } = settings.tower;
  const whole = wholeVectors(corpus, towers);
  dampHubs(
    someOf(examples).map(({ x }) => placeSong(x, towers.song, dims).vector),
    whole,
    towers.bias,
    dims,
  );
  // Learned vectors, of the films that somebody picked, by ascending id.
  const rows = [...films.keys()].filter((f) =>
    towers.learned.subarray(f * dims, (f + 1) * dims).some((x) => x !== 0),
  );
  const learned = new Float32Array(rows.length * dims);
  for (const [row, f] of rows.entries())
    learned.set(towers.learned.subarray(f * dims, (f + 1) * dims), row * dims);
  const packed = quantiseRows(learned, rows.length, dims);
  const width = predictedSongDims(spec);
  const soundRows = quantiseRows(sound.coefficients, soundDims(spec), width);
  const places = films.map((film, f) => ({
    vector: whole.subarray(f * dims, (f + 1) * dims),
    bias: towers.bias[f]!,
    votes: film.votes,
  }));
  const statistics = catalogueStatistics(
    places.filter(({ votes }) => votes >= KNOWN_VOTES),
    dims,
  );
  const parts: ModelParts = {
    spec: {
      ...spec,
      bias: towers.unpicked,
      scale: Number((1.02 * longest(places)).toPrecision(5)),
      film: { ...spec.film, learned: rows.length },
    },
    terms: input.text.terms,
    grams: corpus.grams,
    weights: {
      song: towers.song.linear,
      songHidden: towers.song.hidden,
      songHiddenBias: towers.song.hiddenBias,
      songOutput: towers.song.output,
      film: towers.film,
      learnedScale: packed.scale,
      learnedBias: Float32Array.from(rows, (f) => towers.bias[f]!),
      idf: input.text.idf,
      rowScale: input.text.rowScale,
      gramIdf: Float32Array.from(corpus.gramIdf),
      soundScale: soundRows.scale,
      soundMean: Float32Array.from(sound.mean),
      facts: Float32Array.from(corpus.facts.coefficients),
      factMean: Float32Array.from(corpus.facts.mean),
      termIdf: Float32Array.from(corpus.space.termIdf),
      worldIdf: Float32Array.from(corpus.space.worldIdf),
      smoothing: Float32Array.from(corpus.space.smoothing),
      filmMean: Float32Array.from(corpus.space.filmMean),
      eraMean: Float32Array.from(corpus.eraMean),
      catalogueMean: statistics.mean,
      catalogueCovariance: statistics.covariance,
      learnedIds: Int32Array.from(rows, (f) => films[f]!.id),
      learned: packed.bytes,
      rows: input.text.rows,
      sound: soundRows.bytes,
    },
  };
  return { model: new Model(parts), parts };
}

interface PlacedFilm {
  readonly vector: Float32Array;
  readonly bias: number;
  readonly votes: number;
}

function longest(films: readonly PlacedFilm[]): number {
  let most = 0;
  for (const { vector, bias, votes } of films) {
    let squares = bias * bias + (Math.log10(1 + votes) - Math.log10(501)) ** 2;
    for (const value of vector) squares += value * value;
    if (squares > most) most = squares;
  }
  return Math.sqrt(most);
}

/** Mean and covariance of [vector, bias]. */
function catalogueStatistics(
  films: readonly PlacedFilm[],
  dims: number,
): { mean: Float32Array; covariance: Float32Array } {
  const width = dims + 1;
  const mean = new Float64Array(width);
  const at = (film: PlacedFilm, d: number) => (d < dims ? film.vector[d]! : film.bias);
  for (const film of films) for (let d = 0; d < width; d++) mean[d]! += at(film, d) / films.length;
  const covariance = new Float64Array(width * width);
  for (const film of films) {
    for (let i = 0; i < width; i++) {
      const a = (at(film, i) - mean[i]!) / films.length;
      for (let j = 0; j < width; j++) covariance[i * width + j]! += a * (at(film, j) - mean[j]!);
    }
  }
  return { mean: Float32Array.from(mean), covariance: Float32Array.from(covariance) };
}

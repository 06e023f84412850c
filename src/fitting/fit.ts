/** One fit: examples → canonical correlations → a model that can be applied. */

import type { Matrix } from 'ml-matrix';
import { addScaled } from '../engine/model/features.ts';
import { Model, type ModelParts } from '../engine/model/model.ts';
import { fitCca } from './cca.ts';
import type { Corpus, Example } from './corpus.ts';
import { weightedMean } from './matrix.ts';
import type { Held } from './soundtracks.ts';

function flatten(m: Matrix): Float32Array {
  const out = new Float32Array(m.rows * m.columns);
  for (let i = 0; i < m.rows; i++) for (let j = 0; j < m.columns; j++) out[i * m.columns + j] = m.get(i, j);
  return out;
}

/**
 * Fits the projections on the given examples (all of the corpus's, or a training fold).
 *
 * @param held films whose soundtracks the model must not know
 */
export function fitModel(
  corpus: Corpus,
  examples: readonly Example[] = corpus.examples,
  held: Held = () => false,
): { model: Model; parts: ModelParts; correlations: readonly number[] } {
  const { settings, base } = corpus;
  const films = examples.map(({ filmId }) => corpus.filmVector(corpus.filmById.get(filmId)!));
  const weights = examples.map(({ weight }) => weight);
  const mean = weightedMean(films, weights);
  const cca = fitCca(
    { x: songVectors(corpus, examples, mean, held), y: films, weights },
    {
      dims: settings.dims,
      ridgeX: settings.ridgeSong,
      ridgeY: settings.ridgeFilm,
      correlationPower: settings.correlationPower,
    },
  );
  const { artists, table } = corpus.soundtracks.table(mean, (artist) => corpus.artists.has(artist), held);
  const { spec } = base;
  const parts: ModelParts = {
    spec: {
      ...spec,
      song: { ...spec.song, soundtracks: { ...spec.song.soundtracks, artists: artists.length } },
    },
    terms: corpus.input.text.terms,
    songTerms: corpus.input.songText.terms,
    artists,
    weights: {
      ...base.weights,
      song: flatten(cca.wx),
      film: flatten(cca.wy),
      songMean: Float32Array.from(cca.meanX),
      filmMean: Float32Array.from(cca.meanY),
      artistFilms: Float32Array.from(table.films),
      artistScale: Float32Array.from(table.scale),
      artistRows: table.rows,
    },
  };
  return { model: new Model(parts), parts, correlations: cca.correlations };
}

/** Each example's song with its artists' soundtracks, its own film left out: else the model would learn to look it up. */
function songVectors(
  corpus: Corpus,
  examples: readonly Example[],
  mean: Float64Array,
  held: Held,
): Float64Array[] {
  if (corpus.settings.without.includes('song:soundtracks')) return examples.map(({ x }) => x);
  const { from } = corpus.base.songGroups.find(({ name }) => name === 'soundtracks')!;
  const { weight, prior } = corpus.base.spec.song.soundtracks;
  return examples.map(({ x, artists, filmId }) => {
    const profile = corpus.soundtracks.profile(artists, filmId, mean, prior, held);
    const vector = x.slice();
    addScaled(vector, from, profile, weight);
    return vector;
  });
}

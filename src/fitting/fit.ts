/** One fit: examples → canonical correlations → a model that can be applied. */

import type { Matrix } from 'ml-matrix';
import { Model, type ModelParts } from '../engine/model/model.ts';
import { fitCca } from './cca.ts';
import type { Corpus, Example } from './corpus.ts';

function flatten(m: Matrix): Float32Array {
  const out = new Float32Array(m.rows * m.columns);
  for (let i = 0; i < m.rows; i++) for (let j = 0; j < m.columns; j++) out[i * m.columns + j] = m.get(i, j);
  return out;
}

/** Fits the projections on the given examples (all of the corpus's, or a training fold). */
export function fitModel(
  corpus: Corpus,
  examples: readonly Example[] = corpus.examples,
): { model: Model; parts: ModelParts; correlations: readonly number[] } {
  const { settings, base } = corpus;
  const cca = fitCca(
    {
      x: examples.map((example) => example.x),
      y: examples.map((example) => corpus.filmVector(corpus.filmById.get(example.filmId)!)),
      weights: examples.map((example) => example.weight),
    },
    {
      dims: settings.dims,
      ridgeX: settings.ridgeSong,
      ridgeY: settings.ridgeFilm,
      correlationPower: settings.correlationPower,
    },
  );
  const parts: ModelParts = {
    spec: base.spec,
    terms: corpus.input.text.terms,
    weights: {
      ...base.weights,
      song: flatten(cca.wx),
      film: flatten(cca.wy),
      songMean: Float32Array.from(cca.meanX),
      filmMean: Float32Array.from(cca.meanY),
    },
  };
  return { model: new Model(parts), parts, correlations: cca.correlations };
}

/** Visual features of films: their posters' embeddings, projected, with plain colour features beside them. */
import { ConfigurationError } from '../../shared/errors.ts';
import type { Colours } from './decode.ts';
import { type EmbedOptions, type EmbedReport, embedPosters, type PosterFilm, posterKey } from './embed.ts';
import type { NetworkIdentity } from './network.ts';
import { applyProjection, type FitOptions, fitProjection, type Projection } from './projection.ts';
import type { EmbeddingStore } from './store.ts';

export interface VisualOptions extends EmbedOptions {
  /** The model's projection; fitted on these films' posters where absent. */
  readonly projection?: Projection;
  /** How to fit, where no projection is given. */
  readonly fit?: FitOptions;
}

/** What is known of a film by its poster. */
export interface VisualRow {
  /** `projection.dims` numbers, of length 1 at most; of unit variance each where the projection whitens. */
  readonly vector: Float32Array;
  readonly colours: Colours;
}

export interface VisualFeatures {
  /** By film id, only films whose poster gave features, in the order of the films. */
  readonly rows: ReadonlyMap<number, VisualRow>;
  /** Null where there are no visual features. */
  readonly projection: Projection | null;
  readonly report: EmbedReport | null;
  /** One sentence for the person at the command line, where there are no visual features. */
  readonly note: string | null;
}

/**
 * Computes the visual features of films. Only what the store lacks is computed; killed at any moment and run
 * again, it gives the same. Without a network file it says so in `note` and gives no rows.
 *
 * @throws ConfigurationError when the network is there but unusable, or not the one of the projection
 */
export async function visualFeatures(
  films: readonly PosterFilm[],
  options: VisualOptions,
): Promise<VisualFeatures> {
  let embedded: Awaited<ReturnType<typeof embedPosters>>;
  try {
    embedded = await embedPosters(films, options);
  } catch (error) {
    if (error instanceof ConfigurationError && error.id === 'visual.model-missing')
      return without(
        `${error.message} The films go without visual features. ${error.hint ?? ''}`.trim(),
        null,
      );
    throw error;
  }
  const { store, identity, report } = embedded;
  try {
    const { projection = fitOn(films, store, identity, options.fit) } = options;
    if (!projection) return without('Too few posters for visual features.', report);
    checkSame(projection.network, identity);
    const rows = new Map<number, VisualRow>();
    for (const film of films) {
      const embedding = store.get(posterKey(film));
      if (!embedding) continue;
      rows.set(film.id, {
        vector: applyProjection(projection, embedding.features),
        colours: embedding.colours,
      });
    }
    return { rows, projection, report, note: null };
  } finally {
    await store.close();
  }
}

/** Fits on the films in the order of their ids, so that a table's order does not matter. */
function fitOn(
  films: readonly PosterFilm[],
  store: EmbeddingStore,
  identity: NetworkIdentity,
  options: FitOptions = {},
): Projection | null {
  const known = films.filter((film) => store.has(posterKey(film))).sort((a, b) => a.id - b.id);
  if (known.length < 2) return null;
  const { sample = 3000 } = options;
  const taken = Math.min(sample, known.length);
  const rows = Array.from(
    { length: taken },
    (_, i) => known[Math.floor((i * known.length) / taken)]!,
  ).flatMap((film) => store.get(posterKey(film))?.features ?? []);
  return fitProjection(rows, identity, options);
}

function checkSame(fitted: NetworkIdentity, used: NetworkIdentity): void {
  const same = (['sha256', 'side', 'width', 'scaling'] as const).every((key) => fitted[key] === used[key]);
  if (same) return;
  throw new ConfigurationError('The image network is not the one that the model was fitted with.', {
    id: 'visual.mixed',
    hint: `The model wants the network with sha256 ${fitted.sha256} and pictures of ${fitted.side} pixels.`,
  });
}

function without(note: string, report: EmbedReport | null): VisualFeatures {
  return { rows: new Map(), projection: null, report, note };
}

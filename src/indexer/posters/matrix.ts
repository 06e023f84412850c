/** Raw features for trying visual groups in the fit: nothing projected, nothing scaled. */
import type { Colours } from './decode.ts';
import { type EmbedOptions, embedPosters, type PosterFilm, posterKey } from './embed.ts';

export interface PosterMatrix {
  /** Films whose poster gave features at every size, in the order given. */
  readonly ids: readonly number[];
  /** By input size: one row of pooled features per id. */
  readonly features: ReadonlyMap<number, readonly Float32Array[]>;
  /** One per id, measured at the first size. */
  readonly colours: readonly Colours[];
}

/**
 * The pooled features of films' posters at several input sizes.
 *
 * @param sides such as [224, 32]; all rows are held in memory (5 KB a film and size)
 */
export async function posterMatrix(
  films: readonly PosterFilm[],
  sides: readonly number[],
  options: Omit<EmbedOptions, 'side'>,
): Promise<PosterMatrix> {
  const bySide = new Map<number, Map<number, { features: Float32Array; colours: Colours }>>();
  for (const side of sides) {
    const { store } = await embedPosters(films, { ...options, side });
    bySide.set(
      side,
      new Map(
        films.flatMap((film) => {
          const embedding = store.get(posterKey(film));
          return embedding ? [[film.id, embedding] as const] : [];
        }),
      ),
    );
    await store.close();
  }
  const ids = films.map(({ id }) => id).filter((id) => sides.every((side) => bySide.get(side)!.has(id)));
  const row = (side: number, id: number) => bySide.get(side)!.get(id)!;
  return {
    ids,
    features: new Map(sides.map((side) => [side, ids.map((id) => row(side, id).features)])),
    colours: ids.map((id) => row(sides[0]!, id).colours),
  };
}

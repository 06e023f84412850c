import { clip } from './numbers.ts';
import type { ModelSpec } from './spec.ts';

/**
 * The popularity coordinate of a film, 0…`scale`: log votes times the weighted rating
 * WR = (V·R + V₀·R₀)/(V + V₀), so that three votes of 10 do not make a classic.
 */
export function popularityCoordinate(votes: number, rating: number, p: ModelSpec['popularity']): number {
  const weighted = (votes * rating + p.priorVotes * p.priorRating) / (votes + p.priorVotes);
  return p.scale * clip(Math.log10(1 + votes) / 3, 0, 1) * clip((weighted - 3) / 5, 0, 1);
}

/** The query angle for the mainstream knob, 0 (hidden gems) … 0.5 (the default) … 1 (well known). */
export function mainstreamAngle(mainstream: number, angles: ModelSpec['mainstream']): number {
  const m = clip(mainstream, 0, 1);
  return m < 0.5
    ? angles.hidden + (angles.standard - angles.hidden) * (m / 0.5)
    : angles.standard + (angles.known - angles.standard) * ((m - 0.5) / 0.5);
}

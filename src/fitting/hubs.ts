/**
 * No film answers everything: films that stand among the first five of too many songs get a lower bias, a little at a
 * time, until none does (popularity bias of nearest neighbours; Radovanović et al. 2010).
 */
import { TopItems } from '../shared/top-items.ts';

export interface HubSettings {
  /** Largest share of songs that may find one film among their first five. */
  readonly share: number;
  readonly rounds: number;
  /** Logits taken off for each e-fold above the share. */
  readonly step: number;
}

export const HUB_DEFAULTS: HubSettings = { share: 0.009, rounds: 5, step: 0.3 };

/**
 * Lowers `bias` in place.
 *
 * @param songs songs in the shared space
 * @param films films × dims
 * @param bias logit bias of each film
 */
export function dampHubs(
  songs: readonly ArrayLike<number>[],
  films: Float32Array,
  bias: Float32Array,
  dims: number,
  { share, rounds, step }: HubSettings = HUB_DEFAULTS,
): void {
  for (let round = 0; round < rounds; round++) {
    const counts = new Uint32Array(bias.length);
    for (const u of songs) {
      const best = new TopItems(5);
      for (let f = 0, at = 0; f < bias.length; f++, at += dims) {
        let logit = bias[f]!;
        for (let d = 0; d < dims; d++) logit += u[d]! * films[at + d]!;
        best.offer(f, logit);
      }
      for (const f of best.sorted()) counts[f]!++;
    }
    let over = false;
    for (let f = 0; f < bias.length; f++) {
      const ratio = counts[f]! / songs.length / share;
      if (ratio <= 1) continue;
      bias[f]! -= step * Math.log(ratio);
      over = true;
    }
    if (!over) return;
  }
}

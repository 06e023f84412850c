/** The colour of a score, from blue to gold. */

/** sRGB stops at scores of 0, 0.5 and 1. */
const STOPS = [
  [0x4a, 0x5b, 0x8c],
  [0xb0, 0x5a, 0x7a],
  [0xf2, 0xb3, 0x5e],
] as const;

/** A grey for sentences that match nothing. */
export const NEUTRAL_COLOUR = 0x6b6f76;

/** @param score 0…1; anything else is taken for the nearer end */
export function matchColour(score: number): number {
  const at = Math.max(0, Math.min(1, Number.isFinite(score) ? score : 0)) * (STOPS.length - 1);
  const low = Math.min(Math.floor(at), STOPS.length - 2);
  const share = at - low;
  return STOPS[low]!.reduce(
    (rgb, channel, index) => rgb * 256 + Math.round(channel + (STOPS[low + 1]![index]! - channel) * share),
    0,
  );
}

/**
 * Feel profiles: how strongly a work carries each feeling and each world. The vocabulary travels with the fitted
 * model; `data/feel/terms.tsv` defines every term.
 */

/** Where a profile comes from: judged by hand, from the artist's profile, from labels and audio, or from film facts. */
export type Basis = 'described' | 'artist' | 'sound' | 'predicted';

export const BASES: readonly Basis[] = ['described', 'artist', 'sound', 'predicted'];

/** Strengths in vocabulary order, each 0…1. */
export interface FeelProfile {
  readonly terms: Float32Array;
  readonly worlds: Float32Array;
  /** Year of the work (an artist's: middle of the defining years), or null. */
  readonly year: number | null;
  readonly basis: Basis;
}

/** A profile as catalogues store it: one byte a term and world, 0…200 for 0…1, then the basis. */
export function packProfile(profile: Pick<FeelProfile, 'terms' | 'worlds' | 'basis'>): Uint8Array {
  const { terms, worlds, basis } = profile;
  const bytes = new Uint8Array(terms.length + worlds.length + 1);
  const pack = (values: Float32Array, at: number) => {
    for (let i = 0; i < values.length; i++)
      bytes[at + i] = Math.round(200 * Math.min(Math.max(values[i]!, 0), 1));
  };
  pack(terms, 0);
  pack(worlds, terms.length);
  bytes[bytes.length - 1] = BASES.indexOf(basis);
  return bytes;
}

/** Bytes of a packed profile. */
export function packedLength(terms: number, worlds: number): number {
  return terms + worlds + 1;
}

/** @throws RangeError when the bytes are not a packed profile of this vocabulary */
export function unpackProfile(
  bytes: Uint8Array,
  terms: number,
  worlds: number,
  year: number | null,
): FeelProfile {
  const basis = BASES[bytes[bytes.length - 1]!];
  if (bytes.length !== packedLength(terms, worlds) || basis === undefined)
    throw new RangeError('not a packed feel profile');
  const unpack = (at: number, count: number) =>
    Float32Array.from(bytes.subarray(at, at + count), (b) => b / 200);
  return { terms: unpack(0, terms), worlds: unpack(terms, worlds), year, basis };
}

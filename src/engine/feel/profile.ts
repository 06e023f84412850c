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

/** The byte that stands for a strength of 1. */
const STRONGEST_BYTE = 200;

/** A profile as catalogues store it: one byte a term and world, 0…200 for 0…1, then the basis. */
export function packProfile(profile: Pick<FeelProfile, 'terms' | 'worlds' | 'basis'>): Uint8Array {
  const { terms, worlds, basis } = profile;
  const bytes = new Uint8Array(terms.length + worlds.length + 1);
  const pack = (values: Float32Array, at: number) => {
    for (let i = 0; i < values.length; i++)
      bytes[at + i] = Math.round(STRONGEST_BYTE * Math.min(Math.max(values[i]!, 0), 1));
  };
  pack(terms, 0);
  pack(worlds, terms.length);
  bytes[bytes.length - 1] = BASES.indexOf(basis);
  return bytes;
}

/** Strengths 0…1 as bytes, and back. */
export function packStrengths(values: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(STRONGEST_BYTE * Math.min(Math.max(value, 0), 1)));
}

export function unpackStrengths(bytes: Uint8Array, from = 0, count = bytes.length): Float32Array {
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = bytes[from + i]! / STRONGEST_BYTE;
  return out;
}

/** Place of the strongest term that is none of two: of equals the first; −1 where there is no other. */
function strongestBut(bytes: Uint8Array, terms: number, one = -1, another = -1): number {
  let best = -1;
  for (let i = 0; i < terms; i++)
    if (i !== one && i !== another && (best < 0 || bytes[i]! > bytes[best]!)) best = i;
  return best;
}

/** Places of the three strongest terms of a packed profile, ascending: of equals the first. */
export function strongestThree(bytes: Uint8Array, terms: number): [number, number, number] {
  const first = strongestBut(bytes, terms);
  const second = strongestBut(bytes, terms, first);
  const third = strongestBut(bytes, terms, first, second);
  const lowest = Math.min(first, second, third);
  const highest = Math.max(first, second, third);
  return [lowest, first + second + third - lowest - highest, highest];
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
  return {
    terms: unpackStrengths(bytes, 0, terms),
    worlds: unpackStrengths(bytes, terms, worlds),
    year,
    basis,
  };
}

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

export function unpackStrengths(bytes: Uint8Array): Float32Array {
  const out = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = bytes[i]! / STRONGEST_BYTE;
  return out;
}

/** Places of the three strongest terms of a packed profile, ascending: of equals the first. */
export function strongestThree(bytes: Uint8Array, terms: number): [number, number, number] {
  let a = -1;
  let b = -1;
  let c = -1;
  const at = (i: number) => (i < 0 ? -1 : bytes[i]!);
  for (let i = 0; i < terms; i++) {
    if (bytes[i]! > at(a)) [a, b, c] = [i, a, b];
    else if (bytes[i]! > at(b)) [b, c] = [i, b];
    else if (bytes[i]! > at(c)) c = i;
  }
  return [a, b, c].sort((x, y) => x - y) as [number, number, number];
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
  const unpack = (at: number, count: number) => {
    const out = new Float32Array(count);
    for (let i = 0; i < count; i++) out[i] = bytes[at + i]! / STRONGEST_BYTE;
    return out;
  };
  return { terms: unpack(0, terms), worlds: unpack(terms, worlds), year, basis };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASES, packedLength, packProfile, unpackProfile } from '../../../src/engine/feel/profile.ts';

describe('a packed profile', () => {
  it('comes back within half a step of a two-hundredth, with basis and year', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 80 }),
        fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 50 }),
        fc.constantFrom(...BASES),
        (terms, worlds, basis) => {
          const bytes = packProfile({
            terms: Float32Array.from(terms),
            worlds: Float32Array.from(worlds),
            basis,
          });
          expect(bytes.length).toBe(packedLength(terms.length, worlds.length));
          const back = unpackProfile(bytes, terms.length, worlds.length, 1984);
          expect([back.basis, back.year]).toEqual([basis, 1984]);
          for (const [i, value] of [...terms, ...worlds].entries())
            expect(Math.abs([...back.terms, ...back.worlds][i]! - value)).toBeLessThanOrEqual(0.0025 + 1e-6);
        },
      ),
      { seed: 6, numRuns: 60 },
    );
  });

  it('is the same when it is packed again', () => {
    const bytes = packProfile({
      terms: Float32Array.of(1 / 3, 2 / 3, 1),
      worlds: Float32Array.of(0.123),
      basis: 'artist',
    });
    expect(packProfile(unpackProfile(bytes, 3, 1, null))).toEqual(bytes);
  });

  it('keeps strengths outside of 0…1 within it', () => {
    const bytes = packProfile({
      terms: Float32Array.of(-3, 7),
      worlds: new Float32Array(0),
      basis: 'predicted',
    });
    expect([...unpackProfile(bytes, 2, 0, null).terms]).toEqual([0, 1]);
  });

  it.each([
    ['too few bytes', Uint8Array.of(0, 0, 0)],
    ['too many', Uint8Array.of(0, 0, 0, 0, 0)],
    ['none', new Uint8Array(0)],
    ['a basis that is none', Uint8Array.of(0, 0, 0, 4)],
  ])('of %s is refused', (_, bytes) => {
    expect(() => unpackProfile(bytes, 2, 1, null)).toThrow(RangeError);
  });
});

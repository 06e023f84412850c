import { describe, expect, it } from 'vitest';
import { artistKey, countArtists, imputedShares } from '../../../src/engine/model/artists.ts';

const GENRES = new Map(['bossa-nova', 'brazil', 'jazz'].map((genre, index) => [genre, index]));
const [BOSSA_NOVA, BRAZIL, JAZZ] = [0, 1, 2];
const BOUND = new Set([BRAZIL]);
const track = (artist: string, ...genres: string[]) => ({ artists: [artist], genres });

describe('genres imputed from an artist’s other songs', () => {
  const counts = countArtists(
    [
      track('Frank Sinatra', 'brazil', 'bossa-nova'),
      track('Frank Sinatra'),
      track('Frank Sinatra', 'jazz'),
      track('Elis Regina', 'brazil'),
      track('Elis Regina', 'brazil', 'jazz'),
    ],
    GENRES,
  );
  const shares = (...artists: string[]) =>
    new Map(imputedShares(artists, (key) => counts.get(key), BOUND).shares);

  it('leave out a place that one track alone names, and keep how it sounds', () => {
    expect(shares('Frank Sinatra')).toEqual(
      new Map([
        [BOSSA_NOVA, 1 / 3],
        [JAZZ, 1 / 3],
      ]),
    );
  });

  it('keep a place that two tracks name', () => {
    expect(shares('élis  regina'.replace('é', 'e'))).toEqual(
      new Map([
        [BRAZIL, 1],
        [JAZZ, 0.5],
      ]),
    );
    expect(shares('Nobody')).toEqual(new Map());
    expect(artistKey(' Élis  Regina ')).toBe('elis regina');
  });
});

/** Genres through artists: what else the people behind a song record. */
import type { Song } from '../types.ts';
import type { SongGenres } from './features.ts';

/** Genre counts over one artist's tracks: [genre index, tracks] pairs. */
export interface ArtistGenres {
  readonly tracks: number;
  readonly genres: readonly (readonly [number, number])[];
}

/** Finds an artist by key (see {@link artistKey}). */
export type ArtistLookup = (key: string) => ArtistGenres | undefined;

/** One spelling per artist: case, accents and spaces folded. */
export function artistKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Counts genres over every artist's tracks. */
export function countArtists(
  songs: Iterable<Pick<Song, 'artists' | 'genres'>>,
  genreIndex: ReadonlyMap<string, number>,
): Map<string, ArtistGenres> {
  const counts = new Map<string, { tracks: number; genres: Map<number, number> }>();
  for (const song of songs) {
    for (const key of new Set(song.artists.map(artistKey))) {
      const entry = counts.get(key) ?? { tracks: 0, genres: new Map<number, number>() };
      entry.tracks++;
      for (const genre of song.genres) {
        const index = genreIndex.get(genre);
        if (index !== undefined) entry.genres.set(index, (entry.genres.get(index) ?? 0) + 1);
      }
      counts.set(key, entry);
    }
  }
  return new Map(
    [...counts].map(([key, { tracks, genres }]) => [
      key,
      { tracks, genres: [...genres].sort((a, b) => a[0] - b[0]) },
    ]),
  );
}

/** Share of each genre among the tracks of all the song's artists together, and how many tracks that is. */
export function artistShares(
  artists: readonly string[],
  lookup: ArtistLookup,
): { shares: Map<number, number>; tracks: number } {
  const sums = new Map<number, number>();
  let tracks = 0;
  for (const key of new Set(artists.map(artistKey))) {
    const entry = lookup(key);
    if (!entry) continue;
    tracks += entry.tracks;
    for (const [genre, count] of entry.genres) sums.set(genre, (sums.get(genre) ?? 0) + count);
  }
  if (tracks > 0) for (const [genre, sum] of sums) sums.set(genre, sum / tracks);
  return { shares: sums, tracks };
}

/** Tracks that a label of a place must stand on before it is believed of an artist's other songs. */
const MIN_REGIONAL_TRACKS = 2;

/**
 * Shares as {@link artistShares} gives them, for a song that came without labels. A label of a place or language
 * that stands on a single track is left out: one bossa nova does not make every song of Sinatra's Brazilian.
 *
 * @param bound indices of such labels
 */
export function imputedShares(
  artists: readonly string[],
  lookup: ArtistLookup,
  bound: ReadonlySet<number>,
): { shares: Map<number, number>; tracks: number } {
  const { shares, tracks } = artistShares(artists, lookup);
  for (const [genre, share] of shares)
    if (bound.has(genre) && Math.round(share * tracks) < MIN_REGIONAL_TRACKS) shares.delete(genre);
  return { shares, tracks };
}

/** The genre weights of a song that has labels of its own. */
export function labelledGenres(
  song: Pick<Song, 'artists' | 'genres'>,
  lookup: ArtistLookup,
  genreIndex: ReadonlyMap<string, number>,
): SongGenres {
  const own = new Map<number, number>();
  for (const genre of song.genres) {
    const index = genreIndex.get(genre);
    if (index !== undefined) own.set(index, 1);
  }
  return { own, artist: artistShares(song.artists, lookup).shares };
}

import type { AudioFeatures, Song } from '../../engine/types.ts';
import type { TrackFacts } from '../facts.ts';

/** Share of an artist's songs that must carry a genre for it to be expected of another. */
const COMMON = 0.5;

/**
 * A stand-in for a track of which only name and length are known: the mean sound of the artist's known songs.
 *
 * @param others at least one song by the same artist
 */
export function estimateSong(id: string, facts: TrackFacts, others: readonly Song[]): Song {
  return {
    id,
    title: facts.title,
    artists: facts.artists,
    album: '',
    genres: commonGenres(others),
    popularity: facts.popularity,
    durationMs: facts.durationMs,
    explicit: null,
    features: meanFeatures(others.flatMap(({ features }) => features ?? [])),
  };
}

function commonGenres(songs: readonly Song[]): string[] {
  const counts = new Map<string, number>();
  for (const genre of songs.flatMap(({ genres }) => genres)) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= COMMON * songs.length)
    .map(([genre]) => genre)
    .sort();
}

/** Null where none of them was measured. */
function meanFeatures(all: readonly AudioFeatures[]): AudioFeatures | null {
  if (all.length === 0) return null;
  const average = (pick: (features: AudioFeatures) => number) => mean(all.map(pick));
  const tempos = all.flatMap(({ tempo }) => tempo ?? []);
  const signatures = all.flatMap(({ timeSignature }) => timeSignature ?? []);
  return {
    danceability: average((f) => f.danceability),
    energy: average((f) => f.energy),
    key: commonest(all.map(({ key }) => key)),
    loudness: average((f) => f.loudness),
    mode: commonest(all.map(({ mode }) => mode)),
    speechiness: average((f) => f.speechiness),
    acousticness: average((f) => f.acousticness),
    instrumentalness: average((f) => f.instrumentalness),
    liveness: average((f) => f.liveness),
    valence: average((f) => f.valence),
    tempo: tempos.length > 0 ? mean(tempos) : null,
    timeSignature: signatures.length > 0 ? commonest(signatures) : null,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The commonest value; of equally common ones the first met. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

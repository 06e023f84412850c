import type { AudioFeatures, Song } from '../../src/engine/types.ts';
import type { FilmBrief } from '../../src/explore/gather/space.ts';

const FEATURES: AudioFeatures = {
  danceability: 0.5,
  energy: 0.5,
  key: 0,
  loudness: -8,
  mode: 1,
  speechiness: 0.05,
  acousticness: 0.2,
  instrumentalness: 0,
  liveness: 0.1,
  valence: 0.5,
  tempo: 120,
  timeSignature: 4,
};

/** A plain song; `features` are laid over plain ones. */
export function song(
  id: string,
  facts: Partial<Omit<Song, 'features'>> = {},
  features: Partial<AudioFeatures> = {},
): Song {
  return {
    id,
    title: `Song ${id}`,
    artists: ['Artist'],
    album: 'Album',
    genres: ['pop'],
    popularity: 50,
    durationMs: 200_000,
    explicit: false,
    ...facts,
    features: { ...FEATURES, ...features },
  };
}

export function film(id: number, facts: Partial<FilmBrief> = {}): FilmBrief {
  return {
    id,
    title: `Film ${id}`,
    year: 2000,
    genres: ['Drama'],
    votes: 100,
    hasKeywords: true,
    mature: false,
    eligible: true,
    ...facts,
  };
}

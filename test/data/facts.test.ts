import { describe, expect, it } from 'vitest';
import { filmDifferences, sentence, songDifferences } from '../../scripts/starter/facts.ts';
import type { AudioFeatures, Song } from '../../src/engine/types.ts';

const FILM = {
  id: '7',
  title: 'Rain',
  adult: 'False',
  genres: 'Drama, Romance',
  runtime: '95',
  vote_average: '8.1',
  tagline: '',
  overview: 'Ours.',
};

const SONG: Song & { readonly features: AudioFeatures } = {
  id: '0123456789012345678901',
  title: 'Rain',
  artists: ['A', 'B'],
  album: 'Weather',
  genres: ['indian', 'pop'],
  popularity: 50,
  durationMs: 200_000,
  explicit: false,
  features: {
    danceability: 0.5,
    energy: 0.5,
    key: 1,
    loudness: -7,
    mode: 1,
    speechiness: 0.05,
    acousticness: 0.2,
    instrumentalness: 0,
    liveness: 0.1,
    valence: 0.4,
    tempo: 120,
    timeSignature: 4,
  },
};

describe('the facts of a film', () => {
  it('are the same in another spelling, whatever the texts say', () => {
    const source = {
      ...FILM,
      runtime: '95.0',
      vote_average: '8.10',
      tagline: 'Theirs.',
      overview: 'Theirs.',
    };
    expect(filmDifferences(FILM, source)).toEqual([]);
  });

  it('allow for an open adult flag and for a genre that TMDb has retired', () => {
    const source = { ...FILM, adult: '', genres: 'Drama, Foreign, Romance' };
    expect(filmDifferences(FILM, source)).toEqual([]);
    expect(filmDifferences(FILM, { ...FILM, adult: 'True' })).toHaveLength(1);
  });

  it('are each reported where they differ, an empty cell not being nought', () => {
    const found = filmDifferences({ ...FILM, runtime: '0' }, { ...FILM, title: 'Rain!', runtime: '' });
    expect(found.map((difference) => difference.fact)).toEqual(['title', 'runtime']);
    expect(sentence(found[0]!)).toBe('film 7 Rain: title is "Rain" here and "Rain!" in the data set');
  });

  it('are missing where the data set has no such film', () => {
    expect(filmDifferences(FILM, undefined)).toMatchObject([{ fact: 'id', source: 'no such film' }]);
  });
});

describe('the facts of a song', () => {
  it('are the same in a copy', () => {
    expect(songDifferences(SONG, structuredClone(SONG), true)).toEqual([]);
  });

  it('are each reported where they differ, features and genres too', () => {
    const source = { ...SONG, genres: ['k-pop', 'pop'], features: { ...SONG.features, tempo: 121 } };
    expect(songDifferences(SONG, source, true).map((difference) => difference.fact)).toEqual([
      'genres',
      'tempo',
    ]);
  });

  it('hold no genres where the source is not the labelled data set', () => {
    expect(songDifferences({ ...SONG, genres: [] }, SONG, false)).toEqual([]);
    expect(songDifferences(SONG, SONG, false).map((difference) => difference.fact)).toEqual(['genres']);
  });

  it('are missing where the data set has no such track', () => {
    expect(songDifferences(SONG, undefined, true)).toMatchObject([{ fact: 'id', source: 'no such track' }]);
  });
});

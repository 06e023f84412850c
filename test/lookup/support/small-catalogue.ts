/** A catalogue of a few songs behind the real search, for trying look-ups. */

import { buildSongIndex, SongIndex } from '../../../src/engine/search/index.ts';
import { artistKey } from '../../../src/engine/search/normalise.ts';
import { albumKey } from '../../../src/engine/search/recording.ts';
import type { AudioFeatures, Imputation, Song } from '../../../src/engine/types.ts';
import type { KnownAlbum, KnownSongs } from '../../../src/lookup/resolve/known-songs.ts';

export const FEATURES: AudioFeatures = {
  danceability: 0.5,
  energy: 0.6,
  key: 2,
  loudness: -8,
  mode: 1,
  speechiness: 0.05,
  acousticness: 0.2,
  instrumentalness: 0,
  liveness: 0.1,
  valence: 0.4,
  tempo: 120,
  timeSignature: 4,
};

let ids = 0;
/** A song with an id of its own. */
export function makeSong(
  title: string,
  artists: string | string[],
  more: Partial<Omit<Song, 'features'>> & { features?: Partial<AudioFeatures> } = {},
): Song {
  ids += 1;
  return {
    id: `${ids}`.padStart(22, '0'),
    title,
    artists: [artists].flat(),
    album: 'Album',
    genres: ['pop'],
    popularity: 50,
    durationMs: 200_000,
    explicit: false,
    ...more,
    features: { ...FEATURES, ...more.features },
  };
}

/** The look-ups' view of these songs. @param films the film that a song plays in, by the song's title */
export function catalogueOf(
  songs: readonly Song[],
  imputation: Imputation = { kind: 'nearest', count: 20 },
  films: Readonly<Record<string, string>> = {},
): KnownSongs {
  const index = SongIndex.load(buildSongIndex(songs));
  const byId = new Map(songs.map((song) => [song.id, song]));
  const byPopularity = [...songs].sort((a, b) => (b.popularity ?? 0) - (a.popularity ?? 0));
  return {
    findSongs: (text, limit = 5) =>
      index
        .search(text, limit)
        .map(({ id, quality, version }) => ({ song: byId.get(id)!, quality, version })),
    readSongs: (text, limit = 5) =>
      index.read(text, limit).map(({ id, quality, version, named, unread }) => ({
        song: byId.get(id)!,
        quality,
        version,
        named,
        unread,
      })),
    song: (id) => byId.get(id) ?? null,
    songsByArtist: (name) =>
      byPopularity.filter(({ artists }) => artists.some((artist) => artistKey(artist) === artistKey(name))),
    albumsNamed: (name) => {
      const albums = new Map<string, KnownAlbum & { songs: Song[] }>();
      for (const song of songs.filter(({ album }) => albumKey(album) === albumKey(name))) {
        const first = song.artists[0]!;
        const album = albums.get(first) ?? { album: song.album, artists: [first], songs: [] };
        album.songs.push(song);
        albums.set(first, album);
      }
      return [...albums.values()];
    },
    imputedFrom: () => imputation,
    usesOf: ({ title }) => (films[title] === undefined ? [] : [{ film: { title: films[title] } }]),
  };
}

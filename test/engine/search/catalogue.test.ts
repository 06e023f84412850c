import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSongIndex, type SearchSong, SongIndex, songKey } from '../../../src/engine/search/index.ts';
import { seeded, withTypos } from './typos.ts';

const TRACKS = fileURLToPath(new URL('../../../../shared/data/spotify_tracks.csv', import.meta.url));

describe.skipIf(!existsSync(TRACKS))(
  'the real catalogue (skipped without ../shared/data/spotify_tracks.csv)',
  () => {
    let songs: SearchSong[] = [];
    let index: SongIndex;
    let bytes = 0;

    beforeAll(async () => {
      const byId = new Map<string, SearchSong>();
      for await (const row of createReadStream(TRACKS).pipe(parse({ columns: true, bom: true }))) {
        if (byId.has(row.track_id)) continue;
        byId.set(row.track_id, {
          id: row.track_id,
          title: row.track_name,
          artists: row.artists.split(';'),
          album: row.album_name,
          popularity: Number(row.popularity),
          durationMs: Number(row.duration_ms),
        });
      }
      songs = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      const built = buildSongIndex(songs);
      bytes = built.length;
      index = SongIndex.load(built);
    });

    it.each([
      ['hello', 'Hello', 'Adele'],
      ['hold on chord overstreet', 'Hold On', 'Chord Overstreet'],
      ['bohemian rapsody', 'Bohemian Rhapsody - Remastered 2011', 'Queen'],
      ['metallica nothing else maters', 'Nothing Else Matters', 'Metallica'],
      ['stayin alive', 'Stayin Alive', 'Bee Gees'],
      ['stay in alive', 'Stayin Alive', 'Bee Gees'],
      ['someone like you by adele', 'Someone Like You', 'Adele'],
      ['queen - bohemian rhapsody', 'Bohemian Rhapsody - Remastered 2011', 'Queen'],
      ['tum hi ho', 'Tum Hi Ho', 'Arijit Singh'],
      ['紅蓮華', '紅蓮華', 'LiSA'],
      ['강남스타일', 'Gangnam Style (강남스타일)', 'PSY'],
      ['despacito', 'Despacito', 'Luis Fonsi'],
      ['lose yourself eminem', 'Lose Yourself - From "8 Mile" Soundtrack', 'Eminem'],
      ['clair de lune', 'Clair de Lune, L. 32', 'Claude Debussy'],
      ['motorhead ace of spades', 'Ace of Spades', 'Motörhead'],
    ])('%s', (text, title, artist) => {
      const [hit] = index.search(text);
      expect(hit?.title).toBe(title);
      expect(hit?.artists[0]).toBe(artist);
    });

    it.each(['sigur ros', 'zzxxqq', 'asdfghjkl qwertyuiop', 'purple monkey dishwasher'])(
      'does not know %s',
      (text) => {
        expect(index.search(text)).toEqual([]);
      },
    );

    it.each(['b', 'bo', 'boh', 'th', 'que'])('gives popular songs for %s', (text) => {
      const popularity = new Map(songs.map((song) => [song.id, song.popularity ?? 0]));
      const hits = index.search(text, 5);
      expect(hits).toHaveLength(5);
      for (const { id } of hits) expect(popularity.get(id)).toBeGreaterThanOrEqual(55);
    });

    it('finds nearly all songs in spite of a typo', () => {
      const random = seeded(11);
      const sample = songs.filter((_, number) => number % 300 === 0 && /^[a-z]/i.test(songs[number]!.title));
      const found = sample.filter(({ title, artists }) => {
        const hits = index.search(withTypos(`${title} ${artists[0]}`, 1, random), 5);
        return hits.some((hit) => songKey(hit.title, hit.artists) === songKey(title, artists));
      });
      expect(found.length / sample.length).toBeGreaterThan(0.95);
    });

    it('stays small', () => {
      expect(index.size).toBe(songs.length);
      expect(bytes / songs.length).toBeLessThan(300);
    });
  },
);

import { describe, expect, it } from 'vitest';
import { SongCleaner } from '../../src/indexer/clean-songs.ts';
import { type Row, songRow, trackId } from '../support/catalogue.ts';

function clean(rows: readonly Row[]) {
  const rejected: [number, string][] = [];
  const cleaner = new SongCleaner((line, reason) => rejected.push([line, reason]));
  for (const [i, row] of rows.entries()) {
    const values = Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]));
    cleaner.add({ line: i + 2, values });
  }
  return { songs: cleaner.finish(), funnel: cleaner.funnel, rejected };
}

describe('songs', () => {
  it('gather every genre of a repeated track, each once, sorted', () => {
    const { songs, funnel } = clean([
      songRow(1, { track_genre: 'rock' }),
      songRow(2),
      songRow(1, { track_genre: 'Alt-Rock', popularity: 3 }),
      songRow(1, { track_genre: 'blues;rock' }),
    ]);
    expect(songs.map((song) => song.id)).toEqual([trackId(1), trackId(2)]);
    expect(songs[0]).toMatchObject({ genres: ['alt-rock', 'blues', 'rock'], popularity: 50 });
    expect(funnel).toMatchObject({ rows: 4, repeatedIds: 2, kept: 2, malformed: 0, nullRows: 0 });
  });

  it('leave out the null row without calling it malformed', () => {
    const { songs, funnel, rejected } = clean([songRow(1, { artists: '', track_name: '', album_name: '' })]);
    expect(songs).toEqual([]);
    expect(funnel).toMatchObject({ rows: 1, nullRows: 1, malformed: 0 });
    expect(rejected).toEqual([]);
  });

  it.each([
    [{ track_id: 'short' }, /track id "short"/],
    [{ track_id: '../../../etc/passwd00000' }, /track id/],
    [{ track_name: '' }, /title or artist/],
    [{ artists: ' ; ' }, /title or artist/],
    [{ energy: '' }, /energy/],
    [{ valence: 1.01 }, /valence "1.01"/],
    [{ danceability: 'NaN' }, /danceability/],
    [{ acousticness: -0.1 }, /acousticness/],
    [{ loudness: 'loud' }, /loudness/],
    [{ loudness: -200 }, /loudness/],
    [{ duration_ms: -1 }, /duration_ms/],
    [{ duration_ms: 'Infinity' }, /duration_ms/],
  ] as const)('with %j are rejected, with line and reason', (changes, reason) => {
    const { songs, funnel, rejected } = clean([songRow(1, changes), songRow(2)]);
    expect(songs.length).toBe(1);
    expect(funnel).toMatchObject({ rows: 2, malformed: 1, kept: 1 });
    expect(rejected).toEqual([[2, expect.stringMatching(reason)]]);
  });

  it('are read from a later row where the first one of the track was malformed', () => {
    const { songs } = clean([songRow(1, { energy: 7 }), songRow(1)]);
    expect(songs.length).toBe(1);
  });

  it.each([0, '', -3, 400, 'fast'])('with the tempo "%s" have none', (tempo) => {
    const { songs, funnel } = clean([songRow(1, { tempo })]);
    expect(songs[0]!.features!.tempo).toBeNull();
    expect(funnel.mended.tempo).toBe(1);
  });

  it('keep what is unknown unknown', () => {
    const { songs } = clean([songRow(1, { popularity: '', explicit: '', time_signature: 0, key: '' })]);
    expect(songs[0]).toMatchObject({
      popularity: null,
      explicit: null,
      features: { timeSignature: null, key: -1, tempo: 120 },
    });
    expect(clean([songRow(1, { popularity: 101 })]).songs[0]!.popularity).toBeNull();
  });

  it('split artists and keep their order', () => {
    const { songs } = clean([songRow(1, { artists: 'Zed; Ann ;Zed;' })]);
    expect(songs[0]!.artists).toEqual(['Zed', 'Ann']);
  });
});

describe('the label k-pop', () => {
  it('becomes indian where an artist also stands under an Indian label', () => {
    const { songs, funnel } = clean([
      songRow(1, { artists: 'Arijit Singh', track_genre: 'k-pop' }),
      songRow(2, { artists: 'Somebody;Arijit Singh', track_genre: 'pop-film' }),
      songRow(3, { artists: 'BTS', track_genre: 'k-pop' }),
      songRow(4, { artists: 'BTS;Halsey', track_genre: 'k-pop;pop' }),
    ]);
    expect(songs.map((song) => song.genres)).toEqual([['indian'], ['pop-film'], ['k-pop'], ['k-pop', 'pop']]);
    expect(funnel.mended.relabelled).toBe(1);
  });

  it('is judged over the whole file, whatever the order of the rows', () => {
    const rows = [
      songRow(1, { artists: 'A', track_genre: 'k-pop' }),
      songRow(2, { artists: 'A', track_genre: 'indian' }),
    ];
    expect(clean(rows).songs).toEqual(clean([...rows].reverse()).songs);
    expect(clean(rows).songs.map((song) => song.genres)).toEqual([['indian'], ['indian']]);
  });

  it('is not passed on through an artist who was only relabelled', () => {
    const { songs } = clean([
      songRow(1, { artists: 'A', track_genre: 'indian' }),
      songRow(2, { artists: 'A;B', track_genre: 'k-pop' }),
      songRow(3, { artists: 'B', track_genre: 'k-pop' }),
    ]);
    expect(songs.map((song) => song.genres)).toEqual([['indian'], ['indian'], ['k-pop']]);
  });
});

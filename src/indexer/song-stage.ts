/** Songs: cleaned, looked up by id, artist and album, searched by text. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getHeapStatistics } from 'node:v8';
import { FILES } from '../engine/catalogue/format.ts';
import {
  type AlbumRecord,
  type ArtistRecord,
  type FeelRecord,
  type Records,
  type Relevance,
  storeKey,
} from '../engine/catalogue/records.ts';
import { packSounds } from '../engine/catalogue/sounds.ts';
import { packProfile, packStrengths } from '../engine/feel/profile.ts';
import { artistFeel, undescribedFeel } from '../engine/matching/undescribed.ts';
import { artistKey, countArtists } from '../engine/model/artists.ts';
import { audioScores } from '../engine/model/features.ts';
import { findGenres } from '../engine/model/imputation.ts';
import type { Model } from '../engine/model/model.ts';
import type { SoundTable } from '../engine/model/nearest.ts';
import { buildSongIndex, isHan, type JapaneseReader } from '../engine/search/index.ts';
import { albumKey, fameOf, nameKey, recordingKeys } from '../engine/search/recording.ts';
import type { Song } from '../engine/types.ts';
import type { Progress } from '../shared/progress.ts';
import { SongCleaner } from './clean-songs.ts';
import type { DescribedSong, FeelData } from './feel/data.ts';
import { SongFinder, unheardSong } from './feel/song-finder.ts';
import type { Profiler } from './forms/profile.ts';
import { readSongRows } from './forms/read.ts';
import { loadJapanese } from './japanese.ts';
import { requireMemory } from './memory-guard.ts';
import type { ReadProgress } from './tables.ts';

/** Songs that an artist's or album's record lists. */
const LISTED_SONGS = 100;

export interface SongStage {
  readonly songs: number;
  readonly artists: number;
}

/** A table to read, and what is told of it. */
export interface TableInput<Cleaner> {
  readonly file: string;
  /** The starter's table, whose rows are added where the table lacks them; null for none. */
  readonly starter: string | null;
  readonly cleaner: Cleaner;
  readonly profiler: Profiler;
  /** Called when the table has been read. @throws UserError for a table that is not plausible */
  readonly gate: () => void;
}

export async function indexSongs(
  { file, starter, cleaner, profiler, gate }: TableInput<SongCleaner>,
  model: Model,
  records: Records,
  dir: string,
  progress: Progress,
  feel: FeelData,
): Promise<SongStage> {
  let stage: ReturnType<Progress['stage']> | undefined;
  let megabytes = 0;
  const onProgress = ({ bytes, totalBytes }: ReadProgress) => {
    megabytes = totalBytes / 1e6;
    stage ??= progress.stage('Songs', megabytes, 'MB');
    stage.update(bytes / 1e6);
    requireMemory();
  };
  for await (const row of readSongRows(file, { onProgress, profiler })) cleaner.add(row);
  const own = cleaner.finish();
  gate();
  const heard = await withStarter(own, starter);
  const finder = new SongFinder(feel.songs, heard);
  const songs = withDescribed(heard, feel, finder);
  stage?.finish(megabytes);
  requireMemory();
  const artists = await writeRecords(songs, model, records, dir, feel, describedSongs(songs, finder));
  // Of all this only the songs are still held.
  requireMemory(getHeapStatistics(), songs.length * INDEX_BYTES);
  await writeFile(path.join(dir, FILES.search), buildSongIndex(songs, await japaneseFor(songs)));
  return { songs: songs.length, artists };
}

/** Heap that the search index asks for while it is built, for each song (measured: 108,000 songs). */
const INDEX_BYTES = 1_700;

/** Writes songs, artists, albums, feels and sounds. @returns how many artists there are */
async function writeRecords(
  songs: readonly Song[],
  model: Model,
  records: Records,
  dir: string,
  feel: FeelData,
  described: ReadonlyMap<string, DescribedSong>,
): Promise<number> {
  const artists = artistRecords(songs, model, feel);
  const sounds = soundTable(songs, model);
  requireMemory();
  const feels = feelRecords(songs, feel, described, model, artists, sounds);
  const albums = albumRecords(songs);
  records.root.transactionSync(() => {
    for (const song of songs) records.songs.putSync(song.id, song);
    for (const key of [...artists.keys()].sort()) records.artists.putSync(key, artists.get(key)!);
    for (const key of [...albums.keys()].sort()) records.albums.putSync(key, albums.get(key)!);
    for (const [id, record] of feels) records.feels.putSync(id, record);
  });
  await writeFile(path.join(dir, FILES.sounds), packSounds(sounds.audio, sounds.genres));
  return artists.size;
}

/** A reader of Japanese, where there is something to read. */
function japaneseFor(songs: readonly Song[]): Promise<JapaneseReader> | null {
  const any = songs.some(({ title, artists }) => isHan(title) || artists.some(isHan));
  return any ? loadJapanese() : null;
}

/** The songs of the table, and those of the starter that it lacks. */
async function withStarter(songs: readonly Song[], starter: string | null): Promise<readonly Song[]> {
  if (starter === null) return songs;
  const known = new Set(songs.map((song) => song.id));
  const cleaner = new SongCleaner();
  for await (const row of readSongRows(starter)) cleaner.add(row);
  return [...songs, ...cleaner.finish().filter((song) => !known.has(song.id))];
}

/** The described song that each song is, or is a version of, by song id. */
function describedSongs(songs: readonly Song[], finder: SongFinder): Map<string, DescribedSong> {
  const described = new Map<string, DescribedSong>();
  for (const song of songs) {
    const found = finder.versionOf(song);
    if (found) described.set(song.id, found);
  }
  return described;
}

/**
 * The songs of the table, and the described ones that it lacks: every catalogue knows what somebody described. A song
 * without a recording in any table has no sound.
 */
function withDescribed(songs: readonly Song[], feel: FeelData, finder: SongFinder): Song[] {
  const known = new Set(songs.map((song) => finder.find(song)?.id));
  const missing = [...feel.songs.values()].filter(({ id }) => !known.has(id));
  return [...songs, ...missing.map(unheardSong)].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The feel of each song: what was judged of it or of the song that it is a version of, else what is to be expected. */
function* feelRecords(
  songs: readonly Song[],
  feel: FeelData,
  describedSongs: ReadonlyMap<string, DescribedSong>,
  model: Model,
  artists: ReadonlyMap<string, ArtistRecord>,
  sounds: SongSounds,
): Generator<[string, FeelRecord]> {
  const plays = new Map<string, { film: number; kind: string }[]>();
  for (const { song, film, kind } of feel.plays)
    plays.set(song, [...(plays.get(song) ?? []), { film, kind }]);
  const lookup = (key: string) => artists.get(storeKey(key));
  const readings = readingsOf(songs, feel);
  for (const [i, song] of songs.entries()) {
    if (i % 500 === 0) requireMemory();
    const described = describedSongs.get(song.id);
    if (described) {
      const { year, picks, relevance, id } = described;
      const packed = packProfile({ ...described, basis: 'described' });
      const judged = relevance.length > 0 && { relevance };
      yield [song.id, { feel: packed, year, picks, ...judged, plays: plays.get(id) ?? [] }];
      continue;
    }
    const { genres } = findGenres(song, model, lookup, sounds);
    const artist = song.artists.map((name) => lookup(artistKey(name))).find((record) => record?.feel);
    const { profile, bumps } = undescribedFeel(model, song, genres, artistFeel(model, artist));
    yield [
      song.id,
      {
        feel: packProfile(profile),
        year: profile.year,
        bumps: packStrengths(bumps),
        picks: [],
        ...readings(song),
        plays: [],
      },
    ];
  }
}

/** What readers said of films for a song that nobody described, or for another edition of it. */
function readingsOf(
  songs: readonly Song[],
  { relevance }: FeelData,
): (song: Song) => Pick<FeelRecord, 'relevance'> {
  const byKey = new Map<string, readonly Relevance[]>();
  for (const song of songs) {
    const grades = relevance.get(song.id);
    if (grades) for (const key of recordingKeys(song)) byKey.set(key, grades);
  }
  return (song) => {
    const edition = () => recordingKeys(song).find((key) => byKey.has(key)) ?? '';
    const found = relevance.get(song.id) ?? byKey.get(edition());
    return found ? { relevance: found } : {};
  };
}

const bestKnownFirst = (a: Song, b: Song) => fameOf(b) - fameOf(a) || (a.id < b.id ? -1 : 1);

function group<K>(songs: readonly Song[], keysOf: (song: Song) => readonly K[]): Map<K, Song[]> {
  const groups = new Map<K, Song[]>();
  for (const song of songs) {
    for (const key of new Set(keysOf(song))) {
      const list = groups.get(key);
      if (list) list.push(song);
      else groups.set(key, [song]);
    }
  }
  return groups;
}

function artistRecords(songs: readonly Song[], model: Model, feel: FeelData): Map<string, ArtistRecord> {
  const counts = countArtists(songs, model.genreIndex);
  const records = new Map<string, ArtistRecord>();
  for (const [folded, list] of group(songs, (song) => song.artists.map(artistKey))) {
    list.sort(bestKnownFirst);
    const name = list[0]!.artists.find((artist) => artistKey(artist) === folded)!;
    const described = feel.artists.get(nameKey(name));
    records.set(storeKey(folded), {
      ...counts.get(folded)!,
      name,
      songs: list.slice(0, LISTED_SONGS).map((song) => song.id),
      ...(described && {
        feel: packProfile({ ...described, basis: 'artist' }),
        year: described.year,
        picks: described.picks.filter((film) => !described.further.has(film)),
        ...(described.further.size > 0 && { further: [...described.further] }),
        ...(described.relevance.length > 0 && { relevance: described.relevance }),
      }),
    });
  }
  return records;
}

/** Albums by folded name; those of different first artists stay apart. */
function albumRecords(songs: readonly Song[]): Map<string, AlbumRecord[]> {
  const records = new Map<string, AlbumRecord[]>();
  for (const [key, list] of group(songs, (song) =>
    song.album === '' ? [] : [storeKey(albumKey(song.album))],
  )) {
    const albums = group(list, (song) => [artistKey(song.artists[0] ?? '')]);
    records.set(
      key,
      [...albums.values()].map((tracks) => {
        tracks.sort(bestKnownFirst);
        return {
          album: tracks[0]!.album,
          artists: tracks[0]!.artists,
          songs: tracks.slice(0, LISTED_SONGS).map((song) => song.id),
        };
      }),
    );
  }
  return records;
}

/** Audio and genres of every song, as look-ups of nearest tracks use them. */
interface SongSounds extends SoundTable {
  readonly genres: readonly (readonly number[])[];
}

function soundTable(songs: readonly Song[], model: Model): SongSounds {
  const dims = model.spec.song.audio.length;
  const audio = new Float32Array(songs.length * dims);
  for (const [row, song] of songs.entries()) audio.set(audioScores(song, model.spec), row * dims);
  const genres = songs.map((song) => song.genres.flatMap((genre) => model.genreIndex.get(genre) ?? []));
  return { count: songs.length, dims, audio, genres, genresOf: (row) => genres[row]! };
}

/**
 * Writes the starter's tables anew from the data sets beside the project and the feel data: every described film with
 * its facts, every described song that the data set has, and the best known songs of described artists. Overviews that
 * somebody here wrote are kept; a film without one gets a line from its own terms.
 */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { nameKey } from '../src/engine/search/recording.ts';
import { parseTitle } from '../src/engine/search/title.ts';
import type { Song } from '../src/engine/types.ts';
import { wordsFor } from '../src/i18n/index.ts';
import { FILM_COLUMNS, FilmCleaner } from '../src/indexer/clean-films.ts';
import { SONG_COLUMNS, SongCleaner } from '../src/indexer/clean-songs.ts';
import { type DescribedFilm, readFeelData } from '../src/indexer/feel/data.ts';
import { SongFinder } from '../src/indexer/feel/song-finder.ts';
import { readTable } from '../src/indexer/tables.ts';
import { RETIRED_GENRES } from './starter/facts.ts';
import { FILMS_FILE, SHARED, SONGS_FILE } from './starter/load.ts';

/** Songs of the starter: the described ones, then as many as fill up to this. */
const SONGS = 19_500;
/** Songs that one artist may add beside the described ones. */
const MOST_OF_ONE = 6;

const cell = (value: string | number | boolean) => {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const table = (header: readonly string[], rows: readonly (readonly (string | number | boolean)[])[]) =>
  `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;

/** Recordings that people hardly mean, and hours of a mantra. */
const OTHERS_PLAY =
  /karaoke|tribute|made famous|in the style of|originally performed|cover band|piano version/i;
const LONGEST_MS = 1_800_000;
const isSong = ({ title, artists, album, durationMs }: Song) =>
  !OTHERS_PLAY.test(`${title} ${artists.join(' ')} ${album}`) && (durationMs ?? 0) <= LONGEST_MS;

/** One recording stands under several ids; people see its name. */
const nameOf = (song: Song) => `${song.title}\u0001${song.artists.join(';')}`.toLowerCase();

async function records(file: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) rows.push(row);
  return rows;
}

const feel = await readFeelData();
const words = wordsFor('en');
const earlier = await records(FILMS_FILE);
const header = Object.keys(earlier[0]!);
const ours = new Map(earlier.map((row) => [row.id!, row]));

/** A line from a film's terms and worlds, where nobody has written an overview yet. */
function lineOf(film: DescribedFilm): string {
  const strongest = (names: readonly string[], strengths: Float32Array, most: number) =>
    [...names.keys()]
      .filter((i) => strengths[i]! > 0.3)
      .sort((a, b) => strengths[b]! - strengths[a]!)
      .slice(0, most)
      .map((i) => names[i]!);
  const terms = strongest(feel.vocabulary.terms, film.terms, 5);
  const named = (group: 'feeling' | 'theme') =>
    terms.filter((name) => words.hasName(group, name)).map((name) => words.name(group, name));
  const [feelings, themes] = [named('feeling'), named('theme')];
  const [world] = strongest(feel.vocabulary.worlds, film.worlds, 1);
  const parts = [
    ...(feelings.length > 0 ? [`a film that is ${words.list(feelings)}`] : ['a film']),
    ...(themes.length > 0 ? [`telling of ${words.list(themes)}`] : []),
    ...(world ? [`in the world of ${words.name('world', world)}`] : []),
  ];
  const text = parts.join(', ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

const cleaner = new FilmCleaner();
const films = new Map<string, (string | number)[]>();
for await (const row of readTable(SHARED.films, FILM_COLUMNS)) {
  const film = cleaner.clean(row);
  if (!film || films.has(String(film.id))) continue;
  const described = feel.films.get(film.id);
  const known = ours.get(String(film.id));
  if (!described && !known) continue;
  const { values } = row;
  films.set(
    String(film.id),
    header.map((column) => {
      if (known) return known[column]!;
      if (column === 'overview') return lineOf(described!);
      if (column === 'tagline') return '';
      if (column === 'adult') return 'False';
      if (column === 'genres') return film.genres.filter((genre) => !RETIRED_GENRES.has(genre)).join(', ');
      if (column === 'original_title')
        return values.original_title === values.title ? '' : (values.original_title ?? '');
      if (column === 'original_language') return film.language === 'xx' ? '' : film.language;
      return values[column]?.replace(/\s+/g, ' ').trim() ?? '';
    }),
  );
}
for (const [id, row] of ours)
  if (!films.has(id))
    films.set(
      id,
      header.map((column) => row[column]!),
    );
await writeFile(
  FILMS_FILE,
  table(
    header,
    [...films].sort((a, b) => Number(a[0]) - Number(b[0])).map(([, row]) => row),
  ),
);

const songCleaner = new SongCleaner();
for await (const row of readTable(SHARED.songs[0], SONG_COLUMNS)) songCleaner.add(row);
const songs = songCleaner.finish().filter(isSong);
const finder = new SongFinder(feel.songs);
const chosen = new Map<string, Song>();
const starterIds = new Set((await records(SONGS_FILE)).map((row) => row.track_id!));
const byPopularity = [...songs].sort(
  (a, b) => (b.popularity ?? 0) - (a.popularity ?? 0) || (a.id < b.id ? -1 : 1),
);
const taken = new Set<string>();
for (const song of songs) if (feel.songs.has(song.id)) chosen.set(song.id, song);
const names = new Set([...chosen.values()].map(nameOf));
for (const song of songs) {
  if (!starterIds.has(song.id) || names.has(nameOf(song))) continue;
  names.add(nameOf(song));
  chosen.set(song.id, song);
}
for (const song of chosen.values()) {
  const described = finder.find(song);
  if (described) taken.add(described.id);
}
// A described song under another id: its best known recording.
for (const song of byPopularity) {
  const described = finder.find(song);
  if (!described || taken.has(described.id)) continue;
  taken.add(described.id);
  if (names.has(nameOf(song))) continue;
  names.add(nameOf(song));
  chosen.set(song.id, song);
}
const unheard = [...feel.songs.keys()].filter((id) => !taken.has(id)).length;
const perArtist = new Map<string, number>();
for (const song of byPopularity) {
  if (chosen.size + unheard >= SONGS) break;
  if (chosen.has(song.id) || names.has(nameOf(song)) || finder.find(song)) continue;
  const key = nameKey(song.artists[0] ?? '');
  const count = perArtist.get(key) ?? 0;
  if (!feel.artists.has(key) || count >= MOST_OF_ONE) continue;
  if (parseTitle(song.title, song.artists).version !== null) continue;
  perArtist.set(key, count + 1);
  names.add(nameOf(song));
  chosen.set(song.id, song);
}
const SONG_HEADER = [
  'track_id',
  'artists',
  'album_name',
  'track_name',
  'popularity',
  'duration_ms',
  'explicit',
  'danceability',
  'energy',
  'key',
  'loudness',
  'mode',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
  'tempo',
  'time_signature',
  'track_genre',
];
const rows = [...chosen.values()]
  .sort((a, b) => {
    const x = a.artists.join(';').toLowerCase();
    const y = b.artists.join(';').toLowerCase();
    return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1;
  })
  .map((song) => {
    const f = song.features!;
    return [
      song.id,
      song.artists.join(';'),
      song.album,
      song.title,
      song.popularity ?? '',
      song.durationMs ?? '',
      song.explicit === null ? '' : song.explicit ? 'True' : 'False',
      f.danceability,
      f.energy,
      f.key,
      f.loudness,
      f.mode,
      f.speechiness,
      f.acousticness,
      f.instrumentalness,
      f.liveness,
      f.valence,
      f.tempo ?? 0,
      f.timeSignature ?? '',
      song.genres.join(';'),
    ];
  });
await writeFile(SONGS_FILE, table(SONG_HEADER, rows));
console.log(
  `${films.size} films, ${rows.length} songs of the data set, ${unheard} described songs that it lacks.`,
);

/**
 * Tables in the forms that people really have, and tables that are none, made from the starter's: each says what must
 * come of it. Run as a script, it writes them all into a folder, to be tried by hand:
 * `npx tsx test/indexer/support/foreign-tables.ts <folder>`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Film } from '../../../src/engine/types.ts';
import { STARTER } from '../../../src/indexer/starter.ts';
import { isUnfit } from '../../../src/indexer/unfit.ts';
import { zipOf } from '../../support/zip.ts';
import { parquet } from './parquet.ts';

export type Cells = Readonly<Record<string, string>>;

/** Rows of each table that are used: spread over the whole of it. */
const ROWS = 300;

function sample(file: string): Cells[] {
  const rows = parse(readFileSync(file), { columns: true }) as Cells[];
  const step = Math.floor(rows.length / ROWS);
  return Array.from({ length: ROWS }, (_, i) => rows[i * step]!);
}

export const SONGS = sample(STARTER.songs);
export const FILMS: readonly Cells[] = sample(STARTER.movies).map((row, i) => ({
  ...row,
  tagline: i % 3 ? '' : 'Nothing is "over".',
}));

/** A table, and what must come of it. */
export interface ForeignTable {
  readonly name: string;
  readonly file: string;
  readonly bytes: Buffer;
  /** The starter's songs or films, but for these fields (a function of the original); or the error. */
  readonly expected:
    | {
        readonly of: 'songs' | 'films';
        readonly except?: (original: never) => object;
        readonly forms?: readonly string[];
      }
    | { readonly id: string; readonly of: 'songs' | 'films'; readonly says: RegExp };
}

const quote = (cell: string, separator: string) =>
  cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

export function csvOf(rows: readonly Cells[], separator = ',', end = '\n'): string {
  const columns = Object.keys(rows[0]!);
  const line = (cells: readonly string[]) => cells.map((cell) => quote(cell, separator)).join(separator);
  return [columns, ...rows.map((row) => columns.map((name) => row[name]!))]
    .map((cells) => line(cells) + end)
    .join('');
}

type Change = (row: Cells, i: number) => Cells;
const changed = (rows: readonly Cells[], change: Change) =>
  rows.map((row, i) => ({ ...row, ...change(row, i) }));

/** Rows with only these columns, under these names, in this order. */
const reshaped = (
  rows: readonly Cells[],
  columns: Readonly<Record<string, string | ((row: Cells, i: number) => string)>>,
) =>
  rows.map((row, i) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, from]) => [
        name,
        typeof from === 'string' ? row[from]! : from(row, i),
      ]),
    ),
  );

const python = (text: string) =>
  text.includes("'") && !text.includes('"')
    ? `"${text}"`
    : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const pythonList = (names: readonly string[]) => `[${names.map(python).join(', ')}]`;
const pythonDicts = (names: readonly string[]) =>
  `[${names.map((name, i) => `{'id': ${i + 1}, 'name': ${python(name)}}`).join(', ')}]`;
const jsonDicts = (names: readonly string[]) => JSON.stringify(names.map((name, i) => ({ id: i + 1, name })));
const split = (cell: string, separator: string) => cell.split(separator).filter((name) => name !== '');

const FEATURES = [
  'danceability',
  'energy',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
];
const PITCHES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F♯', 'G', 'Ab', 'A', 'A#', 'B'];
const hundred = (cell: string) => String(Number((100 * Number(cell)).toPrecision(12)));
const only =
  (columns: readonly string[], change: (cell: string) => string): Change =>
  (row) =>
    Object.fromEntries(columns.map((name) => [name, change(row[name]!)]));
const upperFirst = (text: string) => text.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
const [US, GERMAN] = ['en-US', 'de-DE'].map(
  (locale) =>
    (cell: string, digits = 20) =>
      cell === '' ? '' : Number(cell).toLocaleString(locale, { maximumFractionDigits: digits }),
) as [(cell: string) => string, (cell: string) => string];
const comma = (cell: string) => cell.replace('.', ',');
const NUMBERS = ['loudness', 'tempo', ...FEATURES];

const songs = (name: string, rows: readonly Cells[], except?: (song: never) => object): ForeignTable => ({
  name: `songs with ${name}`,
  file: 'songs.csv',
  bytes: Buffer.from(csvOf(rows)),
  expected: { of: 'songs', ...(except && { except }) },
});
const films = (name: string, rows: readonly Cells[], except?: (film: never) => object): ForeignTable => ({
  name: `films with ${name}`,
  file: 'movies.csv',
  bytes: Buffer.from(csvOf(rows)),
  expected: { of: 'films', ...(except && { except }) },
});
const packed = (
  name: string,
  file: string,
  bytes: Buffer,
  of: 'songs' | 'films' = 'songs',
): ForeignTable => ({
  name,
  file,
  bytes,
  expected: { of },
});
const refused = (
  name: string,
  of: 'songs' | 'films',
  content: string | Buffer,
  id: string,
  says: RegExp,
): ForeignTable => ({
  name,
  file: `${of}.csv`,
  bytes: Buffer.isBuffer(content) ? content : Buffer.from(content),
  expected: { id, of, says },
});

const plainSongs = csvOf(SONGS);
const plainFilms = csvOf(FILMS);
const withGenres = (genres: (row: Cells, i: number) => string) =>
  changed(FILMS, (row, i) => ({ genres: genres(row, i) }));
const genresOf = (row: Cells) => split(row.genres!, ', ');
const withDates = (date: (year: string, month: string, day: string) => string) =>
  changed(FILMS, (row) => {
    const [year, month, day] = row.release_date!.split('-') as [string, string, string];
    return { release_date: date(year, month, day) };
  });
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const jsonCells = (row: Cells) =>
  Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [
      name,
      cell === '' ? null : NUMBERS.includes(name) || name === 'duration_ms' ? Number(cell) : cell,
    ]),
  );

const FORMS: readonly ForeignTable[] = [
  songs(
    'ids as URIs',
    changed(
      SONGS,
      only(['track_id'], (id) => `spotify:track:${id}`),
    ),
  ),
  songs(
    'ids as links',
    changed(
      SONGS,
      only(['track_id'], (id) => `https://open.spotify.com/track/${id}?si=0123456789abcdef`),
    ),
  ),
  songs(
    'artists and genres as Python lists',
    changed(SONGS, (row) => ({
      artists: pythonList(row.artists!.split(';')),
      track_genre: pythonList(row.track_genre!.split(';')),
    })),
  ),
  songs(
    'artists and genres as JSON',
    changed(SONGS, (row) => ({
      artists: JSON.stringify(row.artists!.split(';')),
      track_genre: jsonDicts(row.track_genre!.split(';')),
    })),
  ),
  songs(
    'genres between bars, capitalised',
    changed(SONGS, (row) => ({ track_genre: row.track_genre!.split(';').map(upperFirst).join('|') })),
  ),
  songs('features of 0 to 100', changed(SONGS, only(FEATURES, hundred))),
  songs(
    'features in per cent',
    changed(
      SONGS,
      only(FEATURES, (cell) => `${hundred(cell)}%`),
    ),
  ),
  songs(
    'lengths in seconds',
    changed(
      SONGS,
      only(['duration_ms'], (cell) => String(Number(cell) / 1000)),
    ),
  ),
  songs(
    'lengths as on a clock',
    changed(
      SONGS,
      only(['duration_ms'], (cell) => {
        const s = Math.floor(Number(cell) / 1000);
        return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
      }),
    ),
    ({ durationMs }: { durationMs: number }) => ({ durationMs: 1000 * Math.floor(durationMs / 1000) }),
  ),
  songs(
    'keys, modes and metres as words',
    changed(SONGS, (row) => ({
      key: PITCHES[Number(row.key)] ?? '',
      mode: row.mode === '1' ? 'Major' : 'minor',
      time_signature: row.time_signature === '' ? '' : `${row.time_signature}/4`,
    })),
  ),
  songs(
    'booleans in words',
    changed(SONGS, (row, i) => ({
      explicit:
        row.explicit === ''
          ? 'NaN'
          : (row.explicit === 'True' ? ['yes', '1.0', 'T'] : ['NO', '0.0', 'f'])[i % 3]!,
    })),
  ),
  songs(
    'other column names',
    reshaped(SONGS, {
      ID: 'track_id',
      'Artist(s) Name': 'artists',
      Album: 'album_name',
      'Track Name': 'track_name',
      'Track Popularity': 'popularity',
      Duration: 'duration_ms',
      Explicit: 'explicit',
      ...Object.fromEntries(FEATURES.map((name) => [`${name.toUpperCase()}`, name])),
      Key: 'key',
      Loudness: 'loudness',
      Mode: 'mode',
      BPM: 'tempo',
      'Time Signature': 'time_signature',
      Genre: 'track_genre',
    }),
  ),
  packed(
    'semicolons and decimal commas',
    'songs.csv',
    Buffer.from(
      csvOf(
        changed(SONGS, (row) => ({
          ...only(NUMBERS, comma)(row, 0),
          artists: row.artists!,
          track_genre: row.track_genre!,
        })),
        ';',
      ),
    ),
  ),
  packed('tabs', 'songs.tsv', Buffer.from(csvOf(SONGS, '\t'))),
  packed('bars', 'songs.txt', Buffer.from(csvOf(SONGS, '|'))),
  packed('UTF-16, little end first', 'songs.csv', Buffer.from(`\ufeff${plainSongs}`, 'utf16le')),
  packed('UTF-16, big end first', 'songs.csv', Buffer.from(`\ufeff${plainSongs}`, 'utf16le').swap16()),
  packed('a byte order mark and CRLF', 'songs.csv', Buffer.from(`\ufeff${csvOf(SONGS, ',', '\r\n')}`)),
  packed('gzip', 'songs.csv.gz', gzipSync(plainSongs)),
  packed(
    'zip',
    'movies.zip',
    zipOf({ 'archive/movies.csv': Buffer.from(plainFilms), '__MACOSX/._movies.csv': Buffer.from('x') }),
    'films',
  ),
  packed(
    'JSON lines',
    'songs.ndjson',
    Buffer.from(SONGS.map((row) => `${JSON.stringify(jsonCells(row))}\n`).join('')),
  ),
  packed(
    'a JSON list, with lists',
    'songs.json',
    Buffer.from(
      JSON.stringify(
        SONGS.map((row) => ({
          ...jsonCells(row),
          artists: row.artists!.split(';'),
          track_genre: row.track_genre!.split(';'),
        })),
        null,
        2,
      ),
    ),
  ),
  packed(
    'Parquet',
    'songs.parquet',
    parquet(
      Object.keys(SONGS[0]!).map((name) =>
        NUMBERS.includes(name)
          ? { name, type: 'double' as const, values: SONGS.map((row) => Number(row[name])) }
          : { name, type: 'string' as const, values: SONGS.map((row) => row[name]!) },
      ),
    ),
  ),
  films(
    'genres as JSON',
    withGenres((row) => jsonDicts(genresOf(row))),
  ),
  films(
    'genres as Python dictionaries',
    withGenres((row) => pythonDicts(genresOf(row))),
  ),
  films(
    'genres between bars',
    withGenres((row) => genresOf(row).join('|')),
  ),
  films(
    'genres between semicolons',
    withGenres((row) => genresOf(row).join('; ')),
  ),
  films(
    'genres between slashes, spelt otherwise',
    withGenres((row) =>
      genresOf(row)
        .map((genre) => ({ 'Science Fiction': 'Sci-Fi', Music: 'musical' })[genre] ?? genre.toUpperCase())
        .join('/'),
    ),
  ),
  films(
    'American dates',
    withDates((year, month, day) => `${Number(month)}/${Number(day)}/${year}`),
  ),
  films(
    'European dates',
    withDates((year, month, day) => `${day}.${month}.${year}`),
  ),
  films(
    'dates in words',
    withDates((year, month, day) => `${MONTHS[Number(month) - 1]} ${Number(day)}, ${year}`),
  ),
  films(
    'timestamps',
    withDates((year, month, day) => `${year}-${month}-${day}T00:00:00.000Z`),
  ),
  films(
    'seconds since 1970',
    withDates((year, month, day) => String(Date.parse(`${year}-${month}-${day}`) / 1000)),
  ),
  films(
    'years alone',
    withDates((year) => year),
    () => ({ releaseDate: null }),
  ),
  films(
    'thousands separators',
    changed(FILMS, (row) => ({
      ...only(['vote_count', 'revenue'], US)(row, 0),
      runtime: `${row.runtime} min`,
    })),
  ),
  packed(
    'German numbers',
    'movies.csv',
    Buffer.from(
      csvOf(
        changed(FILMS, (row) => ({
          ...only(['vote_count', 'revenue'], GERMAN)(row, 0),
          ...only(['vote_average', 'popularity'], comma)(row, 0),
        })),
        ';',
      ),
    ),
    'films',
  ),
  films(
    'status in any case',
    changed(FILMS, (_, i) => ({ status: ['RELEASED', 'released', ' Released '][i % 3]! })),
  ),
  films(
    'adult as words',
    changed(FILMS, (row, i) => ({
      adult: ['no', '0', 'N', 'false', '0.0'][i % 5]!,
      keywords: row.keywords || 'NaN',
    })),
  ),
  films(
    'posters and IMDb ids as links',
    changed(FILMS, (row) => ({
      poster_path: `https://image.tmdb.org/t/p/w500${row.poster_path}`,
      imdb_id: row.imdb_id === '' ? '' : `https://www.imdb.com/title/${row.imdb_id}/`,
    })),
  ),
  films(
    'lengths in hours',
    changed(FILMS, (row) => ({
      runtime:
        Number(row.runtime) >= 60
          ? `${Math.floor(Number(row.runtime) / 60)}h ${Number(row.runtime) % 60}m`
          : row.runtime!,
    })),
  ),
];

/** Tables of other publishers, with our values. */
const SHAPES: readonly ForeignTable[] = [
  films(
    'the shape of TMDB 5000',
    reshaped(FILMS, {
      budget: 'budget',
      genres: (row) => jsonDicts(genresOf(row)),
      homepage: () => '',
      id: 'id',
      keywords: (row) => jsonDicts(split(row.keywords!, ', ')),
      original_language: 'original_language',
      original_title: (row) => row.original_title || row.title!,
      overview: 'overview',
      popularity: 'popularity',
      production_companies: () => '[]',
      production_countries: (row) =>
        JSON.stringify(split(row.production_countries!, ', ').map((name) => ({ iso_3166_1: 'XX', name }))),
      release_date: 'release_date',
      revenue: 'revenue',
      runtime: (row) => `${row.runtime}.0`,
      spoken_languages: (row) =>
        JSON.stringify(split(row.spoken_languages!, ', ').map((name) => ({ iso_639_1: 'xx', name }))),
      status: 'status',
      tagline: 'tagline',
      title: 'title',
      vote_average: 'vote_average',
      vote_count: 'vote_count',
    }),
    () => ({ poster: '', imdbId: null }),
  ),
  films(
    'the shape of The Movies Dataset',
    [
      ...reshaped(FILMS, {
        adult: 'adult',
        belongs_to_collection: () => "{'id': 10194, 'name': 'Some Collection', 'poster_path': None}",
        budget: 'budget',
        genres: (row) => pythonDicts(genresOf(row)),
        homepage: () => '',
        id: 'id',
        imdb_id: 'imdb_id',
        original_language: 'original_language',
        original_title: (row) => row.original_title || row.title!,
        overview: 'overview',
        popularity: 'popularity',
        poster_path: 'poster_path',
        production_companies: () => '[]',
        production_countries: (row) =>
          `[${split(row.production_countries!, ', ')
            .map((name) => `{'iso_3166_1': 'XX', 'name': ${python(name)}}`)
            .join(', ')}]`,
        release_date: 'release_date',
        revenue: 'revenue',
        runtime: (row) => `${row.runtime}.0`,
        spoken_languages: (row) =>
          `[${split(row.spoken_languages!, ', ')
            .map((name) => `{'iso_639_1': 'xx', 'name': ${python(name)}}`)
            .join(', ')}]`,
        status: 'status',
        tagline: 'tagline',
        title: 'title',
        video: () => 'False',
        vote_average: 'vote_average',
        vote_count: (row) => `${row.vote_count}.0`,
      }),
      // Rows that are broken in the original: shifted by a line break, and without an overview.
      {
        ...FILMS[0]!,
        id: '1997-08-20',
        adult: ' - Written by somebody',
        belongs_to_collection: '0.065736',
        budget: '/x.jpg',
        homepage: '',
        production_companies: '',
        video: '',
      },
      {
        ...FILMS[1]!,
        id: '999999999',
        overview: 'No overview found.',
        belongs_to_collection: '',
        homepage: '',
        production_companies: '',
        video: '',
      },
    ],
    // Of some films only the keywords tell that they are unfit.
    (film: Film) => ({ keywords: [], unfit: isUnfit({ ...film, keywords: [] }) }),
  ),
  songs(
    'the shape of SpotifyFeatures',
    SONGS.flatMap((song) =>
      song.track_genre!.split(';').map((genre) => ({ ...song, track_genre: genre })),
    ).map(
      (row) =>
        reshaped([row], {
          genre: (song) => upperFirst(song.track_genre!),
          artist_name: 'artists',
          track_name: 'track_name',
          track_id: 'track_id',
          popularity: 'popularity',
          acousticness: 'acousticness',
          danceability: 'danceability',
          duration_ms: 'duration_ms',
          energy: 'energy',
          instrumentalness: 'instrumentalness',
          key: (song) => PITCHES[Number(song.key)] ?? '',
          liveness: 'liveness',
          loudness: 'loudness',
          mode: (song) => (song.mode === '1' ? 'Major' : 'Minor'),
          speechiness: 'speechiness',
          tempo: 'tempo',
          time_signature: (song) => (song.time_signature === '' ? '' : `${song.time_signature}/4`),
          valence: 'valence',
        })[0]!,
    ),
    () => ({ album: '', explicit: null }),
  ),
  songs(
    'the shape of the 160k tracks',
    reshaped(SONGS, {
      valence: 'valence',
      year: () => '1990',
      acousticness: 'acousticness',
      artists: (row) => pythonList(row.artists!.split(';')),
      danceability: 'danceability',
      duration_ms: 'duration_ms',
      energy: 'energy',
      explicit: (row) => (row.explicit === 'True' ? '1' : '0'),
      id: 'track_id',
      instrumentalness: 'instrumentalness',
      key: 'key',
      liveness: 'liveness',
      loudness: 'loudness',
      mode: 'mode',
      name: 'track_name',
      popularity: 'popularity',
      release_date: () => '1990',
      speechiness: 'speechiness',
      tempo: 'tempo',
    }),
    ({ features }: { features: object }) => ({
      genres: [],
      album: '',
      features: { ...features, timeSignature: null },
    }),
  ),
  songs(
    'the shape of the 600k tracks',
    reshaped(SONGS, {
      id: 'track_id',
      name: 'track_name',
      popularity: 'popularity',
      duration_ms: 'duration_ms',
      explicit: (row) => (row.explicit === 'True' ? '1' : '0'),
      artists: (row) => pythonList(row.artists!.split(';')),
      id_artists: () => "['45tIt06XoI0Iio4LBEVpls']",
      release_date: () => '1990-01-01',
      ...Object.fromEntries(
        [
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
        ].map((name) => [name, name]),
      ),
    }),
    () => ({ genres: [], album: '' }),
  ),
];

const HTML =
  '<!DOCTYPE html>\n<html lang="en"><head><title>Data set</title></head><body>Nothing here.</body></html>';
const set = (of: readonly Cells[], changes: Cells) => csvOf(of.map((row) => ({ ...row, ...changes })));

const REFUSED: readonly ForeignTable[] = [
  refused(
    'an Excel workbook',
    'films',
    zipOf({ '[Content_Types].xml': Buffer.from('<x/>'), 'xl/workbook.xml': Buffer.from('<x/>') }),
    'index.input-kind',
    /is an Excel workbook \(\.xlsx\)/,
  ),
  refused('a web page', 'films', HTML, 'index.input-kind', /is a web page \(HTML\)/),
  refused(
    'a sign-in page',
    'films',
    HTML.replace('Nothing here.', '<form>Sign in</form>'),
    'index.input-kind',
    /a web page that asks to sign in/,
  ),
  refused(
    'a Git LFS pointer',
    'songs',
    'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 20114000\n',
    'index.input-kind',
    /is a Git LFS pointer/,
  ),
  refused(
    'an error message',
    'films',
    '{"code":403,"message":"Permission denied"}',
    'index.input-kind',
    /error message of a web service/,
  ),
  refused('a PDF', 'films', '%PDF-1.7\n', 'index.input-kind', /is a PDF/),
  refused(
    'two tables in one archive',
    'films',
    zipOf({ 'a.csv': Buffer.from('a'), 'b.csv': Buffer.from('b') }),
    'index.input-kind',
    /holds several tables: a\.csv, b\.csv/,
  ),
  refused(
    'a gzip that was cut',
    'songs',
    gzipSync(plainSongs).subarray(0, -2000),
    'index.input-broken',
    /breaks off after row|can't be unpacked/,
  ),
  refused(
    'a zip that was cut',
    'films',
    zipOf({ 'a.csv': Buffer.from(plainFilms) }).subarray(0, 4000),
    'index.input-broken',
    /can't be unpacked/,
  ),
  refused(
    'JSON that was cut',
    'songs',
    JSON.stringify(SONGS.map(jsonCells)).slice(0, -100),
    'index.input-broken',
    /stops being JSON after row 299/,
  ),
  refused('an empty file', 'songs', '', 'index.input-empty', /is empty/),
  refused(
    'a header alone',
    'films',
    plainFilms.slice(0, plainFilms.indexOf('\n') + 1),
    'index.implausible',
    /holds no films, only a header/,
  ),
  refused('the other table', 'films', plainSongs, 'index.header', /is a table of songs, not of films/),
  refused(
    'no header',
    'songs',
    plainSongs.slice(plainSongs.indexOf('\n') + 1),
    'index.header',
    /lacks the columns track_id, artists/,
  ),
  refused(
    'ids of another kind',
    'songs',
    csvOf(changed(SONGS, (_, i) => ({ track_id: String(i) }))),
    'index.implausible',
    /none of its 300 songs can be kept.*id is none of a Spotify track.*"0", "1", "2"/s,
  ),
  refused(
    'IMDb ids instead of TMDB ids',
    'films',
    csvOf(changed(FILMS, (row) => ({ id: row.imdb_id! }))),
    'index.implausible',
    /none of its 300 films can be kept.*no number of TMDB.*"tt\d+"/s,
  ),
  refused(
    'keywords as genres',
    'films',
    csvOf(changed(FILMS, (row) => ({ genres: row.keywords || 'nothing' }))),
    'index.implausible',
    /genres holds [\d,]+ different labels/,
  ),
  refused(
    'hundreds of genres',
    'songs',
    csvOf(changed(SONGS, (_, i) => ({ track_genre: `style ${i};mood ${i}` }))),
    'index.implausible',
    /track_genre holds 600 different labels/,
  ),
  refused(
    'no year',
    'films',
    csvOf(changed(FILMS, (_, i) => ({ release_date: `spring of ${i}` }))),
    'index.implausible',
    /100 % of the cells in release_date can't be read.*"spring of 0".*no film has a year/s,
  ),
  refused(
    'no votes',
    'films',
    set(FILMS, { vote_count: '0' }),
    'index.implausible',
    /no film has a vote.*"0"/s,
  ),
  refused(
    'every song minor',
    'songs',
    set(SONGS, { mode: '0' }),
    'index.implausible',
    /every song is in a minor key/,
  ),
  refused(
    'modes that are none',
    'songs',
    csvOf(changed(SONGS, (_, i) => ({ mode: ['tonal', 'modal', 'none at all'][i % 3]! }))),
    'index.implausible',
    /neither major nor minor.*"tonal", "modal", "none at all"/s,
  ),
  refused(
    'another status',
    'films',
    set(FILMS, { status: 'Veröffentlicht' }),
    'index.implausible',
    /none of its 300 films can be kept.*status is not "Released".*"Veröffentlicht"/s,
  ),
  refused(
    'a film of tomorrow in every row',
    'films',
    set(FILMS, { release_date: '2099-01-01' }),
    'index.implausible',
    /release lies in the future.*"2099-01-01"/s,
  ),
  refused(
    'marks of adult that nobody knows',
    'films',
    set(FILMS, { adult: 'PG-13' }),
    'index.implausible',
    /counts as adult.*"PG-13"/s,
  ),
  refused(
    'most overviews missing',
    'films',
    csvOf(changed(FILMS, (row, i) => ({ overview: i % 10 ? '' : row.overview! }))),
    'index.implausible',
    /one rule removes 90 % of its rows: the overview is missing/,
  ),
  refused(
    'a feature that is 0 everywhere',
    'songs',
    set(SONGS, { valence: '0' }),
    'index.implausible',
    /100 % of valence are the same.*"0"/s,
  ),
  refused(
    'loudness of 0 to 1',
    'songs',
    csvOf(changed(SONGS, (row) => ({ loudness: String((Number(row.loudness) + 60) / 62) }))),
    'index.implausible',
    /middle of loudness is 0\.\d+/,
  ),
  refused(
    'tempo of 0 to 1',
    'songs',
    csvOf(changed(SONGS, (row) => ({ tempo: String(Number(row.tempo) / 250) }))),
    'index.implausible',
    /middle of tempo is 0\.\d+/,
  ),
  refused(
    'features without sense',
    'songs',
    csvOf(changed(SONGS, (_, i) => ({ energy: String(1000 + i) }))),
    'index.implausible',
    /energy is not in 0…1.*"1000", "1001", "1002"/s,
  ),
  refused(
    'one film in every row',
    'films',
    csvOf(changed(FILMS, (row, i) => ({ id: FILMS[i % 3]!.id!, title: row.title! }))),
    'index.implausible',
    /one rule removes 99 % of its rows: the film stood there before/,
  ),
];

export const FOREIGN_TABLES: readonly ForeignTable[] = [...FORMS, ...SHAPES, ...REFUSED];

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2] ?? 'foreign-tables';
  mkdirSync(folder, { recursive: true });
  for (const { name, file, bytes } of FOREIGN_TABLES)
    writeFileSync(path.join(folder, `${name.replace(/[^\w]+/g, '-')}-${file}`), bytes);
}

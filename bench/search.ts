/**
 * Measures the song search beside minisearch and flexsearch: the same songs, the same texts, the same run.
 *
 *   npx tsx bench/search.ts [songs.csv …]
 */

import { createReadStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse';
import { Charset, Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import {
  buildSongIndex,
  normaliseText,
  type SearchSong,
  SongIndex,
  songKey,
} from '../src/engine/search/index.ts';
import { parseTitle } from '../src/engine/search/title.ts';
import { percentile, seeded, withTypos } from '../test/engine/search/typos.ts';
import { sample } from './sample.ts';

const SEED = 20261117;
/** Texts per row of the table. */
const TEXTS = 300;
/** Texts that are also typed letter by letter. */
const TYPED = 10;
/** Milliseconds of searching before the clock starts, so that nobody is timed while being compiled. */
const WARM_UP = 3000;
const DEFAULT_SONGS = '../shared/data/spotify_tracks.csv';

/** One search library under test. */
interface Contender {
  readonly name: string;
  readonly buildMs: number;
  readonly loadMs: number | null;
  readonly bytes: number | null;
  /** Positions in the list of songs, best first. */
  search(text: string): readonly number[];
}

interface Task {
  readonly text: string;
  /** The recording that is meant (see songKey). */
  readonly key: string;
}

/**
 * Runs the comparison.
 * @param songs a catalogue of real songs, sorted by id
 * @returns a Markdown table; the accuracies depend only on the songs, the times on the machine
 */
export async function benchSearch(songs: readonly SearchSong[]): Promise<string> {
  const keys = songs.map((song) => songKey(song.title, song.artists));
  const tasks = makeTasks(songs, keys);
  const keystrokes = [...tasks.get('title artist')!]
    .slice(0, TYPED)
    .flatMap(({ text }) => Array.from({ length: text.length }, (_, index) => text.slice(0, index + 1)));
  // One after the other, so that nobody is timed while another's garbage is collected.
  const columns = [ourSearch, miniSearch, flexSearch].map((make) =>
    measure(make(songs), tasks, keystrokes, keys),
  );
  const labels = [
    ...tasks.keys(),
    'p50 / p99 CPU ms, texts above',
    'p50 / p99 CPU ms, every keystroke',
    'build',
    'load at start',
    'index',
  ];
  const lines = [
    `${songs.length.toLocaleString('en')} songs, ${TEXTS} texts a row, seed ${SEED}. Accuracy: top 1 / top 5.`,
    '',
    `| | ${columns.map(({ name }) => name).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...labels.map((label, row) => `| ${label} | ${columns.map(({ cells }) => cells[row]).join(' | ')} |`),
  ];
  return `${lines.join('\n')}\n`;
}

/** One column of the table. */
function measure(
  contender: Contender,
  tasks: ReadonlyMap<string, readonly Task[]>,
  keystrokes: readonly string[],
  keys: readonly string[],
): { name: string; cells: string[] } {
  const { name, buildMs, loadMs, bytes } = contender;
  for (let at = 0, spent = 0; spent < WARM_UP && keystrokes.length > 0; at++) {
    spent += elapsed(() => contender.search(keystrokes[at % keystrokes.length]!));
  }
  const times: number[] = [];
  const cells = [...tasks.values()].map((row) => accuracy(contender, row, keys, times));
  cells.push(
    spread(times),
    spread(keystrokes.map((text) => elapsed(() => contender.search(text)))),
    `${(buildMs / 1000).toFixed(1)} s`,
    loadMs === null ? 'builds again' : `${loadMs.toFixed(0)} ms`,
    bytes === null ? 'in memory' : `${(bytes / 1e6).toFixed(1)} MB`,
  );
  return { name, cells };
}

/** The texts of every row. Only plain recordings with a Latin title are asked for: typos are Latin letters. */
function makeTasks(songs: readonly SearchSong[], keys: readonly string[]): Map<string, Task[]> {
  const random = seeded(SEED);
  const plain: { title: string; artist: string; key: string }[] = [];
  const bestKnown = new Map<string, { popularity: number; key: string }>();
  songs.forEach((song, index) => {
    const { core, version } = parseTitle(song.title, song.artists);
    const title = core.toLowerCase();
    const artist = (song.artists[0] ?? '').toLowerCase();
    const popularity = song.popularity ?? 0;
    const best = bestKnown.get(normaliseText(core));
    if (best === undefined || popularity > best.popularity) {
      bestKnown.set(normaliseText(core), { popularity, key: keys[index]! });
    }
    const typable = /^[a-z]/.test(normaliseText(title)) && /^[a-z]/.test(normaliseText(artist));
    if (version === null && typable && title.length >= 4) plain.push({ title, artist, key: keys[index]! });
  });
  const chosen = sample(plain, TEXTS, random);
  const known = sample(
    plain.filter(({ title, key }) => {
      const best = bestKnown.get(normaliseText(title))!;
      return best.popularity >= 50 && best.key === key;
    }),
    TEXTS,
    random,
  );
  const row = (from: typeof plain, write: (song: (typeof plain)[number]) => string): Task[] =>
    from.map((song) => ({ text: write(song), key: song.key }));
  const both = (song: { title: string; artist: string }) => `${song.title} ${song.artist}`;
  const swapped = (song: { title: string; artist: string }) => `${song.artist} ${song.title}`;
  return new Map([
    ['title artist', row(chosen, both)],
    ['title artist, one typo', row(chosen, (song) => withTypos(both(song), 1, random))],
    ['title artist, two typos', row(chosen, (song) => withTypos(both(song), 2, random))],
    ['swapped: artist title', row(chosen, swapped)],
    ['swapped, one typo', row(chosen, (song) => withTypos(swapped(song), 1, random))],
    [
      'title, first half of the artist',
      row(chosen, (s) => both(s).slice(0, -Math.ceil(s.artist.length / 2))),
    ],
    ['title of a known song', row(known, ({ title }) => title)],
    ['title of a known song, one typo', row(known, ({ title }) => withTypos(title, 1, random))],
    [
      'first two thirds of the title',
      row(known, ({ title }) => title.slice(0, Math.ceil((title.length * 2) / 3))),
    ],
  ]);
}

function accuracy(
  contender: Contender,
  tasks: readonly Task[],
  keys: readonly string[],
  times: number[],
): string {
  let first = 0;
  let firstFive = 0;
  for (const { text, key } of tasks) {
    let found: readonly number[] = [];
    times.push(
      elapsed(() => {
        found = contender.search(text);
      }),
    );
    // Versions of one recording count once, so that nobody is punished for not collapsing them.
    const distinct = [...new Set(found.map((song) => keys[song]!))];
    if (distinct[0] === key) first++;
    if (distinct.slice(0, 5).includes(key)) firstFive++;
  }
  return `${percent(first, tasks.length)} / ${percent(firstFive, tasks.length)}`;
}

function ourSearch(songs: readonly SearchSong[]): Contender {
  const numbers = new Map(songs.map((song, index) => [song.id, index]));
  let bytes = new Uint8Array();
  const buildMs = elapsed(() => {
    bytes = new Uint8Array(buildSongIndex(songs));
  });
  let index = SongIndex.load(bytes);
  const loadMs = elapsed(() => {
    index = SongIndex.load(bytes);
  });
  const search = (text: string) => index.search(text, 10).map((hit) => numbers.get(hit.id)!);
  return { name: 'Music2Movie', buildMs, loadMs, bytes: bytes.length, search };
}

function miniSearch(songs: readonly SearchSong[]): Contender {
  const index = new MiniSearch({
    fields: ['title', 'artist'],
    processTerm: (term) => normaliseText(term) || null,
    searchOptions: {
      fuzzy: 0.2,
      prefix: true,
      boostDocument: (id) => 1 + (songs[id as number]!.popularity ?? 0) / 100,
    },
  });
  const buildMs = elapsed(() => {
    index.addAll(songs.map(({ title, artists }, id) => ({ id, title, artist: artists.join(' ') })));
  });
  const search = (text: string) =>
    index
      .search(text)
      .slice(0, 30)
      .map(({ id }) => id as number);
  return { name: 'minisearch 7.2', buildMs, loadMs: null, bytes: null, search };
}

function flexSearch(songs: readonly SearchSong[]): Contender {
  const index = new Index({ tokenize: 'forward', encoder: Charset.LatinBalance });
  // It ranks equals by insertion, so the popular songs go in first.
  const order = songs
    .map((_, id) => id)
    .sort((a, b) => (songs[b]!.popularity ?? 0) - (songs[a]!.popularity ?? 0));
  const buildMs = elapsed(() => {
    for (const id of order)
      index.add(id, normaliseText(`${songs[id]!.title} ${songs[id]!.artists.join(' ')}`));
  });
  const search = (text: string) =>
    index.search(normaliseText(text), { limit: 30, suggest: true }).map((id) => id as number);
  return { name: 'flexsearch 0.8', buildMs, loadMs: null, bytes: null, search };
}

/** Milliseconds of processor time, so that other work on the machine does not count. */
function elapsed(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function spread(times: readonly number[]): string {
  return `${percentile(times, 0.5).toFixed(1)} / ${percentile(times, 0.99).toFixed(1)}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

async function readSongs(path: string, songs: Map<string, SearchSong>): Promise<void> {
  const rows = createReadStream(path).pipe(
    parse({ columns: true, bom: true, relax_quotes: true, relax_column_count: true }),
  );
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const id = row.track_id;
    if (id === undefined || songs.has(id)) continue;
    songs.set(id, {
      id,
      title: row.track_name ?? '',
      artists: (row.artists ?? '').split(';').filter((artist) => artist !== ''),
      album: row.album_name ?? '',
      popularity: row.popularity === undefined ? null : Number(row.popularity),
      durationMs: Number(row.duration_ms),
    });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const paths = process.argv.slice(2);
  const songs = new Map<string, SearchSong>();
  for (const path of paths.length === 0 ? [DEFAULT_SONGS] : paths) await readSongs(path, songs);
  console.log(await benchSearch([...songs.values()].sort((a, b) => (a.id < b.id ? -1 : 1))));
}

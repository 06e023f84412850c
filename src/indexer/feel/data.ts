/** The authored feel data: `data/feel/` as the fit and the indexer use it. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Relevance } from '../../engine/catalogue/records.ts';
import { GRADES } from '../../engine/model/lift.ts';
import { nameKey } from '../../engine/search/recording.ts';
import { UserError } from '../../shared/errors.ts';
import { type Line, malformed, readTsv } from './tsv.ts';

/** Where the repository keeps it. */
export const FEEL_DIR = fileURLToPath(new URL('../../../data/feel/', import.meta.url));

/** The vocabulary, in the order of `terms.tsv`. */
export interface Vocabulary {
  readonly terms: readonly string[];
  readonly worlds: readonly string[];
  /** Agreement of two passes on each term and world, 0…1; 1 where it is not known. */
  readonly reliability: { readonly terms: readonly number[]; readonly worlds: readonly number[] };
}

/**
 * @param fitted what a model was fitted with
 * @throws UserError when model and feel data name other terms
 */
export function checkVocabulary(
  fitted: Pick<Vocabulary, 'terms' | 'worlds'>,
  { terms, worlds }: Pick<Vocabulary, 'terms' | 'worlds'>,
): void {
  if (fitted.terms.join() === terms.join() && fitted.worlds.join() === worlds.join()) return;
  throw new UserError('The fitted model knows other feel terms than data/feel/terms.tsv names.', {
    id: 'index.vocabulary',
    hint: 'Fit a new model with `npx music2movie fit`, or restore terms.tsv from the repository.',
  });
}

/** What somebody judged of one work or artist. */
export interface Described {
  /** Strengths 0…1 in vocabulary order. */
  readonly terms: Float32Array;
  readonly worlds: Float32Array;
  /** 1 a guess, 2 known a little, 3 known well. */
  readonly confidence: number;
  readonly year: number | null;
}

export interface DescribedFilm extends Described {
  readonly id: number;
  readonly title: string;
}

export interface DescribedSong extends Described {
  /** Spotify track id, or an id of our own for a song that no data set has. */
  readonly id: string;
  readonly title: string;
  readonly artists: readonly string[];
  /** TMDB ids. */
  readonly picks: readonly number[];
  readonly relevance: readonly Relevance[];
}

export interface DescribedArtist extends Described {
  readonly name: string;
  readonly picks: readonly number[];
  /** Those of the picks that were added for the artist's other moods: they answer songs, but nothing is learned from them. */
  readonly further: ReadonlySet<number>;
  readonly relevance: readonly Relevance[];
}

export const PLAY_KINDS = ['theme', 'needle drop', 'performed', 'biography'] as const;
export type PlayKind = (typeof PLAY_KINDS)[number];

/** A known use of a song in a film. */
export interface Play {
  readonly song: string;
  readonly film: number;
  readonly kind: PlayKind;
}

export interface FeelData {
  readonly vocabulary: Vocabulary;
  readonly films: ReadonlyMap<number, DescribedFilm>;
  readonly songs: ReadonlyMap<string, DescribedSong>;
  /** By `nameKey`. */
  readonly artists: ReadonlyMap<string, DescribedArtist>;
  /** Grades for songs that nobody described, by track id. */
  readonly relevance: ReadonlyMap<string, readonly Relevance[]>;
  /** Confirmed uses only. */
  readonly plays: readonly Play[];
  /** sha256 over the tables. */
  readonly version: string;
}

/** Columns of each table. */
export const FEEL_TABLES = {
  'terms.tsv': ['term', 'kind', 'group', 'song', 'film', 'reliability'],
  'films.tsv': ['tmdb_id', 'title', 'year', 'confidence', 'terms', 'worlds'],
  'songs.tsv': ['id', 'title', 'artists', 'year', 'confidence', 'terms', 'worlds'],
  'artists.tsv': ['artist', 'years', 'confidence', 'terms', 'worlds'],
  'picks.tsv': ['kind', 'key', 'film', 'pass'],
  'relevance.tsv': ['kind', 'key', ...GRADES, 'pass'],
  'plays.tsv': ['song', 'film', 'kind', 'confirmed'],
  'second.tsv': ['kind', 'key', 'confidence', 'terms', 'worlds'],
} as const;

/** Weight of a strength: 1, 2, 3 → ⅓, ⅔, 1. */
const STRONGEST = 3;

/**
 * "tender:3,wry:1" as strengths in vocabulary order.
 * @throws UserError for an unknown or repeated name, or a weight other than 1, 2, 3
 */
function strengths(line: Line, column: string, names: ReadonlyMap<string, number>): Float32Array {
  const out = new Float32Array(names.size);
  const cell = line.values[column]!;
  if (cell === '') return out;
  for (const part of cell.split(',')) {
    const [name = '', weight = ''] = part.split(':');
    const index = names.get(name);
    if (index === undefined) malformed(line, `"${name}" is not in terms.tsv`);
    if (!/^[123]$/.test(weight)) malformed(line, `"${part}" has no weight 1, 2 or 3`);
    if (out[index]! > 0) malformed(line, `"${name}" stands there twice`);
    out[index] = Number(weight) / STRONGEST;
  }
  return out;
}

function confidenceOf(line: Line): number {
  const { confidence = '' } = line.values;
  if (!/^[123]$/.test(confidence)) malformed(line, `the confidence "${confidence}" is not 1, 2 or 3`);
  return Number(confidence);
}

/** A year, the middle of a range of years, or null for an empty cell. */
function yearOf(line: Line, column: string): number | null {
  const cell = line.values[column]!;
  if (cell === '') return null;
  const years = /^(\d{4})(?:-(\d{4}))?$/.exec(cell);
  if (!years) malformed(line, `"${cell}" is neither a year nor a range of years`);
  const first = Number(years[1]);
  const last = Number(years[2] ?? years[1]);
  if (last < first) malformed(line, `the years "${cell}" run backwards`);
  return Math.round((first + last) / 2);
}

function filmId(line: Line, column: string): number {
  const cell = line.values[column]!;
  if (!/^\d{1,9}$/.test(cell)) malformed(line, `"${cell}" is not a TMDB id`);
  return Number(cell);
}

/** Spotify's ids, and our own (see `ownSongId`). */
const SONG_ID = /^[0-9A-Za-z]{22}$/;

/**
 * Reads every table.
 * @throws UserError naming file, line and what is wrong
 */
export async function readFeelData(dir: string = FEEL_DIR): Promise<FeelData> {
  const table = (name: keyof typeof FEEL_TABLES) => readTsv(dir, name, FEEL_TABLES[name]);
  const vocabulary = readVocabulary(await table('terms.tsv'));
  const places = {
    terms: new Map(vocabulary.terms.map((name, i) => [name, i])),
    worlds: new Map(vocabulary.worlds.map((name, i) => [name, i])),
  };
  const seconds = readSeconds(await table('second.tsv'), places);
  const describe = (line: Line, kind: string, key: string, year: string): Described => {
    const terms = strengths(line, 'terms', places.terms);
    if (!terms.some((value) => value > 0)) malformed(line, 'no term is named');
    const own = {
      terms,
      worlds: strengths(line, 'worlds', places.worlds),
      confidence: confidenceOf(line),
      year: yearOf(line, year),
    };
    const second = seconds.get(`${kind}\t${key}`);
    return second ? meanOf(own, second) : own;
  };
  const picks = readPicks(await table('picks.tsv'));
  const relevance = readRelevance(await table('relevance.tsv'));
  const films = new Map<number, DescribedFilm>();
  for (const line of await table('films.tsv')) {
    const id = filmId(line, 'tmdb_id');
    if (films.has(id)) malformed(line, `film ${id} is described twice`);
    films.set(id, { id, title: line.values.title!, ...describe(line, 'film', String(id), 'year') });
  }
  const songs = new Map<string, DescribedSong>();
  for (const line of await table('songs.tsv')) {
    const { id = '', title = '', artists = '' } = line.values;
    if (!SONG_ID.test(id)) malformed(line, `the id "${id}" is not 22 letters and digits`);
    if (songs.has(id)) malformed(line, `song ${id} is described twice`);
    if (title === '' || artists === '') malformed(line, 'title or artists are missing');
    songs.set(id, {
      id,
      title,
      artists: artists.split(';'),
      picks: picks.all.get(`song\t${id}`) ?? [],
      relevance: relevance.get(`song\t${id}`) ?? [],
      ...describe(line, 'song', id, 'year'),
    });
  }
  const artists = new Map<string, DescribedArtist>();
  for (const line of await table('artists.tsv')) {
    const name = line.values.artist!;
    const key = nameKey(name);
    if (key === '' && name === '') malformed(line, 'the artist is missing');
    if (artists.has(key)) malformed(line, `the artist "${name}" is described twice`);
    artists.set(key, {
      name,
      picks: picks.all.get(`artist\t${name}`) ?? [],
      further: picks.further.get(`artist\t${name}`) ?? NONE,
      relevance: relevance.get(`artist\t${name}`) ?? [],
      ...describe(line, 'artist', name, 'years'),
    });
  }
  const plays: Play[] = [];
  for (const line of await table('plays.tsv')) {
    const { song = '', kind = '', confirmed = '' } = line.values;
    if (!SONG_ID.test(song)) malformed(line, `the song "${song}" is not an id`);
    const known = PLAY_KINDS.find((name) => name === kind);
    if (!known) malformed(line, `"${kind}" is not one of ${PLAY_KINDS.join(', ')}`);
    if (confirmed !== '' && confirmed !== 'soundtrack' && confirmed !== 'second pass')
      malformed(line, `"${confirmed}" is neither "soundtrack" nor "second pass" nor empty`);
    if (confirmed !== '') plays.push({ song, film: filmId(line, 'film'), kind: known });
  }
  const undescribed = [...relevance].flatMap(([place, grades]) => {
    const [kind = '', key = ''] = place.split('\t');
    return kind === 'song' && !songs.has(key) ? [[key, grades] as const] : [];
  });
  return {
    vocabulary,
    films,
    songs,
    artists,
    relevance: new Map(undescribed),
    plays,
    version: await feelVersion(dir),
  };
}

function readVocabulary(lines: readonly Line[]): Vocabulary {
  const named = (kind: string) =>
    lines.filter(({ values }) => values.kind === kind).map(({ values }) => values.term!);
  for (const line of lines)
    if (line.values.kind !== 'feeling' && line.values.kind !== 'world')
      malformed(line, `"${line.values.kind}" is neither "feeling" nor "world"`);
  const reliability = (kind: string) =>
    lines
      .filter(({ values }) => values.kind === kind)
      .map((line) => {
        const cell = line.values.reliability!;
        const value = cell === '' ? 1 : Number(cell);
        if (!(value >= -1 && value <= 1)) malformed(line, `the reliability "${cell}" is not in −1…1`);
        return Math.max(value, 0);
      });
  return {
    terms: named('feeling'),
    worlds: named('world'),
    reliability: { terms: reliability('feeling'), worlds: reliability('world') },
  };
}

/** Second, independent judgements by kind and key. */
function readSeconds(
  lines: readonly Line[],
  places: { readonly terms: ReadonlyMap<string, number>; readonly worlds: ReadonlyMap<string, number> },
): Map<string, Omit<Described, 'year'>> {
  return new Map(
    lines.map((line) => [
      `${line.values.kind}\t${line.values.key}`,
      {
        terms: strengths(line, 'terms', places.terms),
        worlds: strengths(line, 'worlds', places.worlds),
        confidence: confidenceOf(line),
      },
    ]),
  );
}

/** Two judgements of one work: the mean, weighted by confidence; two that agree are surer than one. */
function meanOf(own: Described, second: Omit<Described, 'year'>): Described {
  const total = own.confidence + second.confidence;
  const mix = (a: Float32Array, b: Float32Array) =>
    a.map((value, i) => (own.confidence * value + second.confidence * b[i]!) / total);
  return {
    ...own,
    terms: mix(own.terms, second.terms),
    worlds: mix(own.worlds, second.worlds),
    confidence: Math.max(own.confidence, second.confidence),
  };
}

const NONE: ReadonlySet<number> = new Set();

interface Picks {
  /** `kind\tkey` → TMDB ids in the order written. */
  readonly all: ReadonlyMap<string, readonly number[]>;
  /** The same, those of the third pass. */
  readonly further: ReadonlyMap<string, ReadonlySet<number>>;
}

function readPicks(lines: readonly Line[]): Picks {
  const picks = new Map<string, number[]>();
  const further = new Map<string, Set<number>>();
  for (const line of lines) {
    const { kind = '', key = '', pass = '' } = line.values;
    if (kind !== 'song' && kind !== 'artist') malformed(line, `"${kind}" is neither "song" nor "artist"`);
    if (!/^[1-4]$/.test(pass)) malformed(line, `the pass "${pass}" is not 1, 2, 3 or 4`);
    const place = `${kind}\t${key}`;
    const list = picks.get(place) ?? [];
    const film = filmId(line, 'film');
    if (!list.includes(film)) list.push(film);
    picks.set(place, list);
    if (pass === '3') further.set(place, (further.get(place) ?? new Set()).add(film));
  }
  return { all: picks, further };
}

/** The films of one grade in a line of `relevance.tsv`, as they are written. */
export function gradedFilms({ values }: Line, grade: (typeof GRADES)[number]): readonly string[] {
  return values[grade] === '' ? [] : values[grade]!.split(',');
}

/** Grades by `kind\tkey`, each film's the mean of all passes. */
function readRelevance(lines: readonly Line[]): Map<string, Relevance[]> {
  const grades = new Map<string, Map<number, number[]>>();
  for (const line of lines) {
    const { kind = '', key = '' } = line.values;
    if (kind !== 'song' && kind !== 'artist') malformed(line, `"${kind}" is neither "song" nor "artist"`);
    if (kind === 'song' && !SONG_ID.test(key)) malformed(line, `the song "${key}" is not an id`);
    const place = `${kind}\t${key}`;
    const films = grades.get(place) ?? new Map<number, number[]>();
    grades.set(place, films);
    const seen = new Set<number>();
    for (const [grade, column] of GRADES.entries()) {
      for (const cell of gradedFilms(line, column)) {
        if (!/^\d{1,9}$/.test(cell)) malformed(line, `"${cell}" is not a TMDB id`);
        const film = Number(cell);
        if (seen.has(film)) malformed(line, `film ${film} has two grades`);
        seen.add(film);
        films.set(film, [...(films.get(film) ?? []), grade]);
      }
    }
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return new Map(
    [...grades].map(([place, films]) => [
      place,
      [...films].map(([film, values]): Relevance => [film, mean(values)]),
    ]),
  );
}

/** sha256 over the tables' bytes: catalogue and model say what they were made from. */
export async function feelVersion(dir: string = FEEL_DIR): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(dir)).filter((name) => name in FEEL_TABLES).sort();
  for (const name of names) hash.update(`${name}\u0000`).update(await readFile(path.join(dir, name)));
  return hash.digest('hex');
}

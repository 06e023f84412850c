/** What a rater is asked: for each song one or more lists of films, in an order that tells nothing. */

import path from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { BASES } from '../engine/feel/profile.ts';
import type { Film, Song } from '../engine/types.ts';
import { malformed, readTsv } from '../indexer/feel/tsv.ts';
import { UserError } from '../shared/errors.ts';
import { seededRandom, shuffle } from '../shared/random.ts';
import { checkName } from './ratings.ts';

/** The product's own list, and another song's. */
export const OURS = 'ours';
export const CONTROL = 'control';

export interface FilmList {
  readonly system: string;
  readonly films: readonly Film[];
}

/** A song with its lists. */
export interface Ballot {
  readonly song: Song;
  readonly lists: readonly FilmList[];
}

/** Films of a list. */
const FIVE = 5;
/** Songs of which some lists are taken as control besides those of the other songs asked for. */
const CONTROLS = 20;
/** Songs below are known to few: they are drawn only where the others do not suffice. */
const KNOWN = 40;
/** Songs looked at for each one drawn, at most. */
const LOOKED_AT = 60;

/** The same items in an order that a text and a number decide. */
export function shuffled<T>(items: readonly T[], seed: number, salt = ''): T[] {
  let mixed = seed;
  for (const character of salt) mixed = (Math.imul(mixed, 31) + character.codePointAt(0)!) | 0;
  const out = [...items];
  shuffle(out, seededRandom(mixed));
  return out;
}

/**
 * Draws songs of the catalogue, as many as possible of each basis of a profile, and well known ones first.
 *
 * @param count how many; fewer where the catalogue has no more
 */
export function drawSongs(engine: Engine, count: number, seed: number): Song[] {
  const ids = shuffled([...engine.catalogue.records.songs.getKeys()], seed);
  const looked = ids.slice(0, LOOKED_AT * count).flatMap((id) => engine.song(id) ?? []);
  const known = ({ popularity }: Song) => (popularity ?? 0) >= KNOWN;
  const strata = new Map<string, Song[]>(
    BASES.filter((basis) => basis !== 'predicted').map((basis) => [basis, []]),
  );
  for (const song of [...looked.filter(known), ...looked.filter((song) => !known(song))]) {
    const stratum = strata.get(engine.songProfile(song).basis);
    if (stratum && stratum.length < count) stratum.push(song);
    if ([...strata.values()].every((songs) => songs.length >= count)) break;
  }
  const drawn: Song[] = [];
  for (let place = 0; place < count && drawn.length < count; place++)
    for (const songs of strata.values()) if (songs[place] && drawn.length < count) drawn.push(songs[place]!);
  return drawn;
}

const listOf = (engine: Engine, song: Song): Film[] =>
  engine.moviesFor(song, { limit: FIVE }).matches.map(({ film }) => film);

/** Another song's list: of another artist, and sharing no film where one can be found. */
function controlFor(
  song: Song,
  own: readonly Film[],
  pool: readonly Ballot[],
  seed: number,
): readonly Film[] {
  const ids = new Set(own.map(({ id }) => id));
  const others = shuffled(pool, seed, song.id).filter(
    (other) => other.song.id !== song.id && other.song.artists[0] !== song.artists[0],
  );
  const shares = ({ lists }: Ballot) => lists[0]!.films.filter(({ id }) => ids.has(id)).length;
  return others.sort((a, b) => shares(a) - shares(b))[0]?.lists[0]?.films ?? [];
}

/**
 * Makes the lists of every song: ours, another song's, and further ones.
 *
 * @param further lists of other systems, by song id
 */
export function makeBallots(
  engine: Engine,
  songs: readonly Song[],
  further: ReadonlyMap<string, readonly FilmList[]>,
  seed: number,
): Ballot[] {
  const ours = (song: Song): Ballot => ({ song, lists: [{ system: OURS, films: listOf(engine, song) }] });
  const own = songs.map(ours);
  const pool = [...own, ...drawSongs(engine, CONTROLS, seed + 1).map(ours)];
  return own.map(({ song, lists }) => {
    const control = { system: CONTROL, films: controlFor(song, lists[0]!.films, pool, seed) };
    const all = [...lists, control, ...(further.get(song.id) ?? [])];
    return { song, lists: all.filter(({ films }) => films.length > 0) };
  });
}

/**
 * Reads lists of other systems: columns system, song and film, best first.
 * @throws UserError naming file, line and what is wrong
 */
export async function readLists(file: string, engine: Engine): Promise<Map<string, FilmList[]>> {
  const lists = new Map<string, Map<string, Film[]>>();
  for (const line of await readTsv(path.dirname(file), path.basename(file), ['system', 'song', 'film'])) {
    const { system = '', song = '', film: cell = '' } = line.values;
    checkName(system, 'system');
    if (system === OURS || system === CONTROL) malformed(line, `"${system}" is the name of a list made here`);
    const film = /^\d{1,9}$/.test(cell) ? engine.film(Number(cell)) : null;
    if (!film) malformed(line, `no film of the catalogue has the id "${cell}"`);
    if (!engine.song(song)) malformed(line, `no song of the catalogue has the id "${song}"`);
    const bySystem = lists.get(song) ?? new Map<string, Film[]>();
    const films = bySystem.get(system) ?? [];
    if (films.length < FIVE) films.push(film);
    lists.set(song, bySystem.set(system, films));
  }
  return new Map(
    [...lists].map(([song, systems]) => [song, [...systems].map(([system, films]) => ({ system, films }))]),
  );
}

/** The ballot as one rater sees it. */
export function ballotFor(ballot: Ballot, rater: string, seed: number): Ballot {
  const salt = `${rater}\u0001${ballot.song.id}`;
  const lists = ballot.lists.map(({ system, films }) => ({
    system,
    films: shuffled(films, seed, `${salt}\u0001${system}`),
  }));
  return { song: ballot.song, lists: shuffled(lists, seed, salt) };
}

/**
 * Songs of a text, one a line: an id, or title and artist. Empty lines and those that begin with # are passed over.
 * @throws UserError naming the line that means no song
 */
export function songsNamed(text: string, find: (name: string) => Song | null): Song[] {
  const songs = new Map<string, Song>();
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const name = line.trim();
    if (name === '' || name.startsWith('#')) continue;
    const song = find(name);
    if (!song) {
      throw new UserError(
        `Line ${i + 1} of the songs, "${name.slice(0, 80)}", names no song of the catalogue.`,
        {
          id: 'judge.song-unknown',
          hint: 'Write one song a line: its Spotify track id, or title and artist.',
          exitCode: 3,
        },
      );
    }
    songs.set(song.id, song);
  }
  if (songs.size === 0) {
    throw new UserError('The file names no songs.', {
      id: 'judge.no-songs',
      hint: 'Write one song a line: its Spotify track id, or title and artist.',
    });
  }
  return [...songs.values()];
}

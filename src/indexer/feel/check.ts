/** Checks the feel data: form, ids, copies, quotas, what is used how often, and what two passes agree about. */
import { GRADES } from '../../engine/model/lift.ts';
import { isOwnSong } from '../../engine/search/recording.ts';
import { STARTER } from '../starter.ts';
import { FEEL_DIR, FEEL_TABLES, gradedFilms, readFeelData } from './data.ts';
import { type KnownFilm, type KnownSong, readKnownFilms, readKnownSongs } from './known-works.ts';
import { countBy, type Quota, quotasOf } from './quotas.ts';
import {
  agreementByTerm,
  DESCRIBED_TABLES,
  type DescribedKind,
  type TermAgreement,
  type TwicePassed,
  weightsOf,
} from './second-pass.ts';
import { measureSpread, type Spread } from './spread.ts';
import { type Line, readTsv } from './tsv.ts';

/**
 * Works of a table that may be described alike to the last weight. Measured on 6,317 films, 6,150 songs and 6,195
 * artists: none, none and .0019 (two acts of ocean sounds, for one). More than this is copying.
 */
export const MOST_COPIED = 0.005;
/** Share of all picks that one film may hold; a film picked this often is no hub in a small table either. */
export const MOST_PICKED = 0.002;
const ALWAYS_ALLOWED = 10;
/** Most picked films that the report lists. */
const HUBS = 10;
/** Ids of one fault that are written out. */
const EXAMPLES = 3;

export interface CheckFiles {
  /** Folder of the feel data; the repository's by default. */
  readonly dir?: string;
  /** Tables of films in which every id must stand; without them the starter's is looked at, which lacks some. */
  readonly movies?: readonly string[];
  readonly songs?: readonly string[];
}

export interface TermUse {
  readonly term: string;
  readonly films: number;
  readonly songs: number;
  readonly artists: number;
}

export interface FeelReport {
  /** sha256 over the tables. */
  readonly version: string;
  /** What is wrong, as sentences; empty for sound data. */
  readonly faults: readonly string[];
  /** Ids named that the tables looked at lack. */
  readonly unknown: {
    readonly films: number;
    readonly pickedFilms: number;
    readonly songs: number;
  };
  readonly spread: Readonly<Record<'films' | 'songs' | 'artists', Spread>>;
  readonly quotas: readonly Quota[];
  readonly picks: {
    readonly count: number;
    readonly mostPicked: readonly { film: number; title: string; count: number; share: number }[];
    /** Number of films → works with so many. */
    readonly perSong: Readonly<Record<string, number>>;
    readonly perArtist: Readonly<Record<string, number>>;
    readonly songsWithout: number;
    readonly artistsWithout: number;
  };
  /** Songs and artists whose list was read, and the films of each grade. */
  readonly grades: {
    readonly songs: number;
    readonly artists: number;
    readonly films: Readonly<Record<(typeof GRADES)[number], number>>;
  };
  readonly uses: readonly TermUse[];
  readonly agreement: {
    /** Works described twice. */
    readonly songs: number;
    readonly artists: number;
    readonly films: number;
    /** Mean alpha over terms, weighted by their uses; null where too little is described twice. */
    readonly mean: number | null;
    readonly terms: readonly TermAgreement[];
  };
}

type Tables = Readonly<Record<keyof typeof FEEL_TABLES, readonly Line[]>> & {
  readonly judged: readonly Line[];
  readonly outer: readonly Line[];
};

async function readTables(dir: string): Promise<Tables> {
  const names = Object.keys(FEEL_TABLES) as (keyof typeof FEEL_TABLES)[];
  const read = names.map(async (name) => [name, await readTsv(dir, name, FEEL_TABLES[name])] as const);
  return {
    ...(Object.fromEntries(await Promise.all(read)) as Record<keyof typeof FEEL_TABLES, Line[]>),
    judged: await readTsv(dir, 'judged.tsv', ['song', 'film', 'fits', 'rater'], true),
    outer: await readTsv(dir, 'outer.tsv', ['song', 'film'], true),
  };
}

const at = ({ file, number }: Line) => `${file}, line ${number}`;

/** One fault for many lines: how many, and where the first of them are. */
function faultOf(lines: readonly Line[], what: string): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > EXAMPLES ? ` and ${lines.length - EXAMPLES} more` : '';
  return [`${lines.slice(0, EXAMPLES).map(at).join('; ')}${more}: ${what}.`];
}

/** Lines that repeat an earlier one's cells of some columns. */
function repeated(lines: readonly Line[], columns: readonly string[]): Line[] {
  const seen = new Set<string>();
  return lines.filter(({ values }) => {
    const key = columns.map((column) => values[column]).join('\t');
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

/** Keys of picks and second judgements that no table describes, lines that say a thing twice. */
function faultsOfKeys(tables: Tables): string[] {
  const described = new Map(
    (Object.keys(DESCRIBED_TABLES) as DescribedKind[]).map((kind) => {
      const { file, key } = DESCRIBED_TABLES[kind];
      return [kind as string, new Set(tables[file].map(({ values }) => values[key]!))];
    }),
  );
  const stray = ({ values }: Line) => !described.get(values.kind!)?.has(values.key!);
  const songs = described.get('song')!;
  const ownStray = ({ values }: Line) => isOwnSong(values.song!) && !songs.has(values.song!);
  return [
    ...faultOf(tables['picks.tsv'].filter(stray), 'the song or artist is not described'),
    ...faultOf(
      tables['relevance.tsv'].filter((line) => line.values.kind === 'artist' && stray(line)),
      'the artist is not described',
    ),
    ...faultOf(tables['second.tsv'].filter(stray), 'there is no first judgement'),
    ...faultOf(repeated(tables['second.tsv'], ['kind', 'key']), 'a third judgement of the same work'),
    ...faultOf(repeated(tables['picks.tsv'], ['kind', 'key', 'film']), 'the film was picked already'),
    ...faultOf(repeated(tables['relevance.tsv'], ['kind', 'key', 'pass']), 'the pass read the list already'),
    ...faultOf(repeated(tables['plays.tsv'], ['song', 'film', 'kind']), 'the use stands there already'),
    ...faultOf(repeated(tables.outer, ['song', 'film']), 'the film stands in the list already'),
    ...faultOf(repeated(tables.judged, ['song', 'film', 'rater']), 'the rater judged the pair already'),
    ...faultOf(
      [...tables['plays.tsv'], ...tables.judged, ...tables.outer, ...gradedSongs(tables)].filter(ownStray),
      'an id of ours that no song has',
    ),
  ];
}

/** Lines of grades for songs, the song where other tables have it. */
const gradedSongs = (tables: Tables): Line[] =>
  tables['relevance.tsv']
    .filter(({ values }) => values.kind === 'song')
    .map((line) => ({ ...line, values: { ...line.values, song: line.values.key! } }));

/** The films of a line of grades. */
const filmsRead = (line: Line) => GRADES.flatMap((grade) => gradedFilms(line, grade));

/** Lines whose film or song the tables lack. */
function unknownIds(
  tables: Tables,
  films: ReadonlyMap<number, KnownFilm>,
  songs: ReadonlyMap<string, KnownSong>,
) {
  const noFilm = ({ values }: Line) => !films.has(Number(values.film ?? values.tmdb_id));
  const noneOf = (line: Line) => filmsRead(line).flatMap((film) => (films.has(Number(film)) ? [] : [line]));
  const noSong = ({ values }: Line) => {
    const id = values.song ?? values.id!;
    return !isOwnSong(id) && !songs.has(id);
  };
  const others = [...tables['plays.tsv'], ...tables.judged, ...tables.outer];
  const readSongs = [...others, ...gradedSongs(tables)];
  return {
    films: tables['films.tsv'].filter(noFilm),
    picks: tables['picks.tsv'].filter(noFilm),
    otherFilms: [...others.filter(noFilm), ...tables['relevance.tsv'].flatMap(noneOf)],
    songs: [...tables['songs.tsv'], ...readSongs].filter(noSong),
  };
}

function faultsOfCopies(spread: FeelReport['spread']): string[] {
  return Object.entries(spread).flatMap(([name, { copies, copiedShare, works }]) => {
    if (copiedShare <= MOST_COPIED) return [];
    const [first = []] = copies;
    return [
      `${name}.tsv: ${copies.flat().length} of ${works} works are described exactly like another (lines ${first.slice(0, EXAMPLES).join(' and ')}, for one); at most ${100 * MOST_COPIED} % may be.`,
    ];
  });
}

/** Genre of most of an artist's songs, by name. */
function genresByArtist(songs: ReadonlyMap<string, KnownSong>): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { artists, genres } of songs.values())
    for (const artist of artists) {
      const own = counts.get(artist) ?? new Map<string, number>();
      for (const genre of genres) own.set(genre, (own.get(genre) ?? 0) + 1);
      counts.set(artist, own);
    }
  return new Map(
    [...counts].flatMap(([artist, own]) => {
      const [most] = [...own].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return most ? [[artist, most[0]]] : [];
    }),
  );
}

function listLengths(picks: readonly Line[], kind: string): Record<string, number> {
  const lists = countBy(picks.filter(({ values }) => values.kind === kind).map(({ values }) => values.key!));
  return Object.fromEntries([...countBy(lists.values())].sort((a, b) => a[0] - b[0]));
}

function picksOf(tables: Tables, films: ReadonlyMap<number, KnownFilm>): FeelReport['picks'] {
  const picks = tables['picks.tsv'];
  const titles = new Map(tables['films.tsv'].map(({ values }) => [Number(values.tmdb_id), values.title!]));
  const counts = [...countBy(picks.map(({ values }) => Number(values.film)))];
  const keys = new Set(picks.map(({ values }) => `${values.kind}\t${values.key}`));
  const without = (kind: 'song' | 'artist') => {
    const { file, key } = DESCRIBED_TABLES[kind];
    return tables[file].filter(({ values }) => !keys.has(`${kind}\t${values[key]}`)).length;
  };
  return {
    count: picks.length,
    mostPicked: counts
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, HUBS)
      .map(([film, count]) => {
        const title = titles.get(film) ?? films.get(film)?.title ?? '';
        return { film, title, count, share: count / picks.length };
      }),
    perSong: listLengths(picks, 'song'),
    perArtist: listLengths(picks, 'artist'),
    songsWithout: without('song'),
    artistsWithout: without('artist'),
  };
}

function gradesOf(lines: readonly Line[]): FeelReport['grades'] {
  const read = (kind: string) =>
    new Set(lines.filter(({ values }) => values.kind === kind).map(({ values }) => values.key)).size;
  const films = (grade: (typeof GRADES)[number]) =>
    lines.reduce((sum, line) => sum + gradedFilms(line, grade).length, 0);
  return {
    songs: read('song'),
    artists: read('artist'),
    films: { no: films('no'), half: films('half'), fit: films('fit'), best: films('best') },
  };
}

function faultsOfHubs({ mostPicked, count }: FeelReport['picks']): string[] {
  const most = Math.max(ALWAYS_ALLOWED, MOST_PICKED * count);
  return mostPicked
    .filter((film) => film.count > most)
    .map(
      (film) =>
        `picks.tsv: ${film.title || `film ${film.film}`} is picked ${film.count} times; at most ${Math.floor(most)} of ${count} picks may name one film.`,
    );
}

function usesOf(tables: Tables, names: readonly string[]): TermUse[] {
  const count = (file: 'films.tsv' | 'songs.tsv' | 'artists.tsv') =>
    countBy(tables[file].flatMap((line) => [...weightsOf(line).keys()]));
  const [films, songs, artists] = [count('films.tsv'), count('songs.tsv'), count('artists.tsv')];
  return names.map((term) => ({
    term,
    films: films.get(term) ?? 0,
    songs: songs.get(term) ?? 0,
    artists: artists.get(term) ?? 0,
  }));
}

function agreementOf(tables: Tables, names: readonly string[]): FeelReport['agreement'] {
  const pairs: Record<DescribedKind, TwicePassed[]> = { song: [], artist: [], film: [] };
  for (const kind of Object.keys(pairs) as DescribedKind[]) {
    const { file, key } = DESCRIBED_TABLES[kind];
    const firsts = new Map(tables[file].map((line) => [line.values[key]!, line]));
    for (const second of tables['second.tsv']) {
      const first = second.values.kind === kind ? firsts.get(second.values.key!) : undefined;
      if (first) pairs[kind].push([weightsOf(first), weightsOf(second)]);
    }
  }
  const terms = agreementByTerm(Object.values(pairs).flat(), names);
  const sure = terms.filter(({ alpha }) => alpha !== null);
  const uses = sure.reduce((sum, term) => sum + term.uses, 0);
  return {
    songs: pairs.song.length,
    artists: pairs.artist.length,
    films: pairs.film.length,
    mean: uses === 0 ? null : sure.reduce((sum, term) => sum + term.uses * term.alpha!, 0) / uses,
    terms,
  };
}

/**
 * Reads and checks every table.
 *
 * @throws UserError when a table is missing or a line malformed: nothing else can be said of such data
 */
export async function checkFeel({ dir = FEEL_DIR, movies, songs }: CheckFiles = {}): Promise<FeelReport> {
  const { vocabulary, version } = await readFeelData(dir);
  const tables = await readTables(dir);
  const names = [...vocabulary.terms, ...vocabulary.worlds];
  const named = [...tables['picks.tsv'], ...tables['plays.tsv'], ...tables.judged, ...tables.outer];
  const filmIds = new Set([
    ...tables['films.tsv'].map(({ values }) => Number(values.tmdb_id)),
    ...named.map(({ values }) => Number(values.film)),
    ...tables['relevance.tsv'].flatMap(filmsRead).map(Number),
  ]);
  const knownFilms = await readKnownFilms(movies ?? [STARTER.movies], filmIds);
  const knownSongs = await readKnownSongs(songs ?? [STARTER.songs]);
  const missing = unknownIds(tables, knownFilms, knownSongs);

  const feelings = vocabulary.terms.length;
  const byArtist = genresByArtist(knownSongs);
  const spread = {
    films: measureSpread(
      tables['films.tsv'],
      names,
      feelings,
      ({ values }) => `${values.title} (${values.year})`,
      ({ values }) => knownFilms.get(Number(values.tmdb_id))?.genres[0],
    ),
    songs: measureSpread(
      tables['songs.tsv'],
      names,
      feelings,
      ({ values }) => `${values.title} – ${values.artists!.replaceAll(';', ', ')}`,
      ({ values }) => knownSongs.get(values.id!)?.genres[0] ?? byArtist.get(values.artists!.split(';')[0]!),
    ),
    artists: measureSpread(
      tables['artists.tsv'],
      names,
      feelings,
      ({ values }) => values.artist!,
      ({ values }) => byArtist.get(values.artist!),
    ),
  };
  const picks = picksOf(tables, knownFilms);
  const uses = usesOf(tables, names);
  const filmFaults = [missing.films, missing.picks, missing.otherFilms];
  return {
    version,
    faults: [
      ...faultsOfKeys(tables),
      ...(movies ? filmFaults.flatMap((lines) => faultOf(lines, 'the table of films lacks this id')) : []),
      ...(songs ? faultOf(missing.songs, 'the table of songs lacks this id') : []),
      ...faultsOfCopies(spread),
      ...faultsOfHubs(picks),
    ],
    unknown: {
      films: missing.films.length,
      pickedFilms: new Set(missing.picks.map(({ values }) => values.film)).size,
      songs: new Set(missing.songs.map(({ values }) => values.song ?? values.id)).size,
    },
    spread,
    quotas: quotasOf({
      films: tables['films.tsv'].length,
      songs: tables['songs.tsv'].length,
      artists: tables['artists.tsv'].length,
      plays: tables['plays.tsv'].length,
      picks: tables['picks.tsv'],
      languages: tables['films.tsv'].flatMap(
        ({ values }) => knownFilms.get(Number(values.tmdb_id))?.language ?? [],
      ),
    }),
    picks,
    grades: gradesOf(tables['relevance.tsv']),
    uses,
    agreement: agreementOf(tables, names),
  };
}

/**
 * A tiny world: six kinds of feeling with the repository's vocabulary, songs, films and artists of each, picks within
 * a kind, and a model fitted on them in a few seconds. Everything is made by a formula, the same each time.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fitAndCalibrate, saveModel } from '../../src/fitting/card.ts';
import { type FitInput, loadInput } from '../../src/fitting/input.ts';
import { FIT_DEFAULTS, type FitSettings } from '../../src/fitting/settings.ts';
import { fitTextSpace, TEXT_SPACE_DEFAULTS } from '../../src/fitting/text-space.ts';
import { buildCatalogue } from '../../src/indexer/build.ts';
import { FEEL_DIR, FEEL_TABLES } from '../../src/indexer/feel/data.ts';
import { csv, filmRow, type Row, sharedCatalogue, sharedFolder, songRow, trackId } from './catalogue.ts';

/** A kind of feeling: what its songs and films have in common. */
export interface Kind {
  readonly name: string;
  readonly terms: readonly string[];
  readonly world: string;
  readonly film: { readonly genres: string; readonly language: string; readonly words: string };
  readonly song: { readonly genres: string; readonly energy: number; readonly valence: number };
  readonly year: number;
}

export const KINDS: readonly Kind[] = [
  {
    name: 'night',
    terms: ['urban-night', 'tense', 'cool', 'driving', 'crime'],
    world: 'los-angeles',
    film: { genres: 'Thriller, Crime', language: 'en', words: 'murder police city night robbery detective' },
    song: { genres: 'hip-hop', energy: 0.8, valence: 0.4 },
    year: 1996,
  },
  {
    name: 'tender',
    terms: ['tender', 'romantic', 'melancholic', 'intimate', 'bittersweet'],
    world: 'france',
    film: { genres: 'Romance, Drama', language: 'fr', words: 'love paris letter wedding summer kiss' },
    song: { genres: 'pop', energy: 0.3, valence: 0.4 },
    year: 2004,
  },
  {
    name: 'festive',
    terms: ['joyful', 'playful', 'festive', 'family', 'childlike'],
    world: 'pop-stardom',
    film: {
      genres: 'Comedy, Family, Animation',
      language: 'en',
      words: 'school friend dance holiday dog father',
    },
    song: { genres: 'disney;rock', energy: 0.7, valence: 0.9 },
    year: 2010,
  },
  {
    name: 'dread',
    terms: ['menacing', 'angry', 'brutal', 'gothic', 'eerie'],
    world: 'metal',
    film: { genres: 'Horror, Mystery', language: 'ja', words: 'ghost blood demon death forest curse' },
    song: { genres: 'metal', energy: 0.95, valence: 0.2 },
    year: 1984,
  },
  {
    name: 'awe',
    terms: ['awe', 'serene', 'dreamy', 'mysterious', 'futuristic'],
    world: 'outer-space',
    film: {
      genres: 'Science Fiction, Adventure',
      language: 'en',
      words: 'space planet ship robot star voyage',
    },
    song: { genres: 'ambient;classical', energy: 0.15, valence: 0.3 },
    year: 2016,
  },
  {
    name: 'monsoon',
    terms: ['rural', 'nostalgic', 'laid-back', 'spiritual', 'nature'],
    world: 'india',
    film: { genres: 'Music, History', language: 'hi', words: 'village river mother rain temple song' },
    song: { genres: 'indian', energy: 0.5, valence: 0.6 },
    year: 1974,
  },
];

const FILMS_OF_A_KIND = 10;
const SONGS_OF_A_KIND = 12;
/** The first songs of a kind are described, the others are not. */
export const DESCRIBED_SONGS = 7;
const PICKS = 4;

/** TMDB id of the nth film of a kind. */
export const filmId = (kind: number, n: number) => 1000 * (kind + 1) + n;
/** Number of the nth song of a kind; its id is `trackId` of it. */
export const songNumber = (kind: number, n: number) => 100 * (kind + 1) + n;

/** Small differences within a kind. */
const vary = (a: number, b: number) => ((a * 37 + b * 61) % 100) / 100;

/** "a:3,b:2": the kind's terms, some of them stronger than others, and now and then one of another kind. */
function termsCell(kind: number, n: number): string {
  const { terms } = KINDS[kind]!;
  const own = terms.slice(0, 3 + (n % 3)).map((term, i) => `${term}:${3 - ((i + n) % 3)}`);
  const other = KINDS[(kind + 1 + (n % 4)) % KINDS.length]!.terms[n % 3]!;
  return [...own, ...(n % 2 === 0 ? [`${other}:1`] : [])].join(',');
}

/** A title that no two films share. */
function title(kind: number, n: number): string {
  const words = KINDS[kind]!.film.words.split(' ');
  const word = words[n % words.length]!;
  return `${word[0]!.toUpperCase()}${word.slice(1)} ${'Amber Birch Coral Dune Ember Fjord Grove Haven Iris Juno Kite Lark'.split(' ')[n]}${kind}`;
}

export function tinyFilms(): Row[] {
  return KINDS.flatMap(({ film, year }, kind) =>
    Array.from({ length: FILMS_OF_A_KIND }, (_, n) => {
      const words = film.words.split(' ');
      return filmRow(filmId(kind, n), {
        title: title(kind, n),
        original_language: film.language,
        genres: film.genres
          .split(', ')
          .slice(0, 1 + (n % 3))
          .join(', '),
        release_date: `${year + (n % 5) - 2}-06-01`,
        vote_count: 150 + 1700 * ((n * 3) % FILMS_OF_A_KIND),
        vote_average: 5 + 4 * vary(kind, n),
        keywords: words.slice(n % 3, (n % 3) + 3).join(', '),
        overview: `A ${words[n % 6]} and a ${words[(n + 1) % 6]} meet; the ${words[(n + 3) % 6]} is lost.`,
      });
    }),
  );
}

/** The two described artists of a kind. */
const artistsOf = (kind: number) => ['Band', 'Duo'].map((sort) => `The ${KINDS[kind]!.name} ${sort}`);

/** Artist of the nth song of a kind; the last two songs of each are of somebody nobody described. */
export const artistOf = (kind: number, n: number) =>
  n < SONGS_OF_A_KIND - 2 ? artistsOf(kind)[n % 2]! : `Unknown ${KINDS[kind]!.name} ${n}`;

export function tinySongs(): Row[] {
  return KINDS.flatMap(({ song }, kind) =>
    Array.from({ length: SONGS_OF_A_KIND }, (_, n) =>
      songRow(songNumber(kind, n), {
        track_name: `${title(kind, n)} Tune`,
        artists: artistOf(kind, n),
        album_name: `Album ${KINDS[kind]!.name}`,
        energy: Math.min(1, song.energy + 0.1 * vary(kind, n)),
        valence: Math.min(1, song.valence + 0.1 * vary(n, kind)),
        acousticness: 1 - song.energy,
        explicit: kind === 0 && n % 2 === 0 ? 'True' : 'False',
        popularity: 90 - 5 * n,
        track_genre: song.genres.split(';')[n % song.genres.split(';').length]!,
      }),
    ),
  );
}

/** The films picked for the nth song of a kind: all of the kind's films are picked now and then, but for the last. */
export const picksOf = (kind: number, n: number) =>
  Array.from({ length: PICKS }, (_, i) => filmId(kind, (n * 2 + i) % (FILMS_OF_A_KIND - 1)));

/** Lines of a feel table, without its header. */
export type FeelLines = Partial<Record<keyof typeof FEEL_TABLES, readonly (readonly (string | number)[])[]>>;

/** Writes a folder of feel tables with the repository's vocabulary; tables that are not given are empty. */
export async function writeFeel(dir: string, lines: FeelLines = {}): Promise<string> {
  await mkdir(dir, { recursive: true });
  await copyFile(path.join(FEEL_DIR, 'terms.tsv'), path.join(dir, 'terms.tsv'));
  for (const [name, columns] of Object.entries(FEEL_TABLES)) {
    if (name === 'terms.tsv') continue;
    const rows = [columns, ...(lines[name as keyof FeelLines] ?? [])];
    await writeFile(path.join(dir, name), rows.map((row) => `${row.join('\t')}\n`).join(''));
  }
  return dir;
}

/** What the tiny world's feel tables say. */
export function tinyFeelLines(): FeelLines {
  const works = <T>(count: number, of: (kind: number, n: number) => T) =>
    KINDS.flatMap((_, kind) => Array.from({ length: count }, (__, n) => of(kind, n)));
  return {
    'films.tsv': works(FILMS_OF_A_KIND - 2, (kind, n) => [
      filmId(kind, n),
      title(kind, n),
      KINDS[kind]!.year + (n % 5) - 2,
      3,
      termsCell(kind, n),
      `${KINDS[kind]!.world}:${1 + (n % 3)}`,
    ]),
    'songs.tsv': works(DESCRIBED_SONGS, (kind, n) => [
      trackId(songNumber(kind, n)),
      `${title(kind, n)} Tune`,
      artistOf(kind, n),
      KINDS[kind]!.year + n - 3,
      n === 0 ? 1 : 3,
      termsCell(kind, n + 1),
      n % 4 === 3 ? '' : `${KINDS[kind]!.world}:3`,
    ]),
    'artists.tsv': KINDS.flatMap(({ year, world }, kind) =>
      artistsOf(kind).map((name, i) => [
        name,
        `${year - 5}-${year + 5}`,
        2,
        termsCell(kind, 2 + i),
        `${world}:2`,
      ]),
    ),
    'picks.tsv': [
      ...works(DESCRIBED_SONGS, (kind, n) =>
        picksOf(kind, n).map((film) => ['song', trackId(songNumber(kind, n)), film, 1]),
      ).flat(),
      ...KINDS.flatMap((_, kind) =>
        artistsOf(kind).flatMap((name) => [0, 3, 6].map((n) => ['artist', name, filmId(kind, n), 1])),
      ),
    ],
    // The first is no film for that song, the last, of another kind, is the very film.
    'relevance.tsv': [
      [
        'song',
        trackId(songNumber(5, 3)),
        picksOf(5, 3)[0]!,
        filmId(5, 8),
        picksOf(5, 3)[1]!,
        filmId(4, 2),
        1,
      ],
      ['artist', artistOf(5, 1), filmId(5, 0), '', '', filmId(3, 4), 1],
      // Nobody described this one.
      ['song', trackId(songNumber(5, 7)), '', '', filmId(5, 2), filmId(4, 2), 1],
    ],
    'plays.tsv': [
      [trackId(songNumber(0, 0)), filmId(0, 2), 'theme', 'soundtrack'],
      [trackId(songNumber(0, 0)), filmId(0, 3), 'needle drop', ''],
    ],
  };
}

/** What grades add there. */
export const GRADE_VALUES = { song: [-3, -0.5, 1, 8], artist: [-2, -0.2, 0.5, 3] };

/** Settings under which the tiny world is learned in a few seconds. */
export const TINY_SETTINGS: FitSettings = {
  ...FIT_DEFAULTS,
  grams: 200,
  tower: { ...FIT_DEFAULTS.tower, dims: 8, epochs: 25, negatives: 40, batch: 24 },
};

/** What a tiny fit learns from. */
export async function tinyInput(dir: string): Promise<FitInput> {
  const files = { songs: path.join(dir, 'songs.csv'), movies: path.join(dir, 'movies.csv') };
  const input = await loadInput({ ...files, feel: path.join(dir, 'feel'), noText: true });
  const text = await fitTextSpace(input.films, async () => new Map(), {
    ...TEXT_SPACE_DEFAULTS,
    dims: 6,
    minTexts: 3,
    oversampling: 4,
  });
  return { ...input, text };
}

export interface TinyWorld {
  readonly songs: string;
  readonly movies: string;
  /** Folder of its feel tables. */
  readonly feel: string;
  /** Folder of tables that describe nothing. */
  readonly noFeel: string;
  /** Folder of the fitted model. */
  readonly model: string;
}

/** Tables, feel data and fitted model, made once a run; read-only. */
export async function tinyWorld(): Promise<TinyWorld> {
  const dir = await sharedFolder('tiny-world', async (out) => {
    await mkdir(path.join(out, 'model'), { recursive: true });
    await writeFile(path.join(out, 'songs.csv'), csv(tinySongs()));
    await writeFile(path.join(out, 'movies.csv'), csv(tinyFilms()));
    await writeFeel(path.join(out, 'feel'), tinyFeelLines());
    await writeFeel(path.join(out, 'no-feel'));
    const fitted = fitAndCalibrate(await tinyInput(out), TINY_SETTINGS, '2026-11-27');
    const { parts } = fitted;
    // Too few judged pairs stand there to calibrate on.
    const calibration = {
      slope: 1.2,
      ceiling: 3,
      fade: 0.2,
      intercepts: { described: -1.5, artist: -2, sound: -2.5 },
    };
    await saveModel(path.join(out, 'model'), {
      ...fitted,
      parts: { ...parts, spec: { ...parts.spec, calibration, relevance: GRADE_VALUES } },
    });
  });
  return {
    songs: path.join(dir, 'songs.csv'),
    movies: path.join(dir, 'movies.csv'),
    feel: path.join(dir, 'feel'),
    noFeel: path.join(dir, 'no-feel'),
    model: path.join(dir, 'model'),
  };
}

/** Its model, and feel data that describe nothing: what a build from made-up rows needs. */
export async function tinyModel(): Promise<{ readonly model: string; readonly feel: string }> {
  const { model, noFeel } = await tinyWorld();
  return { model, feel: noFeel };
}

/** The tiny world's catalogue, read-only. */
export function tinyCatalogue(): Promise<string> {
  return sharedCatalogue('tiny', async (out) => {
    const { songs, movies, feel, model } = await tinyWorld();
    await buildCatalogue({ songs, movies, feel, model, out });
  });
}

/** `music2movie recommend`: five films for a song, or for thousands of songs at once. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Table from 'cli-table3';
import type { Command } from 'commander';
import type { Engine } from '../engine/engine.ts';
import type { Match, MoviesOptions, Song } from '../engine/types.ts';
import { UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';
import { addFilterOptions, type FilterOptions, openEngine, toFilters, wholeBetween } from './options.ts';
import { reasonText } from './reason-text.ts';

interface Options extends FilterOptions {
  readonly track?: string;
  readonly limit: number;
  readonly catalogue?: string;
  readonly from?: string;
  readonly json?: boolean;
}

/** Below this quality a text is not taken for a song without asking (see docs/SONGS.md). */
export const SURE_QUALITY = 0.5;

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  const command = program
    .command('recommend [song] [artist]')
    .description('the five films that feel like a song')
    .option('--track <id>', 'a Spotify track id instead of a name')
    .option('--limit <n>', 'how many films, 1 to 50', wholeBetween(1, 50), 5);
  addFilterOptions(command)
    .option('--catalogue <dir>', 'the catalogue to ask')
    .option(
      '--from <file>',
      'one song or track id a line (- for standard input); prints one JSON object a line',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExit status: 0 answered, 2 wrong usage, 3 song not known, 4 catalogue missing or damaged.',
    )
    .action(async (song: string | undefined, artist: string | undefined, options: Options) => {
      if ([song, options.track, options.from].filter((x) => x !== undefined).length !== 1) {
        throw new UserError('Name one song, or use --track or --from.', {
          id: 'recommend.usage',
          hint: 'For example: npx music2movie recommend "Bohemian Rhapsody" "Queen"',
        });
      }
      const engine = await openEngine(io, options.catalogue);
      try {
        if (options.from !== undefined) await answerLines(engine, options, io);
        else answerOne(engine, song, artist, options, io, exit);
      } finally {
        await engine.close();
      }
    });
}

/** The song that a text names, or null with the nearest names. */
export function understand(
  engine: Engine,
  text: string,
  artist?: string,
): { song: Song | null; nearest: readonly Song[] } {
  const found = engine.findSongs(artist ? `${text} by ${artist}` : text, 5);
  const best = found[0];
  const nearest = found.map((hit) => hit.song);
  return { song: best && best.quality >= SURE_QUALITY ? best.song : null, nearest };
}

function moviesOptions(options: Options): MoviesOptions {
  return {
    limit: options.limit,
    filters: toFilters(options),
    ...(options.mainstream !== undefined && { mainstream: options.mainstream }),
  };
}

/** The answer in its JSON form. */
function answerJson(engine: Engine, song: Song, options: Options): Record<string, unknown> {
  const started = performance.now();
  const answer = engine.moviesFor(song.id, moviesOptions(options));
  const ms = performance.now() - started;
  const { features, ...facts } = song;
  return {
    song: { ...facts, ...features },
    movies: answer.matches.map(movieJson),
    catalogue: { version: engine.info.version, movies: engine.info.movies, songs: engine.info.songs },
    ms: Number(ms.toFixed(3)),
  };
}

const round = (x: number) => Number(x.toFixed(4));

function movieJson({ film, score, similarity, reasons }: Match): Record<string, unknown> {
  return {
    id: film.id,
    title: film.title,
    year: film.year,
    score: round(score),
    similarity: round(similarity),
    genres: film.genres,
    language: film.language,
    runtime: film.runtime,
    rating: film.rating,
    votes: film.votes,
    popularity: film.popularity,
    poster: film.poster,
    overview: film.overview,
    reasons: reasons.map((reason) => ({ ...reason, weight: round(reason.weight) })),
  };
}

function answerOne(
  engine: Engine,
  text: string | undefined,
  artist: string | undefined,
  options: Options,
  io: CliIo,
  exit: (code: number) => void,
): void {
  const { song, nearest } =
    options.track !== undefined
      ? { song: engine.song(options.track), nearest: [] }
      : understand(engine, text!, artist);
  if (!song) {
    unknown(options.track ?? text!, nearest, options.json === true, io);
    exit(3);
    return;
  }
  if (options.json) {
    io.out(`${JSON.stringify(answerJson(engine, song, options))}\n`);
    return;
  }
  const started = performance.now();
  const answer = engine.moviesFor(song.id, moviesOptions(options));
  const ms = performance.now() - started;
  io.out(`\n${song.title} · ${song.artists.join(', ')}\n${songLine(song)}\n`);
  if (answer.matches.length === 0) io.out('No film passes these filters. Loosen one and try again.\n');
  else
    io.out(
      `${answerTable(answer.matches, io.columns)}\n${engine.info.movies.toLocaleString('en')} films, ${ms.toFixed(1)} ms\n`,
    );
}

function unknown(query: string, nearest: readonly Song[], json: boolean, io: CliIo): void {
  const names = nearest.map((song) => `${song.title} · ${song.artists.join(', ')}`);
  if (json) {
    const candidates = nearest.map(({ id, title, artists }) => ({ id, title, artists }));
    io.out(`${JSON.stringify({ error: `No song named "${query}" is known.`, candidates })}\n`);
    return;
  }
  io.err(`No song named "${query}" is known.\n`);
  if (names.length > 0) io.err(`Did you mean:\n${names.map((name) => `  ${name}`).join('\n')}\n`);
}

function songLine(song: Song): string {
  const { tempo, energy, valence } = song.features;
  const parts = [
    song.genres.join(', '),
    tempo === null ? '' : `${Math.round(tempo)} bpm`,
    `energy ${energy.toFixed(2)}`,
    `valence ${valence.toFixed(2)}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Narrower terminals get the films as a list. */
const TABLE_COLUMNS = 90;

function answerTable(matches: readonly Match[], columns: number): string {
  if (columns < TABLE_COLUMNS) {
    return matches
      .map(
        ({ film, score, reasons }) =>
          `${score.toFixed(2)}  ${film.title} (${film.year ?? '?'})\n      ${reasonText(reasons[0])}`,
      )
      .join('\n');
  }
  const widths = [7, 34, 6, Math.max(24, Math.min(columns, 140) - 34 - 7 - 6 - 26 - 6), 26];
  const table = new Table({
    head: ['Score', 'Film', 'Year', 'Why', 'Genres'],
    colWidths: widths,
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { film, score, reasons } of matches) {
    table.push([
      score.toFixed(2),
      film.title,
      String(film.year ?? '?'),
      reasonText(reasons[0]),
      film.genres.slice(0, 3).join(', '),
    ]);
  }
  return table.toString();
}

async function answerLines(engine: Engine, options: Options, io: CliIo): Promise<void> {
  const input: NodeJS.ReadableStream = options.from === '-' ? io.stdin : createReadStream(options.from!);
  const failed = new Promise<never>((_, reject) => {
    input.once('error', (error: unknown) =>
      reject(
        new UserError(`The file ${options.from} can't be read.`, {
          id: 'recommend.from',
          hint: 'Name a text file with one song or track id a line.',
          underlying: error,
        }),
      ),
    );
  });
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const work = async () => {
    for await (const line of lines) {
      const query = line.replace(/^\uFEFF/, '').trim();
      if (query !== '') io.out(`${JSON.stringify(answerLine(engine, query, options))}\n`);
    }
  };
  await Promise.race([work(), failed]);
}

/** One line's answer; a song that is not known becomes an `error` in its place. Wrong options end the run. */
function answerLine(engine: Engine, query: string, options: Options): Record<string, unknown> {
  const song = engine.song(query) ?? understand(engine, query).song;
  if (!song) return { query, error: `No song named "${query}" is known.` };
  return { query, ...answerJson(engine, song, options) };
}

/** `music2movie recommend`: five films for a song, or for thousands of songs at once. */
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { pictureOf } from '../bots/common/picture.ts';
import { answerResolution, resolveText } from '../conversation/ask.ts';
import { basisText } from '../conversation/cards.ts';
import type { SharedContext } from '../conversation/context.ts';
import { wrapText } from '../conversation/plain-text.ts';
import { MAINSTREAM, MAINSTREAM_LEVELS } from '../conversation/query.ts';
import { sayOneEach } from '../conversation/reasons.ts';
import { knownUses, useTexts } from '../conversation/recommendation.ts';
import type { Match, MatchEngine, MoviesAnswer, MoviesOptions, Seed, Song } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { Resolution, ResolvedBlend, ResolvedSong } from '../lookup/resolve/resolution.ts';
import { UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';
import { addFilterOptions, type FilterOptions, openSession, toFilters, wholeBetween } from './options.ts';
import {
  candidatesJson,
  NO_SONG,
  noteOf,
  printable,
  resolutionText,
  seedJson,
  seedText,
} from './resolution.ts';

interface Options extends FilterOptions {
  readonly track?: string;
  readonly limit: number;
  readonly catalogue?: string;
  readonly from?: string;
  readonly json?: boolean;
  readonly picture?: string;
}

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
    .option('--picture <file>', 'write the answer as a picture to share (PNG)')
    .addHelpText(
      'after',
      '\nA song is named as in the chats: title, artist, both, a link to music or a track id; + joins several.\nExit status: 0 answered, 2 wrong usage, 3 song not known or several may be meant, 4 catalogue missing or damaged.',
    )
    .action(async (song: string | undefined, artist: string | undefined, options: Options) => {
      if ([song, options.track, options.from].filter((x) => x !== undefined).length !== 1) {
        throw new UserError('Name one song, or use --track or --from.', {
          id: 'recommend.usage',
          hint: 'For example: npx music2movie recommend "Bohemian Rhapsody" "Queen"',
        });
      }
      const session = await openSession(io, options.catalogue);
      try {
        const { context } = session;
        if (options.from !== undefined) await answerLines(context, options, io);
        else {
          const text = song ?? `spotify:track:${options.track}`;
          const resolution = await resolveText(text, context, artist === undefined ? {} : { artist });
          const code = answerOne(context.engine(), resolution, options, io);
          if (options.picture !== undefined)
            await writePicture(options.picture, resolution, options, context, io);
          exit(code);
        }
      } finally {
        await session.close();
      }
    });
}

type Resolved = ResolvedSong | ResolvedBlend;

const words = wordsFor('en');

const isResolved = (resolution: Resolution): resolution is Resolved =>
  resolution.kind === 'song' || resolution.kind === 'blend';

/** A song of the catalogue by its id, as the chats ask for it; anything else whole. */
function engineSeed(engine: MatchEngine, resolution: Resolved): Seed {
  if (resolution.kind === 'blend') return resolution.songs;
  return engine.song(resolution.song.id) ? resolution.song.id : resolution.song;
}

function filmOptions(options: Options, engine: MatchEngine): MoviesOptions {
  return {
    limit: options.limit,
    filters: toFilters(options, engine.facets.languages),
    ...(options.mainstream !== undefined && { mainstream: options.mainstream }),
  };
}

/** The answer in its JSON form. */
function answerJson(engine: MatchEngine, resolution: Resolved, options: Options): Record<string, unknown> {
  const started = performance.now();
  const answer = engine.moviesFor(engineSeed(engine, resolution), filmOptions(options, engine));
  const ms = performance.now() - started;
  return {
    ...songJson(resolution),
    basis: answer.basis,
    uses: usesJson(engine, resolution),
    movies: answer.matches.map(filmJson),
    catalogue: { version: engine.info.version, movies: engine.info.movies, songs: engine.info.songs },
    ms: Number(ms.toFixed(3)),
  };
}

/** The song with its features, and where they come from if not from the catalogue; or the blend. */
function songJson(resolution: Resolved): Record<string, unknown> {
  if (resolution.kind === 'blend') return seedJson(resolution);
  const { features, ...facts } = resolution.song;
  const source = resolution.source.kind;
  return { song: { ...facts, ...features }, ...(source !== 'catalogue' && { source }) };
}

const round = (x: number) => Number(x.toFixed(4));

function filmJson({ film, score, logit, reasons }: Match): Record<string, unknown> {
  return {
    id: film.id,
    title: film.title,
    year: film.year,
    score: round(score),
    logit: round(logit),
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

/** Films in which the song is known to stand; none for a blend. */
function usesJson(engine: MatchEngine, resolution: Resolved): Record<string, unknown>[] {
  if (resolution.kind === 'blend') return [];
  return engine
    .usesOf(resolution.song)
    .map(({ film, kind }) => ({ id: film.id, title: film.title, year: film.year, kind }));
}

/** Writes the picture of the first five films; an answer without films has none. */
async function writePicture(
  file: string,
  resolution: Resolution,
  options: Options,
  context: SharedContext,
  io: CliIo,
): Promise<void> {
  if (!isResolved(resolution)) return;
  const bias = options.mainstream ?? MAINSTREAM.balanced;
  const mainstream = MAINSTREAM_LEVELS.reduce((best, level) =>
    Math.abs(MAINSTREAM[level] - bias) < Math.abs(MAINSTREAM[best] - bias) ? level : best,
  );
  const answer = await answerResolution(
    resolution,
    { filters: toFilters(options, context.engine().facets.languages), mainstream, page: 0 },
    { ...context, locale: 'en', audience: { private: true, ageRestricted: false }, user: null },
  );
  if (answer.kind !== 'recommendations' || answer.films.length === 0) return;
  try {
    await writeFile(file, await pictureOf(answer, 'en'));
  } catch (error) {
    throw new UserError(`The picture can't be written to ${file}.`, {
      id: 'recommend.picture',
      hint: 'Name a file in a folder that exists and may be written to.',
      underlying: error,
    });
  }
  io.err(`Picture: ${file}\n`);
}

/** @returns the exit status */
function answerOne(engine: MatchEngine, resolution: Resolution, options: Options, io: CliIo): number {
  if (!isResolved(resolution)) {
    if (options.json) io.out(`${JSON.stringify(unresolvedJson(resolution))}\n`);
    else io.err(resolutionText(resolution));
    return NO_SONG;
  }
  if (options.json) {
    io.out(`${JSON.stringify(answerJson(engine, resolution, options))}\n`);
    return 0;
  }
  const started = performance.now();
  const answer = engine.moviesFor(engineSeed(engine, resolution), filmOptions(options, engine));
  const ms = performance.now() - started;
  io.out(
    `\n${seedText(resolution)}${resolution.kind === 'song' ? songLine(resolution.song, answer.basis, engine) : ''}`,
  );
  if (answer.matches.length === 0) io.out('No film passes these filters. Loosen one and try again.\n');
  else
    io.out(
      `${answerTable(answer.matches, io.columns)}\n${engine.info.movies.toLocaleString('en')} films, ${ms.toFixed(1)} ms\n`,
    );
  return 0;
}

function unresolvedJson(resolution: Exclude<Resolution, Resolved>): Record<string, unknown> {
  return { error: noteOf(resolution), candidates: candidatesJson(resolution.candidates) };
}

function soundTexts({ features }: Song): string[] {
  if (!features) return [];
  const { tempo, energy, valence } = features;
  const bpm = tempo === null ? [] : [`${Math.round(tempo)} bpm`];
  return [...bpm, `energy ${energy.toFixed(2)}`, `valence ${valence.toFixed(2)}`];
}

/** What is known of the song, what its feel rests on, and the films in which it stands. */
function songLine(song: Song, basis: MoviesAnswer['basis'], engine: MatchEngine): string {
  const facts = [song.genres.join(', '), ...soundTexts(song)].filter((part) => part !== '').join(' · ');
  const uses = new Set(useTexts(knownUses(song, { engine: () => engine }), words));
  const lines = [facts, basisText(basis, words), ...[...uses].map((use) => `▸ ${printable(use)}`)];
  return lines.map((line) => (line === '' ? '' : `${line}\n`)).join('');
}

/** Narrower terminals get the films as a list. */
const TABLE_COLUMNS = 90;

function answerTable(matches: readonly Match[], columns: number): string {
  const reasons = sayOneEach(
    matches.map((match) => match.reasons),
    words,
  );
  if (columns < TABLE_COLUMNS) {
    return matches
      .map(
        ({ film, score }, at) =>
          `${score.toFixed(2)}  ${printable(film.title)} (${film.year ?? '?'})${reasons[at] ? `\n      ${reasons[at]}` : ''}`,
      )
      .map((lines) => wrapText(lines, columns))
      .join('\n');
  }
  const widths = [7, 34, 6, Math.max(24, Math.min(columns, 140) - 34 - 7 - 6 - 26 - 6), 26];
  const table = new Table({
    head: ['Score', 'Film', 'Year', 'Why', 'Genres'],
    colWidths: widths,
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const [at, { film, score }] of matches.entries()) {
    table.push([
      score.toFixed(2),
      printable(film.title),
      String(film.year ?? '?'),
      reasons[at] ?? '',
      film.genres.slice(0, 3).join(', '),
    ]);
  }
  return table.toString();
}

async function answerLines(context: SharedContext, options: Options, io: CliIo): Promise<void> {
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
      if (query !== '') io.out(`${JSON.stringify(await answerLine(context, query, options))}\n`);
    }
  };
  await Promise.race([work(), failed]);
}

/** One line's answer; a song that is not known becomes an `error` in its place. Wrong options end the run. */
async function answerLine(
  context: SharedContext,
  query: string,
  options: Options,
): Promise<Record<string, unknown>> {
  const resolution = await resolveText(query, context);
  if (!isResolved(resolution)) return { query, error: noteOf(resolution) };
  return { query, ...answerJson(context.engine(), resolution, options) };
}

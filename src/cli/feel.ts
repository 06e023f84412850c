/** `music2movie feel`: what a song or film feels like to the program; `--check` looks at the tables behind that. */
import type { Command } from 'commander';
import { resolveText } from '../conversation/ask.ts';
import type { MatchEngine, Profile } from '../engine/types.ts';
import { checkFeel, type FeelReport } from '../indexer/feel/check.ts';
import { FEEL_DIR } from '../indexer/feel/data.ts';
import { writeReliability } from '../indexer/feel/second-pass.ts';
import { UserError } from '../shared/errors.ts';
import { reportText } from './feel-report.ts';
import type { CliIo } from './io.ts';
import { openSession } from './options.ts';
import { inEnglish, NO_SONG, noteOf, printable, resolutionText, seedOf } from './resolution.ts';

interface Options {
  readonly track?: string;
  readonly film?: string;
  readonly catalogue?: string;
  readonly check?: boolean;
  readonly dir?: string;
  readonly movies?: string[];
  readonly songs?: string[];
  readonly writeReliability?: boolean;
  readonly json?: boolean;
}

/** A profile with the work it is of. */
interface Shown extends Profile {
  readonly kind: 'song' | 'film';
  /** Spotify track id or our own, TMDB id; null for several songs blended. */
  readonly id: string | number | null;
  readonly title: string;
}

/** What a person reads above the bars, and is told of how the song was understood. */
interface Named {
  readonly shown: Shown;
  readonly heading: string;
  readonly note: string;
}

/** Status of data that are not sound, and of wrong usage. */
const FAULTY = 2;
const TRACK_ID = /^[0-9A-Za-z]{22}$/;
/** Feelings and worlds printed for people. */
const MOST_TERMS = 12;
const MOST_WORLDS = 4;
const BAR = 20;

const RESTS_ON: Readonly<Record<Shown['kind'], Readonly<Record<Profile['basis'], string>>>> = {
  song: {
    described: 'its own description in the feel data',
    artist: "its artist's description, moved by the song's sound",
    sound: 'its genre labels and its sound: neither the song nor its artist is described',
    predicted: 'a prediction: nobody described it',
  },
  film: {
    described: 'its own description in the feel data',
    artist: 'a prediction: nobody described it',
    sound: 'a prediction: nobody described it',
    predicted: "the film's facts: genres, keywords, texts, year and language; nobody described it",
  },
};

const collect = (value: string, list: string[] = []) => [...list, value];

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  program
    .command('feel')
    .description('say what a song or a film feels like, or check the feel data')
    .argument('[song]', 'title, artist, both, or a link to music')
    .option('--track <id>', 'the song with this Spotify track id')
    .option('--film <film>', 'a film: TMDB id, title, or "Title (year)"')
    .option('--catalogue <dir>', 'the catalogue to ask')
    .option('--check', 'check every table of the feel data')
    .option('--dir <dir>', "with --check: folder of the feel data (default: the repository's data/feel)")
    .option('--movies <file>', 'with --check: film table that must hold every id (repeatable)', collect)
    .option('--songs <file>', 'with --check: song table that must hold every id (repeatable)', collect)
    .option('--write-reliability', 'with --check: write how far two passes agree into terms.tsv')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nWeights run from 0 to 1. Exit status 3 when the song or film is not known; 2 when the feel data are not sound.\nA quota that is not met yet is reported and is no fault.',
    )
    .action(async (text: string | undefined, options: Options) => {
      checkUsage(text, options);
      if (options.check) {
        exit(await check(options, io));
        return;
      }
      const named = await profileOf(text, options, io);
      if (!named) {
        exit(NO_SONG);
        return;
      }
      io.out(options.json ? `${JSON.stringify(named.shown)}\n` : profileText(named));
    });
}

/** @throws UserError where not exactly one thing is asked for */
function checkUsage(text: string | undefined, options: Options): void {
  const wrong = (sentence: string) => {
    throw new UserError(sentence, {
      id: 'feel.usage',
      hint: '`npx music2movie feel --help` shows how.',
    });
  };
  const asked = [text, options.track, options.film, options.check].filter((one) => one !== undefined);
  if (asked.length === 0) wrong('Name a song, or give --track, --film or --check.');
  if (asked.length > 1) wrong('Ask for one thing: a song, --track, --film or --check.');
  const ofCheck = { dir: options.dir, movies: options.movies, songs: options.songs };
  const stray = Object.entries({ ...ofCheck, 'write-reliability': options.writeReliability }).find(
    ([, value]) => value !== undefined,
  );
  if (!options.check && stray) wrong(`--${stray[0]} belongs to --check.`);
  if (options.check && options.catalogue) wrong('--check reads the feel data, no catalogue.');
  if (options.track !== undefined && !TRACK_ID.test(options.track))
    wrong('A track id has 22 letters and digits.');
}

async function check({ dir, movies, songs, json, ...options }: Options, io: CliIo): Promise<number> {
  const report: FeelReport = await checkFeel({
    ...(dir !== undefined && { dir }),
    ...(movies && { movies }),
    ...(songs && { songs }),
  });
  io.out(json ? `${JSON.stringify(report)}\n` : reportText(report));
  if (report.faults.length > 0) return FAULTY;
  if (options.writeReliability) {
    await writeReliability(dir ?? FEEL_DIR, report.agreement.terms);
    if (!json) io.out('Written into terms.tsv.\n');
  }
  return 0;
}

/** Null where the song is unknown or unclear; what is known is said then. */
async function profileOf(text: string | undefined, options: Options, io: CliIo): Promise<Named | null> {
  const session = await openSession(io, options.catalogue);
  try {
    const engine = session.context.engine();
    if (options.film !== undefined) return filmProfile(engine, options.film);
    const resolution = await resolveText(text ?? `spotify:track:${options.track}`, session.context);
    const seed = seedOf(resolution);
    if (!seed) {
      io.err(resolutionText(resolution));
      return null;
    }
    const profile = engine.songProfile(seed);
    if (resolution.kind === 'song') {
      const { song, source } = resolution;
      return {
        shown: { kind: 'song', id: song.id, title: song.title, ...profile },
        heading: `${song.title} · ${song.artists.join(', ')}`,
        note: source.kind === 'catalogue' ? '' : inEnglish(source.note),
      };
    }
    const title = resolution.kind === 'blend' ? resolution.name : '';
    return { shown: { kind: 'song', id: null, title, ...profile }, heading: noteOf(resolution), note: '' };
  } finally {
    await session.close();
  }
}

function filmProfile(engine: MatchEngine, text: string): Named {
  const film = (/^\d+$/.test(text) ? engine.film(Number(text)) : null) ?? engine.findFilms(text, 1)[0];
  const profile = film && engine.filmProfile(film.id);
  if (!profile) {
    throw new UserError(`No film named "${text}" is in the catalogue.`, {
      id: 'match.film-unknown',
      hint: 'Check the spelling, or give its id.',
      exitCode: NO_SONG,
    });
  }
  return {
    shown: { kind: 'film', id: film.id, title: film.title, ...profile },
    heading: `${film.title} (${film.year ?? '?'})`,
    note: '',
  };
}

function profileText({ shown, heading, note }: Named): string {
  const terms = Object.entries(shown.terms).slice(0, MOST_TERMS);
  const width = Math.max(0, ...terms.map(([name]) => name.length));
  const bars = terms.map(
    ([name, weight]) =>
      `  ${words(name).padEnd(width)} ${'█'.repeat(Math.max(1, Math.round(BAR * weight))).padEnd(BAR)} ${weight.toFixed(2)}`,
  );
  const worlds = Object.entries(shown.worlds)
    .slice(0, MOST_WORLDS)
    .map(([name, weight]) => `${words(name)} ${weight.toFixed(2)}`);
  return `${[
    printable(heading),
    ...(note ? [printable(note)] : []),
    ...bars,
    ...(worlds.length > 0 ? [`Worlds: ${worlds.join(', ')}`] : []),
    ...(shown.year === null ? [] : [`Year: ${shown.year}`]),
    `Rests on ${RESTS_ON[shown.kind][shown.basis]}.`,
  ].join('\n')}\n`;
}

const words = (name: string) => name.replaceAll('-', ' ');

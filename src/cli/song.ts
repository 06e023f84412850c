import { type Command, Option } from 'commander';
import { loadConfig, loadEnvFile } from '../config.ts';
import type { FoundSong, Song } from '../engine/types.ts';
import { type Message, wordsFor } from '../i18n/index.ts';
import type { Resolution } from '../lookup/resolve/resolution.ts';
import { createResolver } from '../lookup/resolve/resolver.ts';
import { openState } from '../state/open.ts';
import type { CliIo } from './io.ts';

const inEnglish = ({ key, params }: Message) => wordsFor('en').t(key, params);

/** Exit status when the song is not known; a question with candidates counts as known. */
const UNKNOWN = 3;

interface SongOptions {
  readonly catalogue?: string;
  readonly artist?: string;
  readonly json?: boolean;
}

/** Adds `music2movie song`: which song words or a link mean, and how that is known. */
export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  program
    .command('song')
    .description('Say which song a text or a Spotify link means')
    .argument('<text>', 'title, artist, both, or a Spotify link')
    .option('--artist <name>', 'only songs by this artist')
    .option('--catalogue <dir>', 'folder of the catalogue (default: MUSIC2MOVIE_CATALOGUE or data/catalogue)')
    .addOption(new Option('--json', 'print the answer as JSON'))
    .action(async (text: string, options: SongOptions) => {
      const understanding = await understand(text, options, io);
      io.out(options.json ? `${JSON.stringify(asJson(understanding), null, 2)}\n` : asText(understanding));
      exit(understanding.kind === 'sorry' ? UNKNOWN : 0);
    });
}

async function understand(text: string, options: SongOptions, io: CliIo): Promise<Resolution> {
  if (io.env === process.env) loadEnvFile();
  const config = loadConfig(io.env);
  const { Engine } = await import('../engine/engine.ts');
  const engine = await Engine.open(options.catalogue ?? config.catalogueDir);
  const state = openState(config.stateDir, () => {
    // Without a folder for it, look-ups are asked again next time: nothing to trouble anyone with.
  });
  try {
    const resolver = createResolver({ known: engine, config, state });
    return await resolver.resolve(text, options.artist === undefined ? {} : { artist: options.artist });
  } finally {
    await state.close();
    await engine.close();
  }
}

/** The understanding for programs. `song` is the best reading, also where the kind says that it is unsure. */
function asJson(understanding: Resolution) {
  const { kind } = understanding;
  if (kind === 'blend') {
    const { of, name, known, total, songs, note } = understanding;
    return {
      kind,
      of,
      name,
      known,
      total,
      songs: songs.map(songJson),
      candidates: [],
      note: inEnglish(note),
    };
  }
  const candidates = understanding.candidates.map(candidateJson);
  if (kind === 'song') {
    const { song, source } = understanding;
    return { kind, song: songJson(song), candidates, source: source.kind, note: inEnglish(source.note) };
  }
  const song = understanding.candidates[0]?.song;
  const note = inEnglish(kind === 'question' ? understanding.why : understanding.reason);
  const albums =
    kind === 'question' ? understanding.albums.map(({ album, artists }) => ({ album, artists })) : [];
  return { kind, song: song ? songJson(song) : null, candidates, albums, source: null, note };
}

function songJson(song: Song) {
  const { id, title, artists, album, genres, popularity, durationMs, explicit, features } = song;
  return { id, title, artists, album, genres, popularity, durationMs, explicit, features };
}

function candidateJson({ song, quality, version }: FoundSong) {
  const { id, title, artists } = song;
  return { id, title, artists, quality: Number(quality.toFixed(3)), version };
}

function asText(understanding: Resolution): string {
  switch (understanding.kind) {
    case 'song': {
      const { song, source, candidates } = understanding;
      const others = candidates.filter((candidate) => candidate.song.id !== song.id);
      return `${named(song)}\n${inEnglish(source.note)}\n${list('Other readings', others)}`;
    }
    case 'blend':
      return `${inEnglish(understanding.note)}\n${understanding.songs.map((song) => `  ${named(song)}\n`).join('')}`;
    case 'question': {
      const albums = understanding.albums.map(({ album, artists }) => `  ${album} – ${artists.join(', ')}\n`);
      return `${inEnglish(understanding.why)}\n${list('', understanding.candidates)}${albums.join('')}`;
    }
    case 'sorry':
      return `${inEnglish(understanding.reason)}\n${list('Nearest', understanding.candidates)}`;
  }
}

function list(heading: string, candidates: readonly FoundSong[]): string {
  if (candidates.length === 0) return '';
  const lines = candidates.map(({ song }) => `  ${named(song)}`);
  return `${[...(heading ? [`${heading}:`] : []), ...lines].join('\n')}\n`;
}

/** Titles come from outside: control characters would steer the terminal. */
function named(song: Song): string {
  return `${song.title} – ${song.artists.join(', ')}`.replace(/[\p{Cc}\p{Cf}]/gu, '');
}

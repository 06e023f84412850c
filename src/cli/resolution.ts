/** How the terminal prints what a text means: as words for people, as JSON for programs. */
import type { FoundSong, Seed, Song } from '../engine/types.ts';
import { type Message, wordsFor } from '../i18n/index.ts';
import type { Resolution } from '../lookup/resolve/resolution.ts';

/** Exit status when the text names no song, or leaves open which. */
export const NO_SONG = 3;

export const inEnglish = ({ key, params }: Message) => wordsFor('en').t(key, params);

/** Titles come from outside: control characters would steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '');
}

/** What films are sought for; null where it is a question or nothing is known. */
export function seedOf(resolution: Resolution): Exclude<Seed, string> | null {
  if (resolution.kind === 'song') return resolution.song;
  return resolution.kind === 'blend' ? resolution.songs : null;
}

/** The song in one line, or the blend, with what is to be known of a song from outside the catalogue. */
export function seedText(resolution: Resolution): string {
  if (resolution.kind === 'blend') return `${printable(noteOf(resolution))}\n`;
  if (resolution.kind !== 'song') return '';
  const { song, source } = resolution;
  const note = source.kind === 'catalogue' ? '' : `${printable(noteOf(resolution))}\n`;
  return `${printable(`${song.title} · ${song.artists.join(', ')}`)}\n${note}`;
}

const brief = ({ id, title, artists }: Song) => ({ id, title, artists });

/** The song, or the blend in its place. */
export function seedJson(resolution: Resolution) {
  if (resolution.kind === 'song') return { song: brief(resolution.song) };
  if (resolution.kind !== 'blend') return {};
  const { of, name, known, total, songs } = resolution;
  return { song: null, blend: { of, name, known, total, songs: songs.map(brief) } };
}

/** The sentence that goes with a resolution. */
export function noteOf(resolution: Resolution): string {
  switch (resolution.kind) {
    case 'song':
      return inEnglish(resolution.source.note);
    case 'blend':
      return inEnglish(resolution.note);
    case 'question':
      return inEnglish(resolution.why);
    case 'sorry':
      return inEnglish(resolution.reason);
  }
}

/** For programs. `song` is the best reading, also where the kind says that it is unsure. */
export function resolutionJson(resolution: Resolution) {
  const { kind } = resolution;
  const note = noteOf(resolution);
  if (kind === 'blend') {
    const { of, name, known, total, songs } = resolution;
    return { kind, of, name, known, total, songs: songs.map(songJson), candidates: [], note };
  }
  const candidates = candidatesJson(resolution.candidates);
  if (kind === 'song') {
    const { song, source } = resolution;
    return { kind, song: songJson(song), candidates, source: source.kind, note };
  }
  const song = resolution.candidates[0]?.song;
  const albums =
    kind === 'question' ? resolution.albums.map(({ album, artists }) => ({ album, artists })) : [];
  return { kind, song: song ? songJson(song) : null, candidates, albums, source: null, note };
}

function songJson(song: Song) {
  const { id, title, artists, album, genres, popularity, durationMs, explicit, features } = song;
  return { id, title, artists, album, genres, popularity, durationMs, explicit, features };
}

export function candidatesJson(candidates: readonly FoundSong[]) {
  return candidates.map(({ song, quality, version }) => {
    const { id, title, artists } = song;
    return { id, title, artists, quality: Number(quality.toFixed(3)), version };
  });
}

/** For people. */
export function resolutionText(resolution: Resolution): string {
  const note = noteOf(resolution);
  switch (resolution.kind) {
    case 'song': {
      const { song, candidates } = resolution;
      const others = candidates.filter((candidate) => candidate.song.id !== song.id);
      return `${songName(song)}\n${note}\n${list('Other readings', others)}`;
    }
    case 'blend':
      return `${printable(note)}\n${resolution.songs.map((song) => `  ${songName(song)}\n`).join('')}`;
    case 'question': {
      const albums = resolution.albums.map(
        ({ album, artists }) => `  ${printable(`${album} – ${artists.join(', ')}`)}\n`,
      );
      return `${printable(note)}\n${list('', resolution.candidates)}${albums.join('')}`;
    }
    case 'sorry':
      return `${printable(note)}\n${list('Nearest', resolution.candidates)}`;
  }
}

function list(heading: string, candidates: readonly FoundSong[]): string {
  if (candidates.length === 0) return '';
  const lines = candidates.map(({ song }) => `  ${songName(song)}`);
  return `${[...(heading ? [`${heading}:`] : []), ...lines].join('\n')}\n`;
}

function songName(song: Song): string {
  return printable(`${song.title} – ${song.artists.join(', ')}`);
}

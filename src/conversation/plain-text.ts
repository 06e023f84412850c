/** An answer as plain text: for terminals, notifications, and readers that draw nothing. */

import { clean, graphemes } from '../shared/text.ts';
import type {
  Answer,
  FilmCard,
  FilmDetailAnswer,
  ProfileSide,
  RecommendationsAnswer,
  SongCard,
  UseNote,
} from './answer.ts';

const BAR = 10;

/** A share of 0…1 as a bar of ten cells. */
export function textBar(share: number): string {
  const full = Math.max(0, Math.min(BAR, Math.round(share * BAR)));
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function songLines(song: SongCard): string[] {
  const facts = song.facts.map(({ name, value }) => `${name} ${value}`).join(' · ');
  const name = song.artists ? `${song.title} – ${song.artists}` : song.title;
  return [`♪ ${name}`, ...(facts ? [`  ${facts}`] : []), `  ${song.source}`];
}

function filmLines(film: FilmCard): string[] {
  const facts = [film.genres.join(', '), film.runtime, film.rating && `★ ${film.rating}`].filter(Boolean);
  const lines = [
    `${film.position}  ${textBar(film.score)} ${film.scoreText}  ${film.title}${film.year && ` (${film.year})`}`,
  ];
  if (facts.length > 0) lines.push(`   ${facts.join(' · ')}`);
  if (film.reason) lines.push(`   ${film.reason}`);
  return lines;
}

/** The sentences about where the song plays, each once: before the films, marked by whoever draws them. */
export function useLines(uses: readonly UseNote[]): string[] {
  return [...new Set(uses.map(({ label }) => label))];
}

/** One side of the profiles as a line; what both share comes with a mark. */
export function profileLine({ terms, worlds }: ProfileSide, mark: (shared: string) => string): string {
  return [...terms, ...worlds].map(({ name, shared }) => (shared ? mark(name) : name)).join(' · ');
}

function recommendationLines(answer: RecommendationsAnswer): string[] {
  const filters = answer.filters.map(({ name, value }) => `${name}: ${value}`).join(' · ');
  return [
    ...songLines(answer.song),
    '',
    answer.heading,
    ...(filters ? [filters] : []),
    ...answer.notes,
    ...useLines(answer.uses).map((line) => `▸ ${line}`),
    '',
    ...answer.films.flatMap(filmLines),
    ...(answer.attribution ? ['', answer.attribution] : []),
  ];
}

const starred = (name: string) => `*${name}`;

function detailLines(answer: FilmDetailAnswer): string[] {
  return [
    `${answer.title}${answer.year && ` (${answer.year})`}  ${textBar(answer.score)} ${answer.scoreText}`,
    ...(answer.originalTitle ? [answer.originalTitle] : []),
    ...(answer.tagline ? [answer.tagline] : []),
    '',
    answer.genres.join(', '),
    ...answer.facts.map(({ name, value }) => `${name}: ${value}`),
    '',
    answer.overview,
    '',
    ...answer.reasons.map((reason) => `- ${reason}`),
    `♪ ${profileLine(answer.profiles.song, starred)}`,
    `▸ ${profileLine(answer.profiles.film, starred)}`,
    answer.profiles.caption,
    ...(answer.watch ? ['', answer.watch.heading, ...answer.watch.lines, answer.watch.credit] : []),
    ...answer.links.map(({ label, url }) => `${label}: ${url}`),
    ...(answer.attribution ? [answer.attribution] : []),
  ];
}

/** What can be chosen, by the numbers that a terminal takes. */
function numbered(controls: readonly { readonly label: string; readonly detail?: string }[]): string[] {
  return controls.map(({ label, detail }, at) => `${at + 1}  ${label}${detail ? ` – ${detail}` : ''}`);
}

/** Columns that a text takes in a terminal: East Asian letters and emoji take two. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const cluster of graphemes(text)) columns += WIDE.test(cluster) ? 2 : 1;
  return columns;
}
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation})/u;

/** What further lines of a broken line are moved in by: under its text, where it begins with a number or a mark. */
function hanging(line: string): string {
  const lead = /^ *(?:\d{1,2} {1,2}|[♪▸-] )?/.exec(line)![0];
  return ' '.repeat(Math.min(lead.length, 8));
}

/** Breaks lines between words so that none is wider than a terminal; a word that is wider itself stays whole. */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => {
      if (columnsOf(line) <= columns) return line;
      const indent = hanging(line);
      const lines: string[] = [];
      let current = /^ */.exec(line)![0];
      for (const word of line.trim().split(/(?<=[^ ]) /)) {
        const next = current.trim() === '' ? current + word : `${current} ${word}`;
        if (columnsOf(next) <= columns || current.trim() === '') current = next;
        else {
          lines.push(current);
          current = indent + word.trimStart();
        }
      }
      return [...lines, current].join('\n');
    })
    .join('\n');
}

/** How an answer is written out. */
export interface PlainOptions {
  /** Width of the terminal; lines are not broken without it. */
  readonly columns?: number;
  /** False leaves out whose data these are, where it was said before. */
  readonly attribution?: boolean;
}

/** The answer line by line, every line clean; blank lines separate its parts. */
export function plainText(answer: Answer, options: PlainOptions = {}): string {
  const said =
    'attribution' in answer && options.attribution === false ? { ...answer, attribution: '' } : answer;
  const text = linesOf(said);
  return options.columns ? wrapText(text, options.columns) : text;
}

function linesOf(answer: Answer): string {
  const lines = (() => {
    switch (answer.kind) {
      case 'recommendations':
        return recommendationLines(answer);
      case 'filmDetail':
        return detailLines(answer);
      case 'notice':
        return [
          answer.title,
          ...answer.lines,
          // Songs are numbered in their lines.
          ...(answer.songs ? [] : numbered(answer.controls)),
          ...(answer.attachment ? [answer.attachment.text] : []),
        ];
      case 'question':
        return [answer.text, ...numbered(answer.choices)];
    }
  })();
  return lines.map((line) => line.split('\n').map(keepIndent).join('\n')).join('\n');
}

function keepIndent(line: string): string {
  const indent = /^ */.exec(line)![0];
  return indent + clean(line, 1500);
}

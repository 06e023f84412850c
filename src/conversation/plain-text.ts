/** An answer as plain text: for terminals, notifications, and readers that draw nothing. */

import { clean } from '../shared/text.ts';
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
    '',
    answer.attribution,
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
    ...answer.links.map(({ label, url }) => `${label}: ${url}`),
    answer.attribution,
  ];
}

/** What can be chosen, by the numbers that a terminal takes. */
function numbered(controls: readonly { readonly label: string; readonly detail?: string }[]): string[] {
  return controls.map(({ label, detail }, at) => `${at + 1}  ${label}${detail ? ` – ${detail}` : ''}`);
}

/** The answer line by line, every line clean; blank lines separate its parts. */
export function plainText(answer: Answer): string {
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

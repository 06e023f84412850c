/** One film as an embed: short in a list, or with all that is known. */
import type { APIEmbed } from 'discord.js';
import type { FilmCard, FilmDetailAnswer } from '../../../conversation/answer.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { matchColour } from './colour.ts';

const BAR = 10;
/** Units for each part, so that five short embeds and one long one stay within the total of 6,000. */
const MAX_UNITS = { title: 200, genres: 120, reason: 220, tagline: 160, overview: 1000, why: 160, fact: 120 };
const MAX_REASONS = 3;
const MAX_FACTS = 6;

/** `1️⃣` … `9️⃣`. */
export const numberEmoji = (position: number) => `${position}\ufe0f\u20e3`;

/** A share of 0…1 as a bar. */
export function bar(share: number): string {
  const full = Math.max(0, Math.min(BAR, Math.round((Number.isFinite(share) ? share : 0) * BAR)));
  return '▰'.repeat(full) + '▱'.repeat(BAR - full);
}

const filmUrl = (id: number) => `https://www.themoviedb.org/movie/${Math.abs(Math.trunc(id))}`;

const titleLine = (title: string, year: string, before = '') =>
  `${before}${escapedWithin(title, MAX_UNITS.title) || '–'}${/^\d{1,5}$/.test(year) ? ` (${year})` : ''}`;

const present = (parts: readonly (string | false)[]) => parts.filter((part) => part !== false && part !== '');

/** A film of the five. */
export function cardEmbed(film: FilmCard, poster: string): APIEmbed {
  const facts = present([
    escapedWithin(film.genres.join(', '), MAX_UNITS.genres),
    escapedWithin(film.runtime, 40),
    film.rating !== '' && `★ ${escapedWithin(film.rating, 10)}`,
  ]);
  const lines = present([
    `${bar(film.score)} **${escapedWithin(film.scoreText, 10)}**`,
    facts.join(' · '),
    film.reason !== '' && `*${escapedWithin(film.reason, MAX_UNITS.reason)}*`,
  ]);
  return {
    title: titleLine(film.title, film.year, `${numberEmoji(film.position)} `),
    url: filmUrl(film.id),
    description: lines.join('\n'),
    color: matchColour(film.score),
    thumbnail: { url: poster },
  };
}

/** A film with its story, facts and reasons. @param profile address of the picture of both profiles */
export function detailEmbed(
  film: FilmDetailAnswer,
  poster: string,
  profile: string | null,
  locale: string,
): APIEmbed {
  const { t } = wordsFor(locale);
  const reasons = film.reasons
    .slice(0, MAX_REASONS)
    .map((reason) => `- ${escapedWithin(reason, MAX_UNITS.why)}`);
  const lines = present([
    `${bar(film.score)} **${escapedWithin(film.scoreText, 10)}** · ♪ ${escapedWithin(film.song, 120)}`,
    escapedWithin(film.genres.join(', '), MAX_UNITS.genres),
    film.originalTitle !== '' && escapedWithin(film.originalTitle, MAX_UNITS.title),
    film.tagline !== '' && `*${escapedWithin(film.tagline, MAX_UNITS.tagline)}*`,
    film.overview !== '' && `\n${escapedWithin(film.overview, MAX_UNITS.overview)}`,
    reasons.length > 0 && `\n**${escapedWithin(t('chat.why'), 60)}**\n${reasons.join('\n')}`,
    profile !== null && `-# ${escapedWithin(film.profiles.caption, 240)}`,
  ]);
  const fields = film.facts.slice(0, MAX_FACTS).map((fact) => ({
    name: escapedWithin(fact.name, 60) || '–',
    value: escapedWithin(fact.value, MAX_UNITS.fact) || '–',
    inline: true,
  }));
  return {
    title: titleLine(film.title, film.year),
    url: filmUrl(film.id),
    description: lines.join('\n'),
    color: matchColour(film.score),
    thumbnail: { url: poster },
    fields,
    ...(profile !== null && { image: { url: profile } }),
    footer: { text: label(film.attribution, Math.min(400, max('embedFooter'))) },
  };
}

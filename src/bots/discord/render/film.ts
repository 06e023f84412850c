/** One film as an embed: short in a list, or with all that is known. */
import type { APIEmbed } from 'discord.js';
import type { FilmCard, FilmDetailAnswer, WatchNote } from '../../../conversation/answer.ts';
import { scoreWord } from '../../../conversation/cards.ts';
import { wordsFor } from '../../../i18n/index.ts';
import { escapedWithin } from '../escape.ts';
import { matchColour } from './colour.ts';

/** Units for each part, so that five short embeds and one long one stay within the total of 6,000. */
const MAX_UNITS = {
  title: 200,
  genres: 120,
  reason: 220,
  tagline: 160,
  overview: 1000,
  why: 160,
  fact: 120,
  watch: 220,
};
const MAX_REASONS = 3;
const MAX_FACTS = 6;
/** Genres on a card: a line of a phone holds one beside score and rating. The rest is in the details. */
const CARD_GENRES = 1;

/** `1️⃣` … `🔟`; digits beyond ten. */
export const numberEmoji = (position: number) =>
  position === 10 ? '🔟' : position < 10 ? `${position}\ufe0f\u20e3` : `${position}.`;

export const filmUrl = (id: number) => `https://www.themoviedb.org/movie/${Math.abs(Math.trunc(id))}`;

const titleLine = (title: string, year: string, before = '') =>
  `${before}${escapedWithin(title, MAX_UNITS.title) || '–'}${/^\d{1,5}$/.test(year) ? ` (${year})` : ''}`;

const present = (parts: readonly (string | false)[]) =>
  parts.filter((part): part is string => part !== false && part !== '');

/** A score as a figure and a word: `**0.93** very close`. */
export function scoreLine(film: Pick<FilmCard, 'score' | 'scoreText'>, locale: string): string {
  return `**${escapedWithin(film.scoreText, 10)}** ${escapedWithin(scoreWord(film.score, wordsFor(locale)), 40)}`;
}

/** What a card says of a film below its title: one line of facts, one reason. */
export function cardLines(film: FilmCard, locale: string): string[] {
  const facts = present([
    scoreLine(film, locale),
    escapedWithin(film.genres.slice(0, CARD_GENRES).join(', '), MAX_UNITS.genres),
    film.rating !== '' && `★ ${escapedWithin(film.rating, 10)}`,
  ]);
  return present([
    facts.join(' · '),
    film.reason !== '' && `*${escapedWithin(film.reason, MAX_UNITS.reason)}*`,
  ]);
}

/** A film's title on a card, with its number. */
export const cardTitle = (film: FilmCard) =>
  titleLine(film.title, film.year, `${numberEmoji(film.position)} `);

/** A film of the five. */
export function cardEmbed(film: FilmCard, poster: string, locale: string): APIEmbed {
  return {
    title: cardTitle(film),
    url: filmUrl(film.id),
    description: cardLines(film, locale).join('\n'),
    color: matchColour(film.score),
    thumbnail: { url: poster },
  };
}

/** Who has a film where the asker lives. */
function watchLines({ heading, lines, credit }: WatchNote): string {
  return present([
    `\n**${escapedWithin(heading, 100)}**`,
    ...lines.slice(0, 5).map((line) => escapedWithin(line, MAX_UNITS.watch)),
    credit !== '' && `-# ${escapedWithin(credit, 150)}`,
  ]).join('\n');
}

/**
 * A film with its story, facts and reasons, its poster large; below it what song and film feel like.
 *
 * @param profile address of the picture of both profiles
 */
export function detailEmbeds(
  film: FilmDetailAnswer,
  poster: string,
  profile: string | null,
  locale: string,
): APIEmbed[] {
  const { t } = wordsFor(locale);
  const reasons = film.reasons
    .slice(0, MAX_REASONS)
    .map((reason) => `- ${escapedWithin(reason, MAX_UNITS.why)}`);
  const lines = present([
    `${scoreLine(film, locale)} · ♪ ${escapedWithin(film.song, 120)}`,
    escapedWithin(film.genres.join(', '), MAX_UNITS.genres),
    film.originalTitle !== '' && escapedWithin(film.originalTitle, MAX_UNITS.title),
    film.tagline !== '' && `*${escapedWithin(film.tagline, MAX_UNITS.tagline)}*`,
    film.overview !== '' && `\n${escapedWithin(film.overview, MAX_UNITS.overview)}`,
    film.watch !== undefined && watchLines(film.watch),
    reasons.length > 0 && `\n**${escapedWithin(t('chat.why'), 60)}**\n${reasons.join('\n')}`,
  ]);
  const fields = film.facts.slice(0, MAX_FACTS).map((fact) => ({
    name: escapedWithin(fact.name, 60) || '–',
    value: escapedWithin(fact.value, MAX_UNITS.fact) || '–',
    inline: true,
  }));
  const color = matchColour(film.score);
  const about: APIEmbed = {
    title: titleLine(film.title, film.year),
    url: filmUrl(film.id),
    description: lines.join('\n'),
    color,
    fields,
    image: { url: poster },
  };
  if (profile === null) return [about];
  const caption = escapedWithin(film.profiles.caption, 240);
  return [about, { ...(caption !== '' && { description: `-# ${caption}` }), color, image: { url: profile } }];
}

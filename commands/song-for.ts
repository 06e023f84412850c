/** `/song-for`: name a film, get five songs that feel like it. */
import { z } from 'zod';
import { filmName } from '../src/conversation/cards.ts';
import type { AnswerContext } from '../src/conversation/context.ts';
import { withExamples } from '../src/conversation/examples.ts';
import { FILTER_OPTIONS, reads } from '../src/conversation/filters/index.ts';
import { notice } from '../src/conversation/notices.ts';
import type { OptionSpec, Suggestion } from '../src/conversation/options.ts';
import { songsAnswer, songsControl } from '../src/conversation/songs.ts';
import { wordsFor } from '../src/i18n/index.ts';
import { clean } from '../src/shared/text.ts';
import { defineCommand } from './command.ts';

/** Longest film title taken, in characters. */
const MAX_FILM_TEXT = 300;
/** From this quality on the text names the film. */
const CLEAR = 0.8;
/** A second film as well named as the first by so much is asked about. */
const RIVAL = 0.03;
/** A film is meant without a question that so many times more people voted on. */
const LEAD = 3;

async function suggestFilms(typed: string, context: AnswerContext): Promise<Suggestion[]> {
  const words = wordsFor(context.locale);
  return context
    .engine()
    .searchFilms(clean(typed, 200), 8)
    .filter(({ film }) => !film.unfit)
    .map(({ film }) => ({ label: filmName(film, words), value: `tmdb:${film.id}` }));
}

const film = {
  name: 'film',
  kind: 'string',
  description: 'commands.songFor.option.film',
  label: 'commands.songFor.label.film',
  required: true,
  maxLength: MAX_FILM_TEXT,
  autocomplete: suggestFilms,
  schema: reads(z.string(), (text) => clean(text, MAX_FILM_TEXT) || null, 'songs.nameFilm'),
} as const satisfies OptionSpec<string>;

/** The film that a TMDB address or id names. */
function linkedFilm(text: string): number | null {
  const id = /^tmdb:(\d{1,9})$/i.exec(text)?.[1] ?? /themoviedb\.org\/movie\/(\d{1,9})/i.exec(text)?.[1];
  return id ? Number(id) : null;
}

export const songFor = defineCommand({
  name: 'song-for',
  description: 'commands.songFor.description',
  alwaysPrivate: false,
  slow: false,
  options: { film, years: FILTER_OPTIONS.years, mainstream: FILTER_OPTIONS.mainstream },
  async run({ film: text, years, mainstream = 'balanced' }, context) {
    const words = wordsFor(context.locale);
    const engine = context.engine();
    const linked = linkedFilm(text);
    const known = linked === null ? null : engine.film(linked);
    const found = known
      ? [{ film: known, quality: 1 }]
      : engine.searchFilms(text, 5).filter((hit) => !hit.film.unfit || context.audience.ageRestricted);
    const [first, second] = found;
    if (!first) {
      return withExamples(
        notice(context, 'sorry', words.t('sorry.title'), [
          words.t('songs.noFilm', { film: clean(text, 80) }),
        ]),
        context,
      );
    }
    const rival =
      second && second.quality > first.quality - RIVAL && second.film.votes * LEAD > first.film.votes;
    if (first.quality < CLEAR || rival) {
      return {
        kind: 'question',
        private: context.audience.private,
        text: words.t('songs.which'),
        choices: found.map((hit) => ({
          ...songsControl(hit.film, words, mainstream),
          label: filmName(hit.film, words),
        })),
      };
    }
    const ref = { kind: 'film', film: first.film.id, filters: years ? { years } : {} } as const;
    return songsAnswer({ ref, page: 0, mainstream }, context);
  },
});

/** Acting on a token: every pressed button of every surface comes here. */
import type { Filters } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { Answer } from './answer.ts';
import type { AnswerContext } from './context.ts';
import { filmDetail } from './details.ts';
import { listStep, markFilm } from './film-list.ts';
import { nightStep } from './film-night.ts';
import { type RawValues, readFilters } from './filters/index.ts';
import { listeningStep } from './listening.ts';
import { tasteStep } from './my-movies.ts';
import { answerSafely, problemsNotice, sorry } from './notices.ts';
import { privacy } from './privacy.ts';
import type { Query } from './query.ts';
import { recall } from './questions.ts';
import { filterForm, recommend, share } from './recommendation.ts';
import { ritualStep } from './ritual-settings.ts';
import { moodQuestion, songsAnswer } from './songs.ts';
import { type ActionPayload, decodeToken, isMark } from './tokens.ts';
import { vote } from './votes.ts';
import { chooseCountry, countryQuestion } from './watching.ts';

/**
 * Gives the answer that a token asks for. Any process with the same catalogue and state can act on it.
 *
 * @param token from anywhere: an outdated, forged or expired one gets a sentence
 * @param values what was filled into the form, by option name
 */
export function handleAction(
  token: unknown,
  context: AnswerContext,
  values: RawValues = {},
): Promise<Answer> {
  return answerSafely(context, async () => {
    const decoded = decodeToken(token);
    if (decoded.kind === 'outdated') return sorry(context, 'sorry.outdated');
    if (decoded.kind === 'forged') return sorry(context, 'sorry.token');
    const { payload } = decoded;
    if (payload.action === 'privacy') return privacy(payload.step, context);
    if (payload.action === 'list') return listStep(payload, context, values);
    if (payload.action === 'night') return nightStep(payload, context, values);
    if (payload.action === 'listening')
      return listeningStep(payload.step, context, String(values.name ?? ''));
    if (payload.action === 'ritual') return ritualStep(payload.step, context);
    if (payload.action === 'taste') return tasteStep(payload, context);
    const songs = await answerSongs(payload, context, values);
    if (songs) return songs;
    if ('film' in payload && isMark(payload.action)) {
      return markFilm({ ...payload, action: payload.action }, context);
    }
    const kept = await recall(payload.ref, context);
    if (!kept) return sorry(context, 'sorry.expired');
    return answerAction(
      payload,
      { ...kept, mainstream: payload.mainstream, page: payload.page },
      context,
      values,
    );
  });
}

/** An action on an answer. */
type AskingPayload = Exclude<
  ActionPayload,
  { action: 'privacy' | 'list' | 'listening' | 'night' | 'ritual' | 'taste' }
>;

/** Songs for a film or a mood, and the mood itself; null for every other action. */
async function answerSongs(
  payload: AskingPayload,
  context: AnswerContext,
  values: RawValues,
): Promise<Answer | null> {
  const { ref, page, mainstream } = payload;
  if (payload.action === 'mood') return ref.kind === 'mood' ? moodQuestion(ref.feel, context) : null;
  if (payload.action !== 'songs' && payload.action !== 'set-songs') return null;
  if (ref.kind !== 'film' && ref.kind !== 'mood') return null;
  if (payload.action === 'songs') return songsAnswer({ ref, page, mainstream }, context);
  const read = readFilters(values, context);
  if (!read.ok) return problemsNotice(context, read.problems);
  const { years } = read.filters;
  const narrowed = { ...ref, filters: years ? { years } : {} };
  return songsAnswer({ ref: narrowed, page: 0, mainstream: read.mainstream ?? mainstream }, context);
}

async function answerAction(
  payload: AskingPayload,
  query: Query,
  context: AnswerContext,
  values: RawValues,
): Promise<Answer> {
  switch (payload.action) {
    case 'show':
      return recommend(query, context, { ref: payload.ref });
    case 'share':
      return share(query, context, payload.ref);
    case 'details':
      return filmDetail(query, payload.film, context, payload.ref);
    case 'country':
      return countryQuestion(payload, context);
    case 'set-country':
      return (
        (await chooseCountry(payload, context, values)) ??
        filmDetail(query, payload.film, context, payload.ref)
      );
    case 'vote-up':
    case 'vote-down': {
      const film = context.engine().film(payload.film);
      if (!film || film.unfit) return sorry(context, 'sorry.filmGone');
      return vote(query, film, payload.action === 'vote-up', context);
    }
    case 'filters': {
      const words = wordsFor(context.locale);
      const { ref, page, mainstream } = payload;
      return {
        kind: 'question',
        private: context.audience.private,
        text: words.t('filter.question'),
        choices: [],
        form: filterForm(query.filters, { ref, page, mainstream }, words),
      };
    }
    case 'set-filters': {
      const read = readFilters(values, context);
      if (!read.ok) return problemsNotice(context, read.problems);
      const mainstream = read.mainstream ?? query.mainstream;
      return recommend({ ...query, filters: read.filters, mainstream, page: 0 }, context);
    }
    case 'drop-filter': {
      const filters: Filters = payload.field === 'all' ? {} : without(query.filters, payload.field);
      return recommend({ ...query, filters, page: 0 }, context);
    }
    // Answered before, or of a made-up token.
    default:
      return sorry(context, 'sorry.token');
  }
}

function without(filters: Filters, field: keyof Filters): Filters {
  const { [field]: _, ...rest } = filters;
  return rest;
}

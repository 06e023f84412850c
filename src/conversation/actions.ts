/** Acting on a token: the one door through which every pressed button comes. */
import type { Filters } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { Answer } from './answer.ts';
import type { AnswerContext } from './context.ts';
import { filmDetail } from './details.ts';
import { type RawValues, readFilters } from './filters/index.ts';
import { answerSafely, problemsNotice, sorry } from './notices.ts';
import type { Query } from './query.ts';
import { recall } from './questions.ts';
import { filterForm, recommend, share } from './recommendation.ts';
import { decodeToken, type Ticket } from './tokens.ts';
import { privacy, vote } from './votes.ts';

/**
 * Gives the answer that a token asks for. Any process with the same catalogue and state can act on it.
 *
 * @param token from anywhere: an outdated, forged or expired one gets a sentence
 * @param values what was filled into the form, by option name
 */
export function act(token: unknown, context: AnswerContext, values: RawValues = {}): Promise<Answer> {
  return answerSafely(context, async () => {
    const decoded = decodeToken(token);
    if (decoded.kind === 'outdated') return sorry(context, 'sorry.outdated');
    if (decoded.kind === 'forged') return sorry(context, 'sorry.token');
    const { ticket } = decoded;
    if (ticket.action === 'privacy') return privacy(ticket.step, context);
    const kept = await recall(ticket.anchor, context);
    if (!kept) return sorry(context, 'sorry.expired');
    return perform(ticket, { ...kept, mainstream: ticket.mainstream, page: ticket.page }, context, values);
  });
}

async function perform(
  ticket: Exclude<Ticket, { action: 'privacy' }>,
  query: Query,
  context: AnswerContext,
  values: RawValues,
): Promise<Answer> {
  switch (ticket.action) {
    case 'show':
      return recommend(query, context, { anchor: ticket.anchor });
    case 'share':
      return share(query, context, ticket.anchor);
    case 'details':
      return filmDetail(query, ticket.film, context, ticket.anchor);
    case 'vote-up':
    case 'vote-down': {
      const film = context.engine().film(ticket.film);
      if (!film || film.unfit) return sorry(context, 'sorry.filmGone');
      return vote(query, film, ticket.action === 'vote-up', context);
    }
    case 'filters': {
      const words = wordsFor(context.locale);
      const { anchor, page, mainstream } = ticket;
      return {
        kind: 'question',
        private: context.audience.private,
        text: words.t('filter.question'),
        choices: [],
        form: filterForm(query.filters, { anchor, page, mainstream }, words),
      };
    }
    case 'set-filters': {
      const read = readFilters(values, context);
      if (!read.ok) return problemsNotice(context, read.problems);
      const mainstream = read.mainstream ?? query.mainstream;
      return recommend({ ...query, filters: read.filters, mainstream, page: 0 }, context);
    }
    case 'drop-filter': {
      const filters: Filters = ticket.field === 'all' ? {} : without(query.filters, ticket.field);
      return recommend({ ...query, filters, page: 0 }, context);
    }
  }
}

function without(filters: Filters, field: keyof Filters): Filters {
  const { [field]: _, ...rest } = filters;
  return rest;
}

/** A film night's poll and event, where its place offers them: asked for by the opener, taken back by a press. */
import { z } from 'zod';
import { wordsFor } from '../i18n/index.ts';
import { clean } from '../shared/text.ts';
import type { Answer, Form } from './answer.ts';
import { filmName } from './cards.ts';
import type { AnswerContext } from './context.ts';
import { boardOf, nightToken } from './film-night-board.ts';
import { type RawValues, readOptions, reads } from './filters/index.ts';
import { changeNight, leads, type Night, type Presser, shownFilms, winner } from './nights.ts';
import { notice, problemsNotice, sorry } from './notices.ts';
import type { OptionSpec } from './options.ts';
import { nextAt, zoneOf } from './ritual-times.ts';
import { TIME_OPTION, ZONE_OPTION } from './time-options.ts';

/** Longest answer of a poll, in characters. */
const MAX_ANSWER = 55;
/** When an event is suggested, in minutes since midnight. */
const EVENING = '20:00';
/** Minutes that a film takes where its runtime is not known, and those around it. */
const RUNTIME = 120;
const AROUND = 30;
const MINUTE_MS = 60_000;

const EVENT_FIELDS = {
  at: { ...TIME_OPTION, required: true } satisfies OptionSpec<number>,
  zone: { ...ZONE_OPTION, required: true } satisfies OptionSpec<string>,
  where: {
    name: 'where',
    kind: 'string',
    description: 'night.whereHint',
    label: 'night.where',
    required: true,
    maxLength: 100,
    schema: reads(
      z.string().max(200, { error: 'sorry.unreadable' }),
      (typed) => clean(typed, 100) || null,
      'sorry.unreadable',
    ),
  } satisfies OptionSpec<string>,
};

type Extra = 'poll' | 'unpoll' | 'plan' | 'event' | 'unplan';

/** What one of them may begin from: null, or a message of `night.*`. */
function refusedIn(step: Extra, night: Night, me: string): 'closed' | 'opener' | null {
  const fits = {
    poll: night.phase === 'vote' && night.poll === null,
    unpoll: night.phase === 'vote' && night.poll !== null,
    plan: night.phase === 'done' && night.event === null,
    event: night.phase === 'done' && night.event === null,
    unplan: night.event !== null,
  };
  if (!fits[step]) return 'closed';
  return leads(night, me) ? null : 'opener';
}

/** The votes of a poll by film; nothing where it is gone. */
export async function endPoll(night: Night, { nights }: AnswerContext): Promise<Record<string, number>> {
  const counts = (night.poll && (await nights?.endPoll(night.poll))) || [];
  return Object.fromEntries(shownFilms(night).map(({ id }, at) => [id, counts[at] ?? 0]));
}

/** Ends the vote by what a poll says; of equals the film wins that is better for all. */
export async function finishPoll(
  id: string,
  night: Night,
  by: Presser,
  context: AnswerContext,
): Promise<Answer> {
  const refused = night.phase !== 'vote' ? 'closed' : leads(night, by.person) ? null : 'opener';
  if (refused) return sorry(context, `night.${refused}`);
  const polled = await endPoll(night, context);
  const now = await changeNight<'closed'>(
    id,
    by,
    (current) =>
      current.poll === night.poll ? { phase: 'done', polled, ...winner({ ...current, polled }) } : 'closed',
    context.state,
  );
  return typeof now === 'string' ? sorry(context, `night.${now}`) : boardOf(id, now, by.person, context);
}

function planForm(id: string, context: AnswerContext): Form {
  const { t } = wordsFor(context.locale);
  const values = { at: EVENING, zone: zoneOf(context.locale), where: context.nights?.where ?? '' };
  return {
    token: nightToken('event', id),
    title: t('night.plan'),
    submit: t('night.plan'),
    fields: Object.values(EVENT_FIELDS).map((option) => ({
      option,
      value: values[option.name as keyof typeof values],
    })),
  };
}

/** @param values of the form, for an event */
export async function nightExtra(
  step: Extra,
  id: string,
  night: Night,
  by: Presser,
  context: AnswerContext,
  values: RawValues,
): Promise<Answer> {
  const { nights: port, state } = context;
  if (!port) return sorry(context, 'night.closed');
  const refused = refusedIn(step, night, by.person);
  if (refused) return sorry(context, `night.${refused}`);
  const words = wordsFor(night.locale);
  const change = async (how: (now: Night) => Partial<Night> | 'closed' | 'opener', who = by) => {
    const now = await changeNight<'closed' | 'opener'>(id, who, how, state);
    return typeof now === 'string' ? sorry(context, `night.${now}`) : boardOf(id, now, by.person, context);
  };
  const apology = (sentence: string) => notice(context, 'sorry', words.t('sorry.title'), [sentence]);
  switch (step) {
    case 'poll': {
      const films = shownFilms(night).map((one) => context.engine().film(one.id));
      const answers = films.map((film) => (film ? clean(filmName(film, words), MAX_ANSWER) : '–'));
      // Whoever presses twice has one poll.
      const mine = await changeNight<'closed' | 'opener'>(
        id,
        by,
        (now) => refusedIn('poll', now, by.person) ?? { poll: '' },
        state,
      );
      if (typeof mine === 'string') return sorry(context, `night.${mine}`);
      const posted = await port.poll(words.t('night.pollQuestion'), answers).catch((error: unknown) => {
        context.report?.(error);
        return { refused: words.t('night.pollFailed') };
      });
      // The second change of one press.
      const board = await change(
        () => ('place' in posted ? { poll: posted.place, votes: {}, polled: {} } : { poll: null }),
        { ...by, delivery: null },
      );
      return 'place' in posted ? board : apology(posted.refused);
    }
    case 'unpoll':
      await endPoll(night, context);
      return change((now) => refusedIn('unpoll', now, by.person) ?? { poll: null });
    case 'plan':
      return {
        kind: 'question',
        private: true,
        text: words.t('night.plan'),
        choices: [],
        form: planForm(id, context),
      };
    case 'event': {
      const { values: read, problems } = readOptions(EVENT_FIELDS, values);
      if (problems.length > 0) return problemsNotice(context, problems);
      const film = night.chosen === null ? null : context.engine().film(night.chosen);
      if (!film) return sorry(context, 'sorry.filmGone');
      const { at, zone, where } = read as { at: number; zone: string; where: string };
      const starts = nextAt(at, zone, Date.now());
      const minutes = (film.runtime ?? RUNTIME) + AROUND;
      const planned = await port
        .plan({
          name: clean(words.t('night.eventName', { film: filmName(film, words) }), 100),
          description: words.t('night.eventText'),
          starts: new Date(starts),
          ends: new Date(starts + minutes * MINUTE_MS),
          where,
        })
        .catch((error: unknown) => {
          context.report?.(error);
          return { refused: words.t('night.eventFailed') };
        });
      if ('refused' in planned) return apology(planned.refused);
      return change((now) => refusedIn('event', now, by.person) ?? { event: { ...planned, starts, zone } });
    }
    case 'unplan':
      if (night.event) await port.unplan(night.event.id);
      return change(() => ({ event: null }));
  }
}

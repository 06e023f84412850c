/** `/movie-rituals`: what comes to a channel by itself, shown to all, changed by whoever may change the channel. */
import { wordsFor } from '../i18n/index.ts';
import type { Answer, Control } from './answer.ts';
import { type AnswerContext, privately } from './context.ts';
import { notice, sorry } from './notices.ts';
import type { RitualPort } from './ritual-port.ts';
import { dayText, timeText, zoneOf } from './ritual-times.ts';
import { endRitual, RITUAL_KINDS, type Ritual, type RitualKind, ritualOf, setRitual } from './rituals.ts';
import { countsHere } from './statistics.ts';
import { encodeToken, type RitualStep } from './tokens.ts';

/** Where nothing was chosen: six in the evening, on Fridays. */
const DEFAULT_AT = 18 * 60;
const DEFAULT_DAY = 5;

/** What is wanted of one ritual; what is absent stays as it is. @property at minutes since midnight; @property day 1 … 7 */
export interface RitualChange {
  readonly kind: RitualKind;
  readonly at?: number | undefined;
  readonly day?: number | undefined;
  readonly zone?: string | undefined;
}

const labelOf = { daily: 'ritual.endDaily', weekly: 'ritual.endWeekly' } as const;

function linesOf(ritual: Ritual | null, locale: string): string[] {
  const { t } = wordsFor(locale);
  const { daily = null, weekly = null, zone = 'UTC' } = ritual ?? {};
  const at = (one: { at: number }) => ({ time: timeText(one.at, locale), zone });
  return [
    daily ? t('ritual.dailyOn', at(daily)) : t('ritual.dailyOff'),
    weekly
      ? t('ritual.weeklyOn', { ...at(weekly), day: dayText(weekly.day, locale) })
      : t('ritual.weeklyOff'),
  ];
}

async function show(port: RitualPort, context: AnswerContext): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  const ritual = await ritualOf(port.place, context.state);
  const ends = RITUAL_KINDS.filter((kind) => ritual?.[kind]).map(
    (kind): Control => ({
      action: 'choose',
      label: t(labelOf[kind]),
      token: encodeToken({ action: 'ritual', step: `end-${kind}` }),
    }),
  );
  return notice(
    context,
    'info',
    t('ritual.title'),
    [
      ...linesOf(ritual, context.locale),
      ...(ritual?.weekly && !(await countsHere(context)) ? [t('ritual.needsStats')] : []),
      t('ritual.how'),
    ],
    ends,
  );
}

/**
 * Shows a channel's rituals, or changes them first.
 *
 * @param change one to switch on or to move; `off`: all end; a kind: that one ends; null: nothing changes
 */
export async function rituals(
  change: RitualChange | RitualKind | 'off' | null,
  asked: AnswerContext,
): Promise<Answer> {
  const context = privately(asked);
  const { state, locale, rituals: port } = context;
  if (!port) return sorry(context, 'ritual.nowhere');
  if (change === null) return show(port, context);
  if (!(await port.manager())) return sorry(context, port.managers);
  if (typeof change === 'string') {
    for (const kind of change === 'off' ? RITUAL_KINDS : [change]) await endRitual(port.place, kind, state);
    return show(port, context);
  }
  const before = await ritualOf(port.place, state);
  const { kind, at = before?.[kind]?.at ?? DEFAULT_AT, day = before?.weekly?.day ?? DEFAULT_DAY } = change;
  const zone = change.zone ?? before?.zone ?? zoneOf(locale);
  const wanted = { kind, at, day, zone, locale };
  const said = { time: timeText(at, locale), zone, day: dayText(day, locale) };
  const { t } = wordsFor(locale);
  const refused = await port.tell([t(kind === 'daily' ? 'ritual.dailyOn' : 'ritual.weeklyOn', said)]);
  if (refused !== null) return notice(context, 'sorry', t('sorry.title'), [refused]);
  await setRitual(port.place, wanted, state);
  return show(port, context);
}

/** Acts on a button of it. */
export const ritualStep = (step: RitualStep, context: AnswerContext) =>
  rituals(step === 'show' ? null : step === 'end-daily' ? 'daily' : 'weekly', context);

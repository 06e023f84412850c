/** Quiet rituals of a channel as they are kept: a daily song, a weekly recap, each at its time and at most once a day. */
import { z } from 'zod';
import type { StateStore } from '../state/store.ts';

export const RITUAL_KINDS = ['daily', 'weekly'] as const;
export type RitualKind = (typeof RITUAL_KINDS)[number];

/** How late one may still come, in minutes: after that, whoever was down lets it be. */
const LATEST = 120;
/** Songs of the day that are not repeated. */
const MOST_SONGS = 120;
/** Days in a row on which nothing could be sent, after which a channel is left alone. */
const MOST_FAILURES = 7;

const time = {
  /** Minutes since midnight, 0 … 1439. */
  at: z.number().int().min(0).max(1439),
  /** ISO day, where the channel is, for which it was last sent; empty: never. */
  sent: z.string(),
};
const stored = z.object({
  /** `<platform>:<community>:<channel>` */
  place: z.string(),
  /** BCP 47. */
  locale: z.string(),
  /** IANA. */
  zone: z.string(),
  daily: z.object(time).nullable(),
  /** `day`: 1 Monday … 7 Sunday. */
  weekly: z.object({ ...time, day: z.number().int().min(1).max(7) }).nullable(),
  /** Songs of the day so far, the latest first. */
  songs: z.array(z.string()),
  failures: z.number(),
});
export type Ritual = z.infer<typeof stored>;

const KIND = 'ritual';
const keyOf = (place: string) => `${KIND}:${place}`;

/** What the keys of a community's rituals begin with. @param community `<platform>:<id>` */
export const ritualsUnder = (community: string) => `${keyOf(community)}:`;

const read = (value: unknown): Ritual | null => stored.safeParse(value).data ?? null;

/** What a channel has; null where it never had any. @param place `<platform>:<community>:<channel>` */
export async function ritualOf(place: string, state: StateStore): Promise<Ritual | null> {
  return read(await state.get(keyOf(place)));
}

/** Day, weekday (1 Monday … 7 Sunday) and minute of the day in a time zone. */
export function localTime(now: number, zone: string): { date: string; day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)!.value;
  const date = `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`;
  return {
    date,
    day: new Date(`${date}T00:00Z`).getUTCDay() || 7,
    minute: Number(of('hour')) * 60 + Number(of('minute')),
  };
}

/** What a channel wants of one ritual. @property day 1 Monday … 7 Sunday; of the weekly one */
export interface Wanted {
  readonly kind: RitualKind;
  /** Minutes since midnight. */
  readonly at: number;
  readonly day: number;
  readonly zone: string;
  readonly locale: string;
}

/** Switches one on, or changes its time: what was sent today is not sent again, and a time gone by begins tomorrow. */
export async function setRitual(
  place: string,
  { kind, at, day, zone, locale }: Wanted,
  state: StateStore,
  now = Date.now(),
): Promise<void> {
  const local = localTime(now, zone);
  await state.update<Ritual>(keyOf(place), (current) => {
    const before = read(current) ?? { place, daily: null, weekly: null, songs: [] };
    const sent = local.minute >= at ? local.date : (before[kind]?.sent ?? '');
    const one = { at, sent };
    const changed = kind === 'daily' ? { daily: one } : { weekly: { ...one, day } };
    return { ...before, ...changed, zone, locale, failures: 0 };
  });
}

/** Ends one; a channel without any is forgotten. */
export async function endRitual(place: string, kind: RitualKind, state: StateStore): Promise<void> {
  await state.update<Ritual>(keyOf(place), (current) => {
    const ritual = read(current);
    const left = ritual && { ...ritual, [kind]: null };
    return left && (left.daily || left.weekly) ? left : undefined;
  });
}

/** Forgets those of a channel that is gone. */
export async function forgetRituals(place: string, state: StateStore): Promise<void> {
  await state.delete(keyOf(place));
}

/** Whether one is to be sent now. */
function isDue(ritual: Ritual, kind: RitualKind, now: number): boolean {
  const one = ritual[kind];
  if (!one) return false;
  const { date, day, minute } = localTime(now, ritual.zone);
  if (kind === 'weekly' && ritual.weekly?.day !== day) return false;
  return one.sent < date && minute >= one.at && minute < one.at + LATEST;
}

/** Everything to be sent now on a platform. */
export async function dueRituals(
  platform: string,
  now: number,
  state: StateStore,
): Promise<{ place: string; kind: RitualKind }[]> {
  const all = await state.list<unknown>(`${keyOf(platform)}:`);
  return all.flatMap(({ value }) => {
    const ritual = read(value);
    return ritual
      ? RITUAL_KINDS.filter((kind) => isDue(ritual, kind, now)).map((kind) => ({ place: ritual.place, kind }))
      : [];
  });
}

/**
 * Takes one for sending, in one step that no other process can come between: whoever gets it sends it, and nobody
 * sends it again, whatever becomes of them.
 *
 * @returns null where it is not due, or another took it
 */
export async function claimRitual(
  place: string,
  kind: RitualKind,
  now: number,
  state: StateStore,
): Promise<Ritual | null> {
  let mine: Ritual | null = null;
  await state.update<unknown>(keyOf(place), (current) => {
    mine = null;
    const ritual = read(current);
    if (!ritual || !isDue(ritual, kind, now)) return current;
    mine = { ...ritual, [kind]: { ...ritual[kind], sent: localTime(now, ritual.zone).date } };
    return mine;
  });
  return mine;
}

/** Notes how it went: which song was sent, or that nothing could be; a channel that takes nothing is left alone. */
export async function noteSent(
  place: string,
  result: { readonly song?: string | null } | 'failed',
  state: StateStore,
): Promise<void> {
  await state.update<unknown>(keyOf(place), (current) => {
    const ritual = read(current);
    if (!ritual) return current;
    if (result !== 'failed') {
      const songs = result.song ? [result.song, ...ritual.songs].slice(0, MOST_SONGS) : ritual.songs;
      return { ...ritual, songs, failures: 0 };
    }
    return ritual.failures + 1 < MOST_FAILURES ? { ...ritual, failures: ritual.failures + 1 } : undefined;
  });
}

/** Times of day, days of the week and time zones as people write them. */
import { LANGUAGES } from '../i18n/index.ts';
import type { Suggestion } from './options.ts';
import { MAX_SUGGESTIONS } from './options.ts';
import { localTime } from './rituals.ts';

/** Monday 1 January 2024, so that day 1 is a Monday. */
const dateOf = (day: number) => Date.UTC(2024, 0, day);
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** `18:30`, `6 pm`, `18h30`, `7` as minutes since midnight; null for anything else. */
export function readTime(text: string): number | null {
  const match = /^(\d{1,2})(?:\s*[:.hH]\s*(\d{2})?)?\s*([ap])?\.?m?\.?$/iu.exec(
    text.trim().normalize('NFKC'),
  );
  if (!match) return null;
  const [, hours, minutes = '0', half] = match;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours);
  if (hour > 23 || Number(minutes) > 59 || (half && (Number(hours) < 1 || Number(hours) > 12))) return null;
  return hour * 60 + Number(minutes);
}

/** A time of day as a language writes it. @param minutes since midnight */
export const timeText = (minutes: number, locale: string) =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
    dateOf(1) + minutes * 60_000,
  );

/** A day of the week in words. @param day 1 Monday … 7 Sunday */
export const dayText = (day: number, locale: string, weekday: 'long' | 'short' = 'long') =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(dateOf(day));

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\.$/, '').trim();

/** A day by its name, whole or short, in any language of ours; 1 Monday … 7 Sunday, null for anything else. */
export function readDay(text: string): number | null {
  const wanted = plain(text);
  const isNamed = (day: number) =>
    Object.keys(LANGUAGES).some((language) =>
      (['long', 'short'] as const).some((form) => plain(dayText(day, language, form)) === wanted),
    );
  return DAYS.find(isNamed) ?? null;
}

/** The days of the week, those that begin as typed first. */
export function suggestDays(typed: string, locale: string): Suggestion[] {
  const named = DAYS.map((day) => ({ label: dayText(day, locale), value: dayText(day, 'en') }));
  const fitting = named.filter(({ label }) => plain(label).startsWith(plain(typed)));
  return fitting.length > 0 ? fitting : named;
}

const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];
const cityOf = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1);
const zoneName = (text: string) => plain(text).replaceAll(/[\s_]+/g, ' ');

/** A time zone by its name (`Europe/Berlin`) or its city; null for anything else. */
export function readZone(text: string): string | null {
  const wanted = zoneName(text);
  const known =
    ZONES.find((zone) => zoneName(zone) === wanted) ??
    ZONES.find((zone) => zoneName(cityOf(zone)) === wanted);
  if (known) return known;
  try {
    // Older names, such as US/Eastern, are no less known.
    return /^[+-]/.test(wanted)
      ? null
      : new Intl.DateTimeFormat('en', { timeZone: text.trim() }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Time zones that hold what was typed, cities that begin so first. */
export function suggestZones(typed: string): Suggestion[] {
  const wanted = zoneName(typed);
  const begins = (zone: string) => zoneName(cityOf(zone)).startsWith(wanted);
  const fitting = ZONES.filter((zone) => zoneName(zone).includes(wanted)).sort(
    (a, b) => Number(begins(b)) - Number(begins(a)),
  );
  return fitting.slice(0, MAX_SUGGESTIONS).map((zone) => ({ label: zone, value: zone }));
}

/** What clocks show in a zone in January and in July. */
const clockOf = (timeZone: string) =>
  [0, 6]
    .map((month) =>
      new Intl.DateTimeFormat('en', { timeZone, timeStyle: 'short', dateStyle: 'short' }).format(
        Date.UTC(2026, month, 9),
      ),
    )
    .join();

/** The time zone of a language's country, where all clocks of it show the same; else UTC. */
export function zoneOf(locale: string): string {
  try {
    const { language, region } = new Intl.Locale(locale).maximize();
    const of = new Intl.Locale(`${language}-${region}`) as Intl.Locale & {
      getTimeZones?(): string[];
      timeZones?: string[];
    };
    const zones = of.getTimeZones?.() ?? of.timeZones ?? [];
    return new Set(zones.map(clockOf)).size === 1 ? zones[0]! : 'UTC';
  } catch {
    return 'UTC';
  }
}

/** A moment in words, with its zone. @param at milliseconds since the epoch */
export const momentText = (at: number, timeZone: string, locale: string) =>
  `${new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at)} (${timeZone})`;

/** When it is next that time of day in a zone, in milliseconds since the epoch. @param minute since midnight */
export function nextAt(minute: number, zone: string, now: number): number {
  const DAY = 24 * 60;
  const whole = Math.floor(now / 60_000);
  const ahead = (minute - localTime(now, zone).minute + DAY) % DAY || DAY;
  const at = (whole + ahead) * 60_000;
  // Where clocks are changed on the way.
  const off = minute - localTime(at, zone).minute;
  return at + (off > DAY / 2 ? off - DAY : off < -DAY / 2 ? off + DAY : off) * 60_000;
}

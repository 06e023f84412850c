/** The country that somebody chose, for what differs by country. Never guessed: only what they said is kept. */
import { LANGUAGES } from '../i18n/index.ts';
import type { StateStore } from '../state/store.ts';
import type { AnswerContext } from './context.ts';
import { personHash } from './person-hash.ts';

/** How long it is kept after it was chosen, in milliseconds: two years. */
export const COUNTRY_TTL_MS = 730 * 24 * 3600_000;

/** Where people look up what to watch, the most first; named by a token's number of {@link numberOfCountry}. */
const LARGE = 'US GB DE FR IT ES BR MX IN JP KR CA AU NL PL SE TR AR ID PH ZA PT'.split(' ');
const OTHERS =
  'AD AE AG AL AT BA BB BE BG BH BM BO BS CH CI CL CO CR CU CV CZ DK DO DZ EC EE EG FI FJ GF GG GH GI GQ GR GT HK HN HR HU IE IL IQ IS JM JO KE KW LB LC LI LT LU LV LY MA MC MD MK MT MU MY MZ NE NG NI NO NZ OM PA PE PF PK PS PY QA RO RS SA SC SG SI SK SM SN SV TC TH TN TT TW TZ UA UG UY VA VE VN XK YE ZM'.split(
    ' ',
  );

/** Countries where a language of ours is spoken: offered first, and no more than that. */
const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  de: ['DE', 'AT', 'CH'],
  en: ['US', 'GB', 'CA', 'AU', 'IE', 'NZ', 'IN', 'ZA'],
  es: ['ES', 'MX', 'AR', 'CO', 'CL', 'PE', 'US'],
  fr: ['FR', 'BE', 'CH', 'CA'],
  ja: ['JP'],
  ko: ['KR'],
  pt: ['BR', 'PT'],
};

/** Countries to choose from, those of the language first, the many small ones last and by name. */
export function countriesFor(language: string, nameOf: (code: string) => string): string[] {
  const { compare } = new Intl.Collator(language);
  const byName = [...OTHERS].sort((a, b) => compare(nameOf(a), nameOf(b)));
  return [...new Set([...(SPOKEN[language] ?? []), ...LARGE, ...byName])];
}

const CODE = /^[A-Z]{2}$/;
const LETTERS = 26;
const A = 'A'.charCodeAt(0);

/** Countries by number: 1 … 676 by the two letters. */
export const numberOfCountry = (code: string): number =>
  (code.charCodeAt(0) - A) * LETTERS + (code.charCodeAt(1) - A) + 1;

/** The two letters of a number of {@link numberOfCountry}; null for any other number. */
export function countryOfNumber(number: number): string | null {
  if (!Number.isInteger(number) || number < 1 || number > LETTERS ** 2) return null;
  const at = number - 1;
  return String.fromCharCode(A + Math.floor(at / LETTERS), A + (at % LETTERS));
}

/** What no standard calls a country so, but people do. */
const ALSO: Readonly<Record<string, string>> = {
  uk: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'great britain': 'GB',
  usa: 'US',
  america: 'US',
  holland: 'NL',
  korea: 'KR',
  uae: 'AE',
  czechia: 'CZ',
  turkey: 'TR',
};

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}.]/gu, '')
    .replace(/^the /i, '')
    .trim()
    .toLowerCase();

let spoken: ReadonlyMap<string, string> | undefined;

function namedCountries(): ReadonlyMap<string, string> {
  if (spoken) return spoken;
  const names = new Map(Object.entries(ALSO));
  for (const language of Object.keys(LANGUAGES)) {
    const regions = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const code of [...LARGE, ...OTHERS]) {
      const name = regions.of(code);
      if (name) names.set(fold(name), code);
    }
  }
  spoken = names;
  return names;
}

/** The country that a text names, by its name in any language of ours or by its two letters; null for none. */
export function readCountry(text: string): string | null {
  const folded = fold(text.slice(0, 100));
  const named = namedCountries().get(folded);
  if (named) return named;
  const code = folded.toUpperCase();
  return CODE.test(code) && isCountry(code) ? code : null;
}

/** Whether two letters stand for a country here. */
export const isCountry = (code: string): boolean => LARGE.includes(code) || OTHERS.includes(code);

/** The hash under which somebody's country is kept. @param user `<platform>:<id>` */
export const countryHash = (user: string, state: StateStore) => personHash(user, state, 'country:');

/** The key of the country under a hash. */
export const countryUnder = (hash: string) => `country:${hash}`;

const keyOf = async (user: string, state: StateStore) => countryUnder(await countryHash(user, state));

/** The country that somebody chose, as two capitals; null where they chose none. */
export async function countryOf({
  user,
  state,
}: Pick<AnswerContext, 'user' | 'state'>): Promise<string | null> {
  const kept = user === null ? undefined : await state.get<unknown>(await keyOf(user, state));
  return typeof kept === 'string' && isCountry(kept) ? kept : null;
}

/** Keeps it. @param user `<platform>:<id>`; kept as a keyed hash */
export async function setCountry(user: string, country: string, state: StateStore): Promise<void> {
  await state.set(await keyOf(user, state), country, COUNTRY_TTL_MS);
}

/** @returns whether one was kept */
export async function forgetCountry(user: string, state: StateStore): Promise<boolean> {
  return state.delete(await keyOf(user, state));
}

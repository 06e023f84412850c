/**
 * Actions on an answer as short text: `1d.<seed>.<argument>.<page>.<mainstream>.<filters>`.
 *
 * The version comes first, so that an old button gets a sentence instead of a guess. The seed is a Spotify
 * track id, `-` and the numbers of a mood's feelings, `_` and the id of a film, or `~` and the id of a question kept
 * in durable state. Nothing in a token is trusted: every part
 * is checked here and again against the catalogue, and it can say nothing that a person could not ask for.
 */
import type { Filters } from '../engine/types.ts';
import { FILM_GENRES } from '../shared/film-genres.ts';
import { countryOfNumber, numberOfCountry } from './country.ts';
import { FIRST_YEAR, LAST_YEAR, MAX_RUNTIME } from './filters/values.ts';
import { MOOD_NAMES } from './moods.ts';
import { MAINSTREAM_LEVELS, MAX_PAGE, type Mainstream } from './query.ts';

/** Discord's limit for a component's custom_id, the tightest of all places that carry a token. */
export const MAX_TOKEN_LENGTH = 100;

/**
 * Longest filters that a token carries: a token then leaves a chat 24 characters of the hundred for marks of its own,
 * such as whom a message answers. Longer ones are kept in durable state.
 */
const MAX_FILTERS = 36;

const VERSION = '1';

/** What a token can ask for, and the letter that stands for it. */
const LETTERS = {
  show: 'a',
  details: 'd',
  filters: 'f',
  'set-filters': 's',
  'drop-filter': 'x',
  'vote-up': 'u',
  'vote-down': 'w',
  share: 'h',
  songs: 'o',
  'set-songs': 'g',
  mood: 'm',
  'mark-saved': 'k',
  'mark-seen': 'e',
  'mark-not-for-me': 'n',
  unmark: 'q',
  privacy: 'p',
  list: 'l',
  night: 'b',
  taste: 'c',
  listening: 'j',
  ritual: 'r',
  country: 'i',
  'set-country': 'y',
} as const;
export type TokenAction = keyof typeof LETTERS;
const ACTIONS = new Map(Object.entries(LETTERS).map(([action, letter]) => [letter, action as TokenAction]));

/** Filters that `drop-filter` can name, by the number that stands for them; append only. */
const DROPPABLE = ['genres', 'notGenres', 'years', 'runtime', 'minRating', 'languages', 'minVotes'] as const;
/** Privacy actions by the number that stands for them; append only. */
export const PRIVACY_STEPS = ['show', 'export', 'forget', 'forget-sure', 'hide', 'unhide'] as const;
export type PrivacyStep = (typeof PRIVACY_STEPS)[number];
/** Marks of a person's films that the list's tokens name. */
export type MarkAction = 'mark-saved' | 'mark-seen' | 'mark-not-for-me' | 'unmark';
/** What is done with the list of saved films, by the number that stands for it; append only. */
export const LIST_STEPS = ['show', 'export', 'import-seen', 'import-saved'] as const;
export type ListStep = (typeof LIST_STEPS)[number];

/** What is done in a film night, by the number that stands for it; append only. */
export const NIGHT_STEPS = [
  'open',
  'show',
  'join',
  'add',
  'take',
  'drop',
  'close',
  'next',
  'previous',
  'vote',
  'finish',
  'reopen',
  'poll',
  'unpoll',
  'plan',
  'event',
  'unplan',
] as const;
export type NightStep = (typeof NIGHT_STEPS)[number];

/** An action in a film night. */
export interface NightPayload {
  readonly action: 'night';
  readonly step: NightStep;
  /** Of the film night; empty before it is opened. */
  readonly night: string;
  /** `vote`: which film, by TMDB id; otherwise 0. */
  readonly film: number;
  /** `take`: which song, as tokens name it; otherwise empty. */
  readonly song: string;
}

/** What is done with a person's taste, by the number that stands for it; append only. */
export const TASTE_STEPS = [
  'show',
  'add',
  'off',
  'little',
  'much',
  'remember',
  'remember-not',
  'forget',
] as const;

/** An action on a person's taste. */
export interface TastePayload {
  readonly action: 'taste';
  readonly step: (typeof TASTE_STEPS)[number];
  /** `add`: a track of the catalogue; otherwise empty. */
  readonly song: string;
}

/** What is done with somebody's name at ListenBrainz, by the number that stands for it; append only. */
export const LISTENING_STEPS = ['show', 'ask', 'set', 'forget'] as const;
export type ListeningStep = (typeof LISTENING_STEPS)[number];

/** What is done with a channel's rituals, by the number that stands for it; append only. */
export const RITUAL_STEPS = ['show', 'end-daily', 'end-weekly'] as const;
export type RitualStep = (typeof RITUAL_STEPS)[number];

/** A seed and filters that a token can carry: written out, or by the id of a stored question. */
export type QueryRef =
  | { readonly kind: 'inline'; readonly track: string; readonly filters: Filters }
  /** Feelings by name; none before the first is picked. */
  | { readonly kind: 'mood'; readonly feel: readonly string[]; readonly filters: Filters }
  /** A film that songs are sought for; only years narrow them. */
  | { readonly kind: 'film'; readonly film: number; readonly filters: Filters }
  | { readonly kind: 'stored'; readonly id: string };

/** What a token says. */
export type ActionPayload =
  | { readonly action: 'privacy'; readonly step: PrivacyStep }
  | { readonly action: 'list'; readonly step: ListStep; readonly page: number }
  | { readonly action: 'listening'; readonly step: ListeningStep }
  | { readonly action: 'ritual'; readonly step: RitualStep }
  | NightPayload
  | TastePayload
  | (PageState &
      (
        | {
            readonly action: 'show' | 'filters' | 'set-filters' | 'share' | 'songs' | 'set-songs' | 'mood';
          }
        | { readonly action: 'details' | 'vote-up' | 'vote-down' | MarkAction; readonly film: number }
        /** Asks where the person lives, to come back to a film; `list` is the page of the countries, 0 … 99. */
        | { readonly action: 'country'; readonly film: number; readonly list: number }
        /** Keeps a country; null: the one that was typed. */
        | { readonly action: 'set-country'; readonly film: number; readonly country: string | null }
        | { readonly action: 'drop-filter'; readonly field: keyof Filters | 'all' }
      ));

/** The answer that an action starts from. */
export interface PageState {
  readonly ref: QueryRef;
  readonly page: number;
  readonly mainstream: Mainstream;
}

const TRACK = /^[A-Za-z0-9]{22}$/;
const STORED = /^~[A-Za-z0-9_-]{16}$/;
const MOOD = /^-(?:[0-9a-z]{2}){0,5}$/;
const FILM = /^_([1-9a-z][0-9a-z]{0,5})$/;
/** Pages of a list of films that a token can name. */
const MOST_LIST_PAGES = 9999;
const NUMBER = /^(0|[1-9a-z][0-9a-z]{0,6})$/;

/**
 * Filters in a token's letters, or null where they can't be written: a genre outside TMDb's nineteen,
 * anything out of range, or more than `most` characters.
 */
export function packFilters(filters: Filters, most = MAX_FILTERS): string | null {
  const parts: string[] = [];
  for (const [letter, genres] of [
    ['g', filters.genres],
    ['h', filters.notGenres],
  ] as const) {
    if (!genres) continue;
    let mask = 0;
    for (const genre of genres) {
      const at = (FILM_GENRES as readonly string[]).indexOf(genre);
      if (at < 0) return null;
      mask |= 1 << at;
    }
    parts.push(letter + mask.toString(36));
  }
  if (filters.years) parts.push(`y${filters.years.join('-')}`);
  if (filters.runtime) parts.push(`r${filters.runtime.join('-')}`);
  if (filters.minRating !== undefined) parts.push(`v${Math.round(filters.minRating * 10)}`);
  if (filters.minVotes !== undefined) parts.push(`c${filters.minVotes}`);
  if (filters.languages) parts.push(`l${filters.languages.join('-')}`);
  const text = parts.join('_');
  // What would not read back the same is not written.
  return text.length <= most && unpackFilters(text) !== null ? text : null;
}

function genresOf(text: string): string[] | null {
  if (!/^[0-9a-z]{1,4}$/.test(text)) return null;
  const mask = Number.parseInt(text, 36);
  if (mask === 0 || mask >= 1 << FILM_GENRES.length) return null;
  return FILM_GENRES.filter((_, at) => mask & (1 << at));
}

function rangeOf(text: string, least: number, most: number): [number, number] | null {
  const match = /^(\d{1,4})-(\d{1,4})$/.exec(text);
  if (!match) return null;
  const [from, to] = [Number(match[1]), Number(match[2])];
  return from <= to && from >= least && to <= most ? [from, to] : null;
}

function wholeOf(text: string, most: number): number | null {
  return /^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : null;
}

/** Filters back from a token's letters; null for anything malformed, out of range or said twice. */
export function unpackFilters(text: string): Filters | null {
  const filters: Record<string, unknown> = {};
  if (text === '') return filters;
  for (const part of text.split('_')) {
    const rest = part.slice(1);
    const [field, value] = readPart(part[0] ?? '', rest);
    if (value === null || field in filters) return null;
    filters[field] = value;
  }
  return filters;
}

function readPart(letter: string, rest: string): [string, unknown] {
  switch (letter) {
    case 'g':
      return ['genres', genresOf(rest)];
    case 'h':
      return ['notGenres', genresOf(rest)];
    case 'y':
      return ['years', rangeOf(rest, FIRST_YEAR, LAST_YEAR)];
    case 'r':
      return ['runtime', rangeOf(rest, 0, MAX_RUNTIME)];
    case 'v': {
      const tenths = wholeOf(rest, 100);
      return ['minRating', tenths === null ? null : tenths / 10];
    }
    case 'c':
      return ['minVotes', wholeOf(rest, 999_999)];
    case 'l':
      return ['languages', /^[a-z]{2,3}(-[a-z]{2,3}){0,9}$/.test(rest) ? rest.split('-') : null];
    default:
      return ['unknown', null];
  }
}

/** How a token names what is sought for. */
export function seedText(ref: QueryRef): string {
  switch (ref.kind) {
    case 'inline':
      return ref.track;
    case 'stored':
      return `~${ref.id}`;
    case 'film':
      return `_${ref.film.toString(36)}`;
    case 'mood':
      return `-${ref.feel.map((name) => MOOD_NAMES.indexOf(name).toString(36).padStart(2, '0')).join('')}`;
  }
}

/** The reference that {@link seedText} wrote of a song or of a stored question; null for anything else. */
export function songRef(seed: string): QueryRef | null {
  if (STORED.test(seed)) return { kind: 'stored', id: seed.slice(1) };
  return TRACK.test(seed) ? { kind: 'inline', track: seed, filters: {} } : null;
}

/** A film's id and, of the actions about a country, a number below this, in one. */
const BESIDE_FILM = 1000;
const MOST_COUNTRY_PAGES = 100;

function filmArgument(payload: Extract<ActionPayload, PageState & { film: number }>): number {
  const { action, film } = payload;
  if (action === 'country') return film * BESIDE_FILM + payload.list;
  if (action !== 'set-country') return film;
  return film * BESIDE_FILM + (payload.country === null ? 0 : numberOfCountry(payload.country));
}

/** Reads what {@link filmArgument} wrote of an action about a country; null for anything else. */
function countryPayload(
  action: 'country' | 'set-country',
  argument: number,
  from: PageState,
): ActionPayload | null {
  const film = Math.floor(argument / BESIDE_FILM);
  const number = argument % BESIDE_FILM;
  if (film < 1 || from.ref.kind === 'film') return null;
  if (action === 'country')
    return number < MOST_COUNTRY_PAGES ? { action, ...from, film, list: number } : null;
  const country = number === 0 ? null : countryOfNumber(number);
  return number > 0 && country === null ? null : { action, ...from, film, country };
}

/** Writes a token. @throws RangeError when it can't be written: a bug of the caller */
export function encodeToken(payload: ActionPayload): string {
  const head = VERSION + LETTERS[payload.action];
  if (payload.action === 'privacy') return `${head}.${PRIVACY_STEPS.indexOf(payload.step)}`;
  if (payload.action === 'listening') return `${head}.${LISTENING_STEPS.indexOf(payload.step)}`;
  if (payload.action === 'ritual') return `${head}.${RITUAL_STEPS.indexOf(payload.step)}`;
  if (payload.action === 'list') {
    return `${head}.${LIST_STEPS.indexOf(payload.step)}.${payload.page.toString(36)}`;
  }
  if (payload.action === 'night') {
    const { step, night, film, song } = payload;
    const what = step === 'vote' ? film.toString(36) : step === 'take' ? song : '0';
    return `${head}.${NIGHT_STEPS.indexOf(step).toString(36)}.${night}.${what}`;
  }
  if (payload.action === 'taste') {
    return `${head}.${TASTE_STEPS.indexOf(payload.step)}.${payload.song || '0'}`;
  }
  const { ref } = payload;
  const seed = seedText(ref);
  const filters = ref.kind === 'stored' ? '' : packFilters(ref.filters);
  const argument =
    'film' in payload
      ? filmArgument(payload).toString(36)
      : 'field' in payload
        ? String(
            payload.field === 'all'
              ? DROPPABLE.length
              : (DROPPABLE as readonly string[]).indexOf(payload.field),
          )
        : '0';
  const level = MAINSTREAM_LEVELS.indexOf(payload.mainstream);
  const token = [head, seed, argument, payload.page.toString(36), level, filters].join('.');
  if (filters === null || decodeToken(token).kind !== 'payload')
    throw new RangeError(`no token for ${token}`);
  return token;
}

/** The token that opens an answer again. */
export function showToken({ ref, page, mainstream }: PageState): string {
  return encodeToken({ action: 'show', ref, page, mainstream });
}

/** Whether an action changes what is kept; every other one only reads. */
export function changesState(payload: ActionPayload): boolean {
  const { action } = payload;
  if (action === 'privacy') return ['forget-sure', 'hide', 'unhide'].includes(payload.step);
  if (action === 'list') return payload.step.startsWith('import-');
  if (action === 'night') return !['show', 'join', 'plan'].includes(payload.step);
  if (action === 'taste') return payload.step !== 'show';
  if (action === 'ritual') return payload.step !== 'show';
  if (action === 'listening') return payload.step === 'set' || payload.step === 'forget';
  return isPersonal(action);
}

/** Whether an action keeps something about the person who presses. */
export const isPersonal = (action: TokenAction): boolean =>
  action.startsWith('vote-') || isMark(action) || action === 'set-country';

/** Whether an action marks a film, or takes its mark away. */
export const isMark = (action: TokenAction): action is MarkAction =>
  action.startsWith('mark-') || action === 'unmark';

/** What a stranger's token says, or null where it says nothing that is known. */
export function payloadOf(token: unknown): ActionPayload | null {
  const decoded = decodeToken(token);
  return decoded.kind === 'payload' ? decoded.payload : null;
}

export type Decoded =
  | { readonly kind: 'payload'; readonly payload: ActionPayload }
  | { readonly kind: 'outdated' }
  | { readonly kind: 'forged' };

const FORGED: Decoded = { kind: 'forged' };

/** Reads a token from a stranger. Never throws. */
export function decodeToken(token: unknown): Decoded {
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) return FORGED;
  if (/^[02-9][a-z]\./.test(token)) return { kind: 'outdated' };
  const [head = '', seed = '', argument = '', page = '', level = '', filterText, ...rest] = token.split('.');
  const action = head[0] === VERSION && head.length === 2 ? ACTIONS.get(head[1] as never) : undefined;
  if (!action || rest.length > 0) return FORGED;
  if (action === 'privacy') {
    const step = /^\d$/.test(seed) ? PRIVACY_STEPS[Number(seed)] : undefined;
    return step && token === `${head}.${seed}` ? { kind: 'payload', payload: { action, step } } : FORGED;
  }
  if (action === 'listening') {
    const step = /^\d$/.test(seed) ? LISTENING_STEPS[Number(seed)] : undefined;
    return step && token === `${head}.${seed}` ? { kind: 'payload', payload: { action, step } } : FORGED;
  }
  if (action === 'ritual') {
    const step = /^\d$/.test(seed) ? RITUAL_STEPS[Number(seed)] : undefined;
    return step && token === `${head}.${seed}` ? { kind: 'payload', payload: { action, step } } : FORGED;
  }
  if (action === 'list') {
    const step = /^\d$/.test(seed) ? LIST_STEPS[Number(seed)] : undefined;
    const at = NUMBER.test(argument) ? Number.parseInt(argument, 36) : -1;
    const fits = step && at >= 0 && at <= MOST_LIST_PAGES && token === `${head}.${seed}.${argument}`;
    return fits ? { kind: 'payload', payload: { action, step, page: at } } : FORGED;
  }
  if (action === 'night') return readNight(token, seed, argument, page);
  if (action === 'taste') {
    const step = /^\d$/.test(seed) ? TASTE_STEPS[Number(seed)] : undefined;
    const fits = step === 'add' ? TRACK.test(argument) : argument === '0';
    if (!step || !fits || token !== `${head}.${seed}.${argument}`) return FORGED;
    return { kind: 'payload', payload: { action, step, song: step === 'add' ? argument : '' } };
  }
  const ref = readRef(seed, filterText);
  const mainstream = /^\d$/.test(level) ? MAINSTREAM_LEVELS[Number(level)] : undefined;
  if (!ref || !mainstream || !NUMBER.test(argument) || !NUMBER.test(page)) return FORGED;
  const pageState = { ref, mainstream, page: Number.parseInt(page, 36) };
  if (pageState.page > MAX_PAGE) return FORGED;
  const number = Number.parseInt(argument, 36);
  if (action === 'details' || action === 'vote-up' || action === 'vote-down') {
    return number > 0 && ref.kind !== 'film'
      ? { kind: 'payload', payload: { action, ...pageState, film: number } }
      : FORGED;
  }
  if (action === 'country' || action === 'set-country') {
    const payload = countryPayload(action, number, pageState);
    return payload ? { kind: 'payload', payload } : FORGED;
  }
  if (isMark(action)) {
    const fits = number > 0 && (ref.kind !== 'film' || ref.film === number);
    return fits ? { kind: 'payload', payload: { action, ...pageState, film: number } } : FORGED;
  }
  if (action === 'drop-filter') {
    const field = number === DROPPABLE.length ? ('all' as const) : DROPPABLE[number];
    return field ? { kind: 'payload', payload: { action, ...pageState, field } } : FORGED;
  }
  const fits =
    action === 'songs' ||
    action === 'set-songs' ||
    (ref.kind !== 'film' && (action !== 'mood' || ref.kind === 'mood'));
  if (!fits || (ref.kind === 'mood' && ref.feel.length === 0 && action !== 'mood')) return FORGED;
  return argument === '0' ? { kind: 'payload', payload: { action, ...pageState } } : FORGED;
}

/** Id of a film night. */
const NIGHT = /^[A-Za-z0-9_-]{16}$/;

function readNight(token: string, number: string, night: string, what: string): Decoded {
  const step = /^[0-9a-z]$/.test(number) ? NIGHT_STEPS[Number.parseInt(number, 36)] : undefined;
  if (!step || (step === 'open' ? night !== '' : !NIGHT.test(night))) return FORGED;
  const film = step === 'vote' && NUMBER.test(what) ? Number.parseInt(what, 36) : 0;
  const song = step === 'take' && songRef(what) ? what : '';
  const fits = step === 'vote' ? film > 0 : step === 'take' ? song !== '' : what === '0';
  const payload: NightPayload = { action: 'night', step, night, film, song };
  return fits && token === encodeToken(payload) ? { kind: 'payload', payload } : FORGED;
}

function readRef(seed: string, filterText: string | undefined): QueryRef | null {
  if (filterText === undefined) return null;
  if (STORED.test(seed)) return filterText === '' ? { kind: 'stored', id: seed.slice(1) } : null;
  const filters = unpackFilters(filterText);
  if (!filters) return null;
  const film = FILM.exec(seed)?.[1];
  if (film) return { kind: 'film', film: Number.parseInt(film, 36), filters };
  if (MOOD.test(seed)) {
    const feel = (seed.match(/[0-9a-z]{2}/g) ?? []).map((code) => MOOD_NAMES[Number.parseInt(code, 36)]);
    return feel.every((name) => name !== undefined) && new Set(feel).size === feel.length
      ? { kind: 'mood', feel: feel as string[], filters }
      : null;
  }
  return TRACK.test(seed) && filters ? { kind: 'inline', track: seed, filters } : null;
}

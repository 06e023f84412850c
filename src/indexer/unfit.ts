/**
 * Films that a chat should not be shown unasked. TMDb's `adult` flag misses some two hundred erotic films, so
 * genre, keywords and wording decide as well. Films *about* such things (a drama, a documentary) stay in.
 */
import type { Film } from '../engine/types.ts';

/** Keywords that describe what is on the screen, not what the film is about. */
const UNFIT_KEYWORDS: ReadonlySet<string> = new Set([
  'softcore',
  'softcore porn',
  'hardcore',
  'erotic movie',
  'erotic 70s',
  'erotica',
  'erotic',
  'hentai',
  'pink film',
  'sexploitation',
  'unsimulated sex',
  'real sex',
  'explicit sex',
  'porno',
  'adult animation porn',
  'ecchi',
  'erotic fantasy',
  'erotic horror',
  'pinku eiga',
  'roman porno',
  'nunsploitation',
  'anal sex',
  'vaginal sex',
  'sadistic sex',
  'adult video',
  'jav',
]); // prettier-ignore

/** Wording by which such films are sold. */
const UNFIT_WORDING =
  /\b(?:soft-?core|hentai|sexploitation|pinku eiga|roman porno|nympho(?:maniacs?)?|orgies|threesomes?|erotica|sexual fantas(?:y|ies)|sexual (?:escapades|adventures|awakenings?) of|sex ?romp|erotic (?:adventures?|film|movie|tales?|stories|story|encounters?|pleasures?|delights?|romp)|(?:korean?|japanese) erotic|lust(?:y|ful) (?:girls?|wom[ae]n|housewi(?:fe|ves)|nurses?|teachers?)|naked (?:girls|women|ladies)|porn (?:parody|film starring)|xxx (?:parody|feature))\b/i;

const UNFIT_TITLE =
  /\b(?:emmanuelle|erotic|erotica|porno|hentai|orgy|orgasmo?|kamasutra|kama sutra|nympho(?:maniac)?|playboy (?:video|playmate)|sex(?:ual|y)? (?:adventures|games|chronicles|files|fantasies|pot)|naughty (?:nurses|housewives|schoolgirls)|bikini (?:jones|frankenstein|avengers|royale|airways)|young mother|purpose of reunion|mother'?s friend|sister'?s friend|pussy(?! ?cat)|perfect education|delicious delivery)\b/i;

/** Genres under which the same words speak of a subject. */
const SUBJECT_GENRES: ReadonlySet<string> = new Set(['Documentary', 'History', 'War', 'Animation', 'Family']);

/** Votes beyond which a title alone no longer flags a film: the public knows what it is. */
const WELL_KNOWN_VOTES = 1000;

/** Whether a film is left out unless asked for. */
export function isUnfit(
  film: Pick<Film, 'title' | 'originalTitle' | 'overview' | 'tagline' | 'keywords' | 'genres' | 'votes'>,
): boolean {
  if (film.genres.some((genre) => /^(?:erotic|adult)$/i.test(genre))) return true;
  if (film.keywords.some((keyword) => UNFIT_KEYWORDS.has(keyword.toLowerCase()))) return true;
  if (film.genres.some((genre) => SUBJECT_GENRES.has(genre))) return false;
  if (
    film.votes < WELL_KNOWN_VOTES &&
    (UNFIT_TITLE.test(film.title) || UNFIT_TITLE.test(film.originalTitle))
  ) {
    return true;
  }
  return UNFIT_WORDING.test(film.overview) || UNFIT_WORDING.test(film.tagline);
}

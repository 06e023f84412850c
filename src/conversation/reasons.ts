/** Words for the engine's reasons: plain sentences that say no more than the key does. */
import type { Reason } from '../engine/types.ts';
import type { MessageKey, Words } from '../i18n/index.ts';
import { clean } from '../shared/text.ts';

type Params = Reason['params'];

/** What a sentence needs of a reason's params; a reason without it stays unsaid. */
type Part =
  | 'songGenres'
  | 'filmGenres'
  | 'traits'
  | 'words'
  | 'songWords'
  | 'decade'
  | 'length'
  | 'tone'
  | 'pace'
  | 'language'
  | 'country';

/** Every reason that has words, with the parts that its sentence uses. */
export const REASON_PARTS: Readonly<Record<string, readonly Part[]>> = {
  'genre-genre': ['songGenres', 'filmGenres'],
  'artist-genre': ['songGenres', 'filmGenres'],
  'audio-genre': ['traits', 'filmGenres'],
  'genre-plot': ['songGenres', 'words'],
  'audio-plot': ['traits', 'words'],
  'artist-plot': ['songGenres', 'words'],
  'genre-era': ['songGenres', 'decade'],
  'artist-era': ['songGenres', 'decade'],
  'audio-era': ['traits', 'decade'],
  'genre-runtime': ['length'],
  'artist-runtime': ['length'],
  'audio-runtime': ['length'],
  'genre-language': ['songGenres', 'language'],
  'artist-language': ['language'],
  'audio-language': ['language'],
  'genre-country': ['songGenres', 'country'],
  'artist-country': ['country'],
  'audio-country': ['country'],
  'soundtracks-genre': ['filmGenres'],
  'soundtracks-plot': ['words'],
  'soundtracks-era': ['decade'],
  'soundtracks-runtime': ['length'],
  'soundtracks-language': ['language'],
  'soundtracks-country': ['country'],
  'names-genre': ['songWords', 'filmGenres'],
  'names-plot': ['songWords', 'words'],
  'names-era': ['songWords', 'decade'],
  'names-runtime': ['songWords', 'length'],
  'names-language': ['songWords', 'language'],
  'names-country': ['songWords', 'country'],
  'mood-valence': ['tone'],
  'mood-energy': ['pace'],
  'mood-both': ['tone', 'pace'],
};

/** How each part reads in a sentence; empty when the params do not hold it. */
const SAY: Readonly<Record<Part, (params: Params, words: Words) => string>> = {
  songGenres: (p, w) => w.list(labels(p.songGenres).map((label) => w.name('songGenre', label))),
  filmGenres: (p, w) => w.list(labels(p.filmGenres).map((label) => w.name('filmsOf', label))),
  // In one order, so that the same two traits read the same wherever they stand.
  traits: (p, w) =>
    labels(p.traits)
      .sort()
      .map((label) => w.name('trait', label))
      .join(', '),
  // In quotation marks: they are words of the film's description, not a summary of it.
  words: (p, w) => quoted(p.words, w),
  songWords: (p, w) => quoted(p.songWords, w),
  decade: (p) => {
    const text = labels(p.decade)[0] ?? '';
    return /^\d{4}$/.test(text) ? `${text}s` : text;
  },
  length: (p, w) => named(w, 'length', p.direction),
  tone: (p, w) => named(w, 'tone', p.tone),
  pace: (p, w) => named(w, 'pace', p.pace),
  language: (p, w) => {
    const code = labels(p.language)[0] ?? '';
    return /^[a-z]{2,3}$/.test(code) ? w.languageName(code) : code;
  },
  country: (p) => labels(p.country)[0] ?? '',
};

function quoted(value: Params[string] | undefined, words: Words): string {
  return words.list(
    labels(value)
      .slice(0, 2)
      .map((word) => words.t('reason.word', { word })),
  );
}

function labels(value: Params[string] | undefined): string[] {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? value : [String(value)];
  return list.map((label: string) => clean(label, 60)).filter((label) => label !== '');
}

function named(words: Words, group: 'length' | 'tone' | 'pace', value: Params[string] | undefined): string {
  const label = labels(value)[0];
  return label === undefined ? '' : words.name(group, label);
}

function capitalised(text: string, locale: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}

/** One reason as a sentence; empty for a key without words or without what its sentence needs. */
export function sayReason(reason: Reason, words: Words): string {
  const parts = Object.hasOwn(REASON_PARTS, reason.key) ? REASON_PARTS[reason.key] : undefined;
  if (!parts) return '';
  const said: Record<string, string> = {};
  for (const part of parts) {
    const text = SAY[part](reason.params, words);
    if (text === '') return '';
    said[part] = text;
    // `{{Traits}}` begins a sentence where `{{traits}}` stands inside one.
    said[part[0]!.toUpperCase() + part.slice(1)] = capitalised(text, words.locale);
  }
  return words.t(`reason.${reason.key}` as MessageKey, said);
}

/** Every reason that helps the pair and can be worded, strongest first, none twice. */
export function sayReasons(reasons: readonly Reason[], words: Words): string[] {
  const sorted = reasons.filter((reason) => reason.weight > 0).sort((a, b) => b.weight - a.weight);
  return [...new Set(sorted.map((reason) => sayReason(reason, words)).filter((text) => text !== ''))];
}

/**
 * Share of the strongest reason's weight that another must have to be said in its place. Low, as language alone holds
 * most of many matches, and is not worth saying five times.
 */
const NEARLY_AS_STRONG = 0.15;

/** What is left of a reason's weight each time that a film before it was given one of the same kind. */
const SAID_BEFORE = 0.75;

/** Reasons of one kind read alike: what of the film they speak of. */
const kindOf = ({ key }: Reason) => key.slice(key.lastIndexOf('-') + 1);

/**
 * One sentence for each film of an answer: its strongest reason, or one that is nearly as strong where films
 * before it said the same or much alike. Empty where no reason can be worded.
 */
export function sayOneEach(films: readonly (readonly Reason[])[], words: Words): string[] {
  const said = new Map<string, number>();
  const kinds = new Map<string, number>();
  const standing = (reason: Reason) => reason.weight * SAID_BEFORE ** (kinds.get(kindOf(reason)) ?? 0);
  const timesSaid = (text: string) => said.get(text) ?? 0;
  return films.map((reasons) => {
    const worded = reasons
      .filter((reason) => reason.weight > 0)
      .map((reason) => ({ reason, text: sayReason(reason, words) }))
      .filter(({ text }) => text !== '');
    const least = NEARLY_AS_STRONG * Math.max(...worded.map(({ reason }) => reason.weight));
    const [chosen] = worded
      .filter(({ reason }) => reason.weight >= least)
      .sort((a, b) => timesSaid(a.text) - timesSaid(b.text) || standing(b.reason) - standing(a.reason));
    if (!chosen) return '';
    said.set(chosen.text, timesSaid(chosen.text) + 1);
    kinds.set(kindOf(chosen.reason), (kinds.get(kindOf(chosen.reason)) ?? 0) + 1);
    return chosen.text;
  });
}

/** Words for the engine's reasons: what a person would say of two works that share something, or nothing. */
import type { Reason } from '../engine/types.ts';
import type { Words } from '../i18n/index.ts';

/** Not said in one breath with what is {@link GRAVE}. */
const FLIPPANT: ReadonlySet<string> = new Set([
  'comic',
  'playful',
  'absurd',
  'wry',
  'whimsical',
  'festive',
  'cool',
  'glamorous',
]);
const GRAVE: ReadonlySet<string> = new Set(['grieving', 'anguished', 'mortality']);

/** Words of the longest sentence, in languages that set them apart. */
const MOST_WORDS = 12;

/** A reason with its words, and what they speak of. */
interface Said {
  readonly text: string;
  readonly kind: string;
  /** Names of the terms or of the world. */
  readonly about: readonly string[];
  readonly weight: number;
}

function namesIn(value: Reason['params'][string] | undefined): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).filter((name) => typeof name === 'string');
}

/** Whether there are words for a feeling. */
const isWorded = (name: string, words: Words) =>
  words.hasName('feeling', name) || words.hasName('theme', name);

/** A feeling as it is called, whichever way it is said. */
export function termName(name: string, words: Words): string {
  return words.name(words.hasName('theme', name) ? 'theme' : 'feeling', name);
}

/** The terms that go together in one sentence. */
function together(terms: readonly string[], words: Words): string[] {
  const known = [...new Set(terms)].filter((name) => isWorded(name, words));
  return known.some((name) => GRAVE.has(name)) ? known.filter((name) => !FLIPPANT.has(name)) : known;
}

function sayTerms(terms: readonly string[], words: Words): string {
  const text = sayAllTerms(terms, words);
  const long = terms.length > 1 && text.split(/\s+/).length > MOST_WORDS;
  return long ? sayTerms(terms.slice(0, -1), words) : text;
}

function sayAllTerms(terms: readonly string[], words: Words): string {
  const named = (group: 'feeling' | 'theme') =>
    words.list(terms.filter((name) => words.hasName(group, name)).map((name) => words.name(group, name)));
  const [feelings, themes] = [named('feeling'), named('theme')];
  if (feelings && themes) return words.t('reason.feelTheme', { feelings, themes });
  if (feelings) return words.t('reason.feel', { feelings });
  return themes && words.t('reason.theme', { themes });
}

function sayYears(params: Reason['params'], words: Words): string {
  const { songYear, filmYear } = params;
  if (!Number.isInteger(songYear) || !Number.isInteger(filmYear)) return '';
  const years = [Number(songYear), Number(filmYear)].sort((a, b) => a - b);
  const [from, to] = years as [number, number];
  return from === to ? words.t('reason.sameYear', { year: from }) : words.t('reason.year', { from, to });
}

function said(reason: Reason, words: Words): Said {
  const { key: kind, params, weight } = reason;
  switch (kind) {
    case 'feel': {
      const about = together(namesIn(params.terms), words);
      return { kind, about, weight, text: sayTerms(about, words) };
    }
    case 'world': {
      const about = namesIn(params.world).filter((name) => words.hasName('sameWorld', name));
      return { kind, about, weight, text: about[0] === undefined ? '' : words.name('sameWorld', about[0]) };
    }
    case 'year':
      return { kind, about: [], weight, text: sayYears(params, words) };
    default:
      return { kind, about: [], weight, text: '' };
  }
}

/** One reason as a sentence; empty for a key without words or without what its sentence needs. */
export function sayReason(reason: Reason, words: Words): string {
  return said(reason, words).text;
}

const strongestFirst = (reasons: readonly Reason[]) =>
  reasons.filter((reason) => reason.weight > 0).sort((a, b) => b.weight - a.weight);

/** Every reason that can be worded, strongest first; a feeling that was said is not said again. */
export function sayReasons(reasons: readonly Reason[], words: Words): string[] {
  const used = new Set<string>();
  const texts = strongestFirst(reasons).map((reason) => {
    const { kind, about, text } = said(reason, words);
    const fresh = about.filter((name) => !used.has(name));
    for (const name of about) used.add(name);
    return kind === 'feel' ? sayTerms(fresh, words) : text;
  });
  return [...new Set(texts)].filter((text) => text !== '');
}

/**
 * Share of the strongest reason's weight that another must have to be said in its place. Low, as shared feelings hold
 * most of a match, and are not worth saying five times.
 */
const NEARLY_AS_STRONG = 0.15;

/** What is left of a reason's weight each time that a film before it was given one of the same kind. */
const SAID_BEFORE = 0.8;

/** The same for each of its terms that was said before. */
const TERM_SAID_BEFORE = 0.7;

/** Shared feelings say more of two works than a shared place, and that more than the years. */
const WORTH: Readonly<Record<string, number>> = { feel: 1, world: 0.35, year: 0.2 };
/** A single feeling is little to share. */
const SINGLE = 0.4;

/** What a sentence is worth before others were said. */
function worth({ kind, about, weight }: Said): number {
  return weight * (WORTH[kind] ?? 1) * (kind === 'feel' && about.length < 2 ? SINGLE : 1);
}

/** A reason, and the same with one or two of its terms left out, where all of them were said of another film. */
function variantsOf(reason: Reason, words: Words): Said[] {
  const whole = said(reason, words);
  if (whole.kind !== 'feel') return [whole];
  const { about, weight } = whole;
  const parts =
    about.length < 2 ? [] : about.map((_, left) => about.filter((__, at) => at !== left)).reverse();
  const singles = about.length < 3 ? [] : about.map((name) => [name]);
  return [
    whole,
    ...[...parts, ...singles].map((terms) => ({
      kind: whole.kind,
      about: terms,
      weight: (weight * terms.length) / (about.length + 1),
      text: sayTerms(terms, words),
    })),
  ];
}

/**
 * One sentence for each film of an answer: its strongest reason, or one that is nearly as strong where films
 * before it were given the like. No sentence comes twice; empty where no reason is left.
 */
export function sayOneEach(films: readonly (readonly Reason[])[], words: Words): string[] {
  const texts = new Set<string>();
  const kinds = new Map<string, number>();
  const terms = new Map<string, number>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  const standing = (said: Said) => {
    const { kind, about } = said;
    const before = about.reduce((sum, name) => sum + (terms.get(name) ?? 0), 0);
    return worth(said) * SAID_BEFORE ** (kinds.get(kind) ?? 0) * TERM_SAID_BEFORE ** before;
  };
  return films.map((reasons) => {
    const worded = strongestFirst(reasons)
      .flatMap((reason) => variantsOf(reason, words))
      .filter(({ text }) => text !== '');
    const least = NEARLY_AS_STRONG * Math.max(0, ...worded.map(worth));
    const fresh = worded.filter(({ text }) => !texts.has(text));
    const strong = fresh.filter((sentence) => worth(sentence) >= least);
    const [chosen] = (strong.length > 0 ? strong : fresh).sort((a, b) => standing(b) - standing(a));
    if (!chosen) return '';
    texts.add(chosen.text);
    count(kinds, chosen.kind);
    for (const name of chosen.about) count(terms, name);
    return chosen.text;
  });
}

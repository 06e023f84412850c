import { normaliseText } from '../search/normalise.ts';
import type { Film } from '../types.ts';
import { FRANCHISES } from './franchise-names.ts';

/** What the rule looks at. */
export type Titled = Pick<Film, 'title' | 'originalTitle' | 'year' | 'keywords' | 'language'>;

const words = (text: string) => text.split(' ');
/** Phrases by their first (0) or last (−1) word, so that a title needs one look-up. */
function byWord(at: number, text: string): ReadonlyMap<string, readonly (readonly string[])[]> {
  const phrases = text.split('|').map(words);
  const heads = new Set(phrases.map((phrase) => phrase.at(at)!));
  return new Map([...heads].map((head) => [head, phrases.filter((phrase) => phrase.at(at) === head)]));
}

const SIMPLE = /^[A-Za-z0-9 :,'&()?-]*$/;

/** `normaliseText`, with a short way for the many titles that need no Unicode: this runs for every film considered. */
function fold(text: string): string {
  // Cut again after NFKC, because ﷺ is one letter before it and eighteen after.
  if (!SIMPLE.test(text)) return normaliseText(text.normalize('NFKC').slice(0, MAX_TITLE));
  const plain = text.toLowerCase().replaceAll("'", '').replaceAll('&', ' and ');
  return plain.replace(/[^a-z0-9]+/g, ' ').trim();
}

/** No title needs more to be told apart; what is beyond costs time only. In UTF-16 units. */
const MAX_TITLE = 120;
const MAX_WORDS = 32;

/** The subtitle begins here: "Dune: Part Two", "Mission: Impossible - Fallout". Not "3:10" and not "Spider-Man". */
const SUBTITLE = /[:：]\s|\s[-–—|]\s/;
const SUPERSCRIPTS = /[²³]/g;

/** "A" is not one: "A Taxi Driver" is no "Taxi Driver", and sequels keep it. */
const ENGLISH_ARTICLES: ReadonlySet<string> = new Set(['the']);
/** Leading articles by original language: "die" is one in German and none in "Die Hard". */
const ARTICLES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    fr: 'le la les l',
    es: 'el la los las',
    it: 'il lo la i gli le l',
    de: 'der die das',
    pt: 'o a os as',
  }).map(([language, list]) => [language, new Set(words(list))]),
);

const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  words(
    'of the a an and or in on at to for from with by is are my your his her our their this that who i you no not under over',
  ),
);
/** Before a number of any size, these make it the number of a part. */
const PART_WORDS: ReadonlySet<string> = new Set(
  words('part chapter volume vol episode film teil parte partie'),
);
const ROMAN: ReadonlySet<string> = new Set(words('ii iii iv v vi vii viii ix x xi xii xiii'));
const NUMBER_WORDS: ReadonlySet<string> = new Set(
  words('one two three four five six seven eight nine ten i deux final first second third'),
);
const AFTER_NUMBER: ReadonlySet<string> = new Set(['3d', '3dd', '2u', '4th', 'deux', 'xxl']);

/** What sequels, cuts and specials add to the name itself, longest first. */
const ENDINGS = byWord(
  -1,
  'the directors cut|directors cut|extended edition|extended cut|the final chapter|special edition|' +
    'holiday special|christmas special|the making of|the sequel|the beginning|strikes back|' +
    'strikes again|rides again|the third|the second|the movie|the film|the musical|world tour|' +
    'final cut|super bowl special|reloaded|revolutions|resurrections|resurrection|returns|begins|' +
    'rises|forever|reborn|revisited|redux|extended|presents|saga|trilogy|collection|live|movie',
);
/** What such films put before the name; two words of it must follow ("Return to Paradise" is no "Paradise"). */
const BEGINNINGS = byWord(
  0,
  'the making of|making of|behind the scenes of|return of|return to|revenge of|son of|bride of|' +
    'curse of|rise of|adventures of|new adventures of|legend of|another|beneath',
);
/** Between the name, of at least two words, and what happens this time. */
const CONNECTORS = byWord(0, 'and the|meet|meets|vs|versus|goes to');

/**
 * Before a colon these words are a label, a place or a theme and name nothing ("Love: …", "Mission: Impossible");
 * with an ending they are a title of their own ("Love Forever").
 */
const COMMON: ReadonlySet<string> = new Set(
  words(
    'love her it him me us they home up heat drive rush carol lost dark black white red blue green last night day life death ' +
      'mission paradise hidden american great house girl boy man woman king queen war world time moon sun star dream ' +
      'fear hope fire ice water blood heart soul mother father brother sister family money city island secret game ' +
      'angel devil god ghost hell heaven road run gone alone free happy sin battle untold marvel disney wwe ufc nova pbs bbc',
  ),
);
/** Labels of series that have nothing in common but who shows them. */
const LABELS: ReadonlySet<string> = new Set(
  'national theatre live|marvel one shot|dc showcase|american experience|30 for 30|nt live'.split('|'),
);

interface Pattern {
  readonly key: string;
  readonly rest: readonly string[];
  readonly kind: 'anywhere' | 'start' | 'whole';
  readonly year: number | null;
}

const PATTERNS = compile(FRANCHISES);

/** Patterns by their first word, so that a title costs one look-up per word. */
function compile(rows: readonly string[]): ReadonlyMap<string, readonly Pattern[]> {
  const patterns = new Map<string, Pattern[]>();
  for (const row of rows) {
    const colon = row.indexOf(': ');
    for (const source of row.slice(colon + 2).split(' | ')) {
      const [text, year] = source.replace(/^[=^]/, '').split('@');
      const [first, ...rest] = words(text!);
      const kind = source.startsWith('=') ? 'whole' : source.startsWith('^') ? 'start' : 'anywhere';
      const pattern = {
        key: `franchise ${row.slice(0, colon)}`,
        rest,
        kind,
        year: year ? Number(year) : null,
      } as const;
      const list = patterns.get(first!);
      if (list) list.push(pattern);
      else patterns.set(first!, [pattern]);
    }
  }
  return patterns;
}

/** Whether `part` stands in `all` from `at` on. */
function standsAt(all: readonly string[], at: number, part: readonly string[]): boolean {
  if (at < 0 || at + part.length > all.length) return false;
  for (let i = 0; i < part.length; i++) if (all[at + i] !== part[i]) return false;
  return true;
}

function addNamed(keys: Set<string>, title: readonly string[], year: number | null): void {
  for (let at = 0; at < title.length; at++) {
    for (const { key, rest, kind, year: only } of PATTERNS.get(title[at]!) ?? []) {
      if (kind !== 'anywhere' && at > 0) continue;
      if (kind === 'whole' && title.length !== rest.length + 1) continue;
      if (only !== null && (year === null || Math.abs(year - only) > 1)) continue;
      if (standsAt(title, at + 1, rest)) keys.add(key);
    }
  }
}

/** How many words at the end of the first `length` are a sequel's number. */
function numberAtEnd(title: readonly string[], length: number): number {
  const last = title[length - 1]!;
  const before = title[length - 2]!;
  if (
    PART_WORDS.has(before) &&
    length > 2 &&
    (NUMBER_WORDS.has(last) || ROMAN.has(last) || /^\d+$/.test(last))
  )
    return 2;
  // "Table for Two", "Class of 1984": part of what the title says.
  if (FUNCTION_WORDS.has(before)) return 0;
  if (last === 'x' && length === 2) return 0;
  if (ROMAN.has(last) || AFTER_NUMBER.has(last) || last === 'two') return 1;
  if (last === 'd' && before === '3' && length > 2) return 2;
  if (!/^(?:\d{1,2}|(?:19|20)\d\d)$/.test(last)) return 0;
  // "Super 8", "District 9", "Apollo 13": few series of one-word names come so far.
  const number = Number(last);
  return number > 1900 || number <= (length === 2 ? 7 : 13) ? 1 : 0;
}

/** The length of the title without sequel numbers and endings; at least one word stays. */
function nameLength(title: readonly string[]): number {
  let length = title.length;
  for (let round = 0; round < 4 && length > 1; round++) {
    const number = numberAtEnd(title, length);
    if (number > 0) {
      length -= number;
      continue;
    }
    const ending = ENDINGS.get(title[length - 1]!)?.find(
      (part) => part.length < length && standsAt(title, length - part.length, part),
    );
    if (!ending) break;
    const left = length - ending.length;
    // "Scary Movie" and "Love Forever" are names; "Batman Forever" and "Alien: The Movie" are not.
    if (left === 1 && (ending[0] === 'movie' || title[0]!.length < 2 || COMMON.has(title[0]!))) break;
    if (FUNCTION_WORDS.has(title[left - 1]!)) break;
    length = left;
  }
  return length;
}

/** "The Heat" is not "Heat", whereas "The Suicide Squad" is told from "Suicide Squad" by nobody. */
function nameKey(name: readonly string[], article: boolean): string {
  return article && name.length === 1 ? `the ${name[0]}` : name.join(' ');
}

function addTitle(keys: Set<string>, raw: string, film: Titled, articles: ReadonlySet<string>): void {
  const text = raw.slice(0, MAX_TITLE).replace(SUPERSCRIPTS, (digit) => (digit === '²' ? ' 2' : ' 3'));
  const folded = fold(text);
  if (folded === '') return;
  let title = words(folded).slice(0, MAX_WORDS);
  const article = title.length > 1 && articles.has(title[0]!);
  if (article) title = title.slice(1);
  keys.add(nameKey(title, article));
  addNamed(keys, title, film.year);

  const note = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
  const cut = text.search(SUBTITLE);
  const end = cut > 0 ? cut : note;
  let head = title;
  if (end > 0) {
    const before = words(fold(text.slice(0, end)));
    head = before.length > 1 && articles.has(before[0]!) ? before.slice(1) : before;
    if (head[0] === '') head = title;
  }
  const length = nameLength(head);
  const name = head.slice(0, length);
  const cutOff = head.length < title.length;
  if (
    length < head.length ||
    (cutOff && !(length === 1 && COMMON.has(name[0]!)) && !LABELS.has(head.join(' ')))
  ) {
    keys.add(nameKey(name, article));
    addNamed(keys, name, film.year);
  }
  if (!article)
    for (let at = 2; at < head.length - 1; at++)
      if (CONNECTORS.get(head[at]!)?.some((phrase) => standsAt(head, at, phrase)))
        keys.add(head.slice(0, at).join(' '));
  for (const beginning of BEGINNINGS.get(name[0]!) ?? []) {
    if (!standsAt(name, 0, beginning)) continue;
    const rest = name.slice(beginning.length);
    const itsArticle = rest.length > 1 && articles.has(rest[0]!);
    if (itsArticle) rest.shift();
    if (rest.length < 2 && !beginning.includes('making')) continue;
    keys.add(nameKey(rest, itsArticle));
    addNamed(keys, rest, film.year);
  }
  if (cutOff) addStory(keys, title, head.length);
  addPossessed(keys, text, articles);
  // TMDb marks sequels: then a longer title goes on from the shorter one that begins it.
  if (film.keywords.includes('sequel'))
    for (let at = 2; at < name.length; at++)
      if (!FUNCTION_WORDS.has(name[at - 1]!)) keys.add(name.slice(0, at).join(' '));
}

/** "Glass Onion: A Knives Out Mystery" tells where it belongs after the colon. */
function addStory(keys: Set<string>, title: readonly string[], from: number): void {
  const last = title[title.length - 1]!;
  if (title[from] !== 'a' || title.length - from < 4) return;
  if (last === 'story' || last === 'mystery' || last === 'movie' || last === 'adventure')
    keys.add(title.slice(from + 1, -1).join(' '));
}

/** "Zack Snyder's Justice League" is "Justice League"; the owner has two names, what is owned two words. */
function addPossessed(keys: Set<string>, text: string, articles: ReadonlySet<string>): void {
  const at = text.search(/['’]s /);
  if (at < 0) return;
  const owner = words(fold(text.slice(0, at)));
  if (owner.length < 2 || FUNCTION_WORDS.has(owner[0]!)) return;
  const owned = words(fold(text.slice(at + 3)));
  if (articles.has(owned[0]!)) owned.shift();
  if (owned.length > 1) keys.add(owned.join(' '));
}

/**
 * The names under which a film stands together with others: of its franchise, and of the film itself for cuts,
 * re-releases, making-ofs and remakes. Two films belong together exactly if they share a key. A title without a
 * letter or digit, and a film without a title, has none.
 */
export function franchiseKeys(film: Titled): readonly string[] {
  const keys = new Set<string>();
  addTitle(keys, film.title, film, ENGLISH_ARTICLES);
  if (film.originalTitle !== film.title)
    addTitle(keys, film.originalTitle, film, ARTICLES.get(film.language) ?? ENGLISH_ARTICLES);
  return [...keys];
}

/** Whether two films are of one franchise, or nearly the same film. */
export function sameFranchise(a: Titled, b: Titled): boolean {
  const keys = franchiseKeys(b);
  return franchiseKeys(a).some((key) => keys.includes(key));
}

/** Lets one film of each franchise through: the first that comes. */
export class FranchiseFilter {
  readonly #seen = new Set<string>();

  /**
   * False, and nothing is remembered, when a film of the same franchise or a near-duplicate was admitted before.
   * @param keys of the film, from `franchiseKeys`
   */
  admits(keys: readonly string[]): boolean {
    if (keys.some((key) => this.#seen.has(key))) return false;
    for (const key of keys) this.#seen.add(key);
    return true;
  }
}

/** The house rules of the starter's overviews, and how near each comes to a text that somebody else wrote. */

export interface Titled {
  readonly title: string;
  readonly overview: string;
}

export const RULES = {
  words: [20, 45],
  /** Words of an opening that no two overviews may share. */
  opening: 3,
  /** A run of words this long in two overviews is a phrase repeated. */
  sharedRun: 6,
  /** A run this long in another's text is a phrase taken over. */
  takenRun: 8,
  /** Part of the shorter text's three-word shingles that another text may hold; more is a paraphrase. */
  containment: 0.5,
  /** Texts with fewer shingles are too short to tell chance from copying; only equality counts for them. */
  fewestShingles: 6,
} as const;

/** How the line begins that a film has whose overview nobody here has written yet (`starter-build`). */
const LINE = /^A film(?: that is|, telling of|, in the world of) /;

/** Whether somebody here wrote it: a line from the film's terms is no text to compare. */
export const isWritten = ({ overview }: Pick<Titled, 'overview'>): boolean => !LINE.test(overview);

/** Words as a reader counts them. */
export const countWords = (text: string) => text.trim().split(/\s+/).length;

/** Words in lower case, without punctuation; an apostrophe stays inside its word, of whichever shape. */
export function tokens(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) ?? []
  );
}

/** One sentence for each rule that an overview breaks. */
export function brokenRules(films: readonly Titled[]): string[] {
  const broken: string[] = [];
  const openings = new Map<string, string>();
  const runs = new Map<string, string>();
  for (const { title, overview } of films) {
    const count = countWords(overview);
    if (count < RULES.words[0] || count > RULES.words[1]) broken.push(`${title}: ${count} words`);
    const words = tokens(overview);
    const opening = words.slice(0, RULES.opening).join(' ');
    const earlier = openings.get(opening);
    if (earlier !== undefined) broken.push(`${title} opens like ${earlier}: "${opening}"`);
    else openings.set(opening, title);
    for (const run of shingles(words, RULES.sharedRun)) {
      const owner = runs.get(run);
      if (owner !== undefined && owner !== title) broken.push(`${title} shares "${run}" with ${owner}`);
      else runs.set(run, title);
    }
  }
  return broken;
}

const shingles = (words: readonly string[], size: number): string[] =>
  words.slice(0, Math.max(0, words.length - size + 1)).map((_, i) => words.slice(i, i + size).join(' '));

/** What a foreign text has in common with one of ours. */
export interface Likeness {
  readonly title: string;
  readonly kind: 'equal' | 'run' | 'containment';
}

/**
 * Finds texts that are equal or nearly equal to one of ours among very many. Words of ours become numbers and a
 * three-word shingle one number, so that a foreign text costs one look-up a word: most share nothing at all.
 */
export class LikenessIndex {
  readonly #films: readonly { title: string; words: number; shingles: number; whole: string }[];
  readonly #words = new Map<string, number>();
  /** Shingle → films that hold it. */
  readonly #owners = new Map<number, Set<number>>();
  readonly #runs = new Map<string, number>();
  readonly #base: number;

  constructor(films: readonly Titled[]) {
    const texts = films.map((film) => tokens(film.overview));
    for (const words of texts)
      for (const word of words) if (!this.#words.has(word)) this.#words.set(word, this.#words.size + 1);
    this.#base = this.#words.size + 1;
    this.#films = films.map(({ title }, film) => {
      const words = texts[film]!;
      const keys = this.#keys(words);
      for (const key of keys.distinct) {
        const owners = this.#owners.get(key);
        if (owners) owners.add(film);
        else this.#owners.set(key, new Set([film]));
      }
      for (const run of shingles(words, RULES.takenRun)) this.#runs.set(run, film);
      return { title, words: words.length, shingles: keys.distinct.size, whole: words.join(' ') };
    });
  }

  /** The first of our texts that this one comes too near to, or null. */
  find(text: string): Likeness | null {
    const words = tokens(text);
    const { list, distinct } = this.#keys(words);
    const common = new Map<number, number>();
    for (const key of distinct)
      for (const film of this.#owners.get(key) ?? []) common.set(film, (common.get(film) ?? 0) + 1);
    if (common.size === 0) return null;
    for (const [film, shared] of common) {
      const { title, words: count, shingles: ours, whole } = this.#films[film]!;
      if (count === words.length && whole === words.join(' ')) return { title, kind: 'equal' };
      const shorter = Math.min(ours, words.length - 2);
      if (shorter >= RULES.fewestShingles && shared / shorter >= RULES.containment)
        return { title, kind: 'containment' };
    }
    return this.#takenRun(words, list);
  }

  /** A run of eight words is six known shingles in a row; only then is the run itself looked up. */
  #takenRun(words: readonly string[], list: readonly (number | null)[]): Likeness | null {
    let known = 0;
    for (const [end, key] of list.entries()) {
      known = key !== null && this.#owners.has(key) ? known + 1 : 0;
      if (known < RULES.takenRun - 2) continue;
      const film = this.#runs.get(words.slice(end + 3 - RULES.takenRun, end + 3).join(' '));
      if (film !== undefined) return { title: this.#films[film]!.title, kind: 'run' };
    }
    return null;
  }

  /** A number for each three-word shingle of words of ours; null where a word is none of ours. */
  #keys(words: readonly string[]): { list: (number | null)[]; distinct: Set<number> } {
    const numbers = words.map((word) => this.#words.get(word) ?? 0);
    const list: (number | null)[] = [];
    const distinct = new Set<number>();
    for (let i = 0; i + 2 < numbers.length; i++) {
      const [a, b, c] = [numbers[i]!, numbers[i + 1]!, numbers[i + 2]!];
      const key = a && b && c ? (a * this.#base + b) * this.#base + c : null;
      list.push(key);
      if (key !== null) distinct.add(key);
    }
    return { list, distinct };
  }
}

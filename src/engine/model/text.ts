/** Text as a fitted text space sees it: words → weighted terms → a short dense vector. */
import { normalise } from './numbers.ts';

/** English words too common to say anything of a film. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about after again against all also am an and any are as at be because been before being between both but by can
  could did do does doing down during each few for from further get gets had has have having he her here hers herself
  him himself his how i if in into is it its itself just me more most my myself no nor not now of off on once one only
  or other our ours out over own same she should so some such than that the their theirs them themselves then there
  these they this those through to too two under until up upon us very was we were what when where which while who whom
  why will with would you your yours yourself film movie story`.split(/\s+/),
);

/** Most texts: they need no Unicode tables, which take most of the time otherwise. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ASCII = /^[\u0000-\u007f]*$/;

/** Lower-case words of two or more letters, without accents and stop words, in order of appearance. */
export function tokenise(text: string): string[] {
  const words = ASCII.test(text)
    ? text.toLowerCase().match(/[a-z0-9]{2,}/g)
    : text
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase()
        .match(/[\p{L}\p{N}]{2,}/gu);
  if (!words) return [];
  // In place: an answer reads five films, and each array less is one less to collect.
  let kept = 0;
  for (const word of words) if (!STOP_WORDS.has(word)) words[kept++] = word;
  words.length = kept;
  return words;
}

/** The parts of a film that its text vector reads. */
export interface FilmText {
  readonly title: string;
  readonly overview: string;
  readonly tagline: string;
  readonly keywords: readonly string[];
}

/** Every term of a film: words of title, overview and tagline, words of keywords, and whole keywords as one term. */
export function filmTerms(film: FilmText): string[] {
  const terms = tokenise(`${film.title} ${film.overview} ${film.tagline}`);
  for (const keyword of film.keywords) {
    const words = tokenise(keyword);
    terms.push(...words);
    if (words.length > 1) terms.push(words.join('_'));
  }
  return terms;
}

/** A fitted text space: a vocabulary with inverse document frequencies and one dense row per term. */
export interface TextSpace {
  /** Terms in row order. */
  readonly terms: readonly string[];
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly idf: ArrayLike<number>;
  /** terms × dims, row-major, in units of `rowScale`. */
  readonly rows: Int8Array;
  readonly rowScale: ArrayLike<number>;
  /** Dimensions of each block: latent semantic analysis first, averaged word vectors behind it. */
  readonly blocks: readonly number[];
}

/** Sublinear TF-IDF, the usual weighting of latent semantic analysis. */
export function termWeight(count: number, idf: number): number {
  return (1 + Math.log(count)) * idf;
}

/**
 * Sublinear TF-IDF weights of the known terms of a text, at unit length: term index → weight.
 */
export function weighTerms(
  terms: readonly string[],
  vocabulary: ReadonlyMap<string, number>,
  idf: ArrayLike<number>,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const term of terms) {
    const index = vocabulary.get(term);
    if (index !== undefined) counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  let squares = 0;
  for (const [index, count] of counts) {
    const weight = termWeight(count, idf[index]!);
    counts.set(index, weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares);
  if (length > 0) for (const [index, weight] of counts) counts.set(index, weight / length);
  return counts;
}

/**
 * What a song's names mean: the averaged word vectors of title and, half as much, album, at unit length; zeros where
 * no word is known. It is the last block of the space.
 */
export function namesVector(
  song: { readonly title: string; readonly album: string },
  space: TextSpace,
): Float64Array {
  const width = space.blocks.at(-1) ?? 0;
  const out = new Float64Array(width);
  if (width === 0) return out;
  const dims = space.blocks.reduce((sum, block) => sum + block, 0);
  const add = (text: string, share: number) => {
    for (const word of new Set(tokenise(text))) {
      const term = space.vocabulary.get(word);
      if (term === undefined) continue;
      const weight = share * space.idf[term]! * space.rowScale[term]!;
      const offset = term * dims + dims - width;
      for (let d = 0; d < width; d++) out[d]! += weight * space.rows[offset + d]!;
    }
  };
  add(song.title, 1);
  add(song.album, 0.5);
  return normalise(out);
}

/** A film's text in the space: each block of unit length, or zeros where no term is known. */
export function textVector(film: FilmText, space: TextSpace): Float64Array {
  const dims = space.blocks.reduce((sum, block) => sum + block, 0);
  const out = new Float64Array(dims);
  if (dims === 0) return out;
  for (const [term, weight] of weighTerms(filmTerms(film), space.vocabulary, space.idf)) {
    const scale = weight * space.rowScale[term]!;
    const offset = term * dims;
    for (let d = 0; d < dims; d++) out[d]! += scale * space.rows[offset + d]!;
  }
  let from = 0;
  for (const block of space.blocks) {
    normalise(out.subarray(from, from + block));
    from += block;
  }
  return out;
}

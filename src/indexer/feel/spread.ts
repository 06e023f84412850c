/** How different described works are from one another: copies and averages are no judgements. */
import { weightsOf } from './second-pass.ts';
import type { Line } from './tsv.ts';

/** Smaller groups have no mean worth comparing with. */
const LEAST_GROUP = 20;
/** Closest pairs that a report lists. */
const CLOSEST = 10;
/** Points of a distribution that a report shows. */
const POINTS = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 1] as const;

/** A distribution: the values at `minimum, 1 %, 5 %, 25 %, median, 75 %, maximum`. */
export type Quantiles = readonly number[];

export interface Near {
  /** Lines of the table. */
  readonly lines: readonly [number, number];
  readonly names: readonly [string, string];
  /** Cosine distance of their weights, 0…1. */
  readonly distance: number;
}

export interface Spread {
  readonly works: number;
  /** Works by confidence: guesses, known a little, known well. */
  readonly confidence: readonly [number, number, number];
  /** Works of which another has the same feelings and worlds, all with the same weights. */
  readonly copies: readonly (readonly number[])[];
  /** Share of works that stand in such groups. */
  readonly copiedShare: number;
  /** Cosine distance of each work to its nearest other. */
  readonly nearest: Quantiles;
  readonly closest: readonly Near[];
  /** Cosine distance of each work to the mean of its genre. */
  readonly toGenreMean: Quantiles;
  /** Feelings of each work. */
  readonly terms: Quantiles;
  /** Entropy of each work's weights over its feelings and worlds, in bits. */
  readonly entropy: Quantiles;
  /** Entropy of the table's use of all feelings and worlds, in bits; `log2` of their number at most. */
  readonly useEntropy: number;
}

export function quantiles(values: ArrayLike<number>): Quantiles {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return [];
  return POINTS.map((point) => rounded(sorted[Math.round(point * (sorted.length - 1))]!));
}

/** To four decimals: more is noise of the sums. */
const rounded = (value: number) => Number(value.toFixed(4));

/** Shannon entropy of weights, in bits. */
export function entropy(weights: Iterable<number>): number {
  const positive = [...weights].filter((weight) => weight > 0);
  const total = positive.reduce((sum, weight) => sum + weight, 0);
  return positive.reduce((sum, weight) => sum - (weight / total) * Math.log2(weight / total), 0);
}

type Entry = readonly [term: number, weight: number];

/** Who carries a term, in order, and how much of it. */
interface Carriers {
  readonly works: Uint32Array;
  readonly weights: Float64Array;
}

/** Unit vectors, and who carries each term. */
class Vectors {
  readonly rows: readonly (readonly Entry[])[];
  readonly #carriers: readonly Carriers[];

  constructor(works: readonly ReadonlyMap<string, number>[], names: readonly string[]) {
    const place = new Map(names.map((name, i) => [name, i]));
    this.rows = works.map((weights) => {
      const length = Math.hypot(...weights.values());
      return [...weights].map(([name, weight]): Entry => [place.get(name)!, weight / length]);
    });
    const carriers: Entry[][] = names.map(() => []);
    for (const [work, row] of this.rows.entries())
      for (const [term, weight] of row) carriers[term]!.push([work, weight]);
    this.#carriers = carriers.map((of) => ({
      works: Uint32Array.from(of, ([work]) => work),
      weights: Float64Array.from(of, ([, weight]) => weight),
    }));
  }

  /** The nearest other of every work, the first of equals, and how far it is. */
  nearest(): { other: Int32Array; distance: Float64Array } {
    const count = this.rows.length;
    const other = new Int32Array(count).fill(-1);
    const nearness = new Float64Array(count).fill(-1);
    const products = new Float64Array(count);
    // Each pair once: carriers up to the work in hand have had their turn.
    const passed = new Uint32Array(this.#carriers.length);
    for (let work = 0; work < count; work++) {
      products.fill(0, work + 1);
      for (const [term, weight] of this.rows[work]!) {
        const { works, weights } = this.#carriers[term]!;
        passed[term]! += 1;
        for (let at = passed[term]!; at < works.length; at++) products[works[at]!]! += weight * weights[at]!;
      }
      for (let one = work + 1; one < count; one++) {
        const product = products[one]!;
        if (product > nearness[work]!) {
          nearness[work] = product;
          other[work] = one;
        }
        if (product > nearness[one]!) {
          nearness[one] = product;
          other[one] = work;
        }
      }
    }
    const distance = nearness.map((product, i) => (other[i]! < 0 ? 1 : Math.max(0, 1 - product)));
    return { other, distance };
  }

  /** Cosine distance of each given work to their mean. */
  toMean(works: readonly number[]): number[] {
    const mean = new Map<number, number>();
    for (const work of works)
      for (const [term, weight] of this.rows[work]!) mean.set(term, (mean.get(term) ?? 0) + weight);
    const length = Math.hypot(...mean.values());
    return works.map(
      (work) =>
        1 - this.rows[work]!.reduce((sum, [term, weight]) => sum + weight * mean.get(term)!, 0) / length,
    );
  }
}

/** Line numbers of works that are described alike to the last weight. */
function copiesAmong(lines: readonly Line[], works: readonly ReadonlyMap<string, number>[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [i, weights] of works.entries()) {
    const key = [...weights]
      .map(([name, weight]) => `${name}:${weight}`)
      .sort()
      .join();
    groups.set(key, [...(groups.get(key) ?? []), lines[i]!.number]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * Measures one table.
 *
 * @param lines its lines
 * @param names the vocabulary: feelings, then worlds
 * @param feelings how many of the names are feelings
 * @param nameOf what a reader calls the work
 * @param genreOf the group to whose mean a work is compared; undefined for none
 */
export function measureSpread(
  lines: readonly Line[],
  names: readonly string[],
  feelings: number,
  nameOf: (line: Line) => string,
  genreOf: (line: Line) => string | undefined,
): Spread {
  const works = lines.map(weightsOf);
  const vectors = new Vectors(works, names);
  const { other, distance } = vectors.nearest();
  const copies = copiesAmong(lines, works);
  const groups = new Map<string, number[]>();
  for (const [i, line] of lines.entries()) {
    const genre = genreOf(line);
    if (genre !== undefined) groups.set(genre, [...(groups.get(genre) ?? []), i]);
  }
  const large = [...groups.values()].filter((group) => group.length >= LEAST_GROUP);
  const closest = [...distance.keys()]
    .filter((i) => other[i]! >= 0 && (i < other[i]! || other[other[i]!] !== i))
    .sort((a, b) => distance[a]! - distance[b]! || a - b)
    .slice(0, CLOSEST)
    .map((i): Near => {
      const [a, b] = [lines[i]!, lines[other[i]!]!];
      return { lines: [a.number, b.number], names: [nameOf(a), nameOf(b)], distance: rounded(distance[i]!) };
    });
  const uses = new Map<string, number>();
  for (const weights of works) for (const name of weights.keys()) uses.set(name, (uses.get(name) ?? 0) + 1);
  const known = (level: number) => lines.filter(({ values }) => values.confidence === String(level)).length;
  const isFeeling = new Set(names.slice(0, feelings));
  return {
    works: lines.length,
    confidence: [known(1), known(2), known(3)],
    copies,
    copiedShare: rounded(copies.flat().length / Math.max(1, lines.length)),
    nearest: quantiles(distance),
    closest,
    toGenreMean: quantiles(large.flatMap((group) => vectors.toMean(group))),
    terms: quantiles(
      works.map((weights) => [...weights.keys()].filter((name) => isFeeling.has(name)).length),
    ),
    entropy: quantiles(works.map((weights) => entropy(weights.values()))),
    useEntropy: rounded(entropy(uses.values())),
  };
}

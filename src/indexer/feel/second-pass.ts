/** What two passes over the same works agree about, term by term. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { krippendorffAlpha } from './agreement.ts';
import { FEEL_TABLES } from './data.ts';
import { type Line, readTsv } from './tsv.ts';

/** Fewer works on which a pass names a term say nothing about it. */
export const LEAST_USES = 10;

export interface TermAgreement {
  readonly term: string;
  /** Works described twice on which at least one pass names the term. */
  readonly uses: number;
  /** Krippendorff's alpha over weights 0…3, interval; null under `LEAST_USES`. */
  readonly alpha: number | null;
}

export type DescribedKind = 'song' | 'artist' | 'film';

/** The table of each kind, and the column that its second pass names it by. */
export const DESCRIBED_TABLES = {
  song: { file: 'songs.tsv', key: 'id' },
  artist: { file: 'artists.tsv', key: 'artist' },
  film: { file: 'films.tsv', key: 'tmdb_id' },
} as const;

/** "tender:3,wry:1" of both columns as name → weight. */
export function weightsOf({ values }: Line): Map<string, number> {
  const parts = [values.terms!, values.worlds!].filter((cell) => cell !== '').flatMap((c) => c.split(','));
  return new Map(
    parts.map((part) => {
      const [name = '', weight] = part.split(':');
      return [name, Number(weight)];
    }),
  );
}

/** Weights of the same work by both passes. */
export type TwicePassed = readonly [ReadonlyMap<string, number>, ReadonlyMap<string, number>];

/**
 * Agreement of every feeling and world.
 *
 * @param pairs works that both passes describe
 * @param names the vocabulary
 */
export function agreementByTerm(pairs: readonly TwicePassed[], names: readonly string[]): TermAgreement[] {
  return names.map((term) => {
    const units = pairs.map((pair) => pair.map((weights) => weights.get(term) ?? 0));
    const uses = units.filter((unit) => unit.some((weight) => weight > 0)).length;
    return { term, uses, alpha: uses < LEAST_USES ? null : krippendorffAlpha(units, 'interval') };
  });
}

/**
 * Writes each term's alpha into the reliability column of `terms.tsv`: two decimals, empty under `LEAST_USES`.
 * @throws UserError when the table is malformed
 */
export async function writeReliability(dir: string, agreement: readonly TermAgreement[]): Promise<void> {
  const columns = FEEL_TABLES['terms.tsv'];
  const alphas = new Map(agreement.map(({ term, alpha }) => [term, alpha]));
  const lines = await readTsv(dir, 'terms.tsv', columns);
  const rows = lines.map(({ values }) => {
    const alpha = alphas.get(values.term!) ?? null;
    const reliability = alpha === null ? '' : alpha.toFixed(2);
    return columns.map((column) => (column === 'reliability' ? reliability : values[column]!));
  });
  const text = [columns, ...rows].map((row) => `${row.join('\t')}\n`).join('');
  await writeFile(path.join(dir, 'terms.tsv'), text);
}

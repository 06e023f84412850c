/**
 * Films in one streaming pass: what is counted of every row as published, and the cleaned films handed on one
 * by one. Memory is bounded by the number of different ids, labels and keywords, not by the rows' text.
 */
import { listCell, numberCell, textCell } from '../../indexer/cells.ts';
import { type CleanFilm, FILM_COLUMNS, FilmCleaner, type FilmFunnel } from '../../indexer/clean-films.ts';
import { readTable, type TableRow } from '../../indexer/tables.ts';
import { ContingencyTable } from '../stats/contingency.ts';
import { CorrelationTally } from '../stats/correlation.ts';
import { MATURE_THEMES, type MatureTheme, themesOf } from './mature.ts';

/** Columns in which 0 stands for "not known". */
const ZERO_IS_UNKNOWN: ReadonlySet<string> = new Set([
  'revenue',
  'budget',
  'runtime',
  'vote_count',
  'vote_average',
]);

/** Numeric columns of the correlation matrix, as the data set names them. */
export const FILM_NUMBERS = [
  'revenue',
  'budget',
  'vote_count',
  'vote_average',
  'popularity',
  'runtime',
] as const;

/** The categorical columns that the paper compares. */
export const CATEGORIES = ['genres', 'production_countries', 'spoken_languages'] as const;

export interface ColumnGaps {
  readonly column: string;
  empty: number;
  /** Zeros in a column where 0 stands for "not known". */
  zero: number;
}

/** Counts over one set of films' keywords. */
export interface KeywordCounts {
  films: number;
  withKeywords: number;
  /** Films with at least one mature keyword of any theme. */
  mature: number;
  readonly themes: Record<MatureTheme, number>;
  readonly keywords: Map<string, number>;
}

const emptyKeywordCounts = (): KeywordCounts => ({
  films: 0,
  withKeywords: 0,
  mature: 0,
  themes: Object.fromEntries(MATURE_THEMES.map((theme) => [theme, 0])) as Record<MatureTheme, number>,
  keywords: new Map(),
});

/** One pair of categorical columns, read in two ways. */
export interface CategoryPair {
  readonly a: string;
  readonly b: string;
  /** Whole cells as categories, as the paper read them ("unparsed"). */
  readonly cells: ContingencyTable;
  /** Only the first label of each cell. */
  readonly leading: ContingencyTable;
}

export class FilmGather {
  readonly gaps: ColumnGaps[] = [];
  readonly correlations = {
    /** Every row as published, zeros taken as figures: the paper's way. */
    published: new CorrelationTally(FILM_NUMBERS),
    /** Cleaned films, zeros taken as figures. */
    cleaned: new CorrelationTally(FILM_NUMBERS),
    /** Cleaned films, zeros taken as not known. */
    known: new CorrelationTally(FILM_NUMBERS),
  };
  readonly categories: readonly CategoryPair[] = CATEGORIES.flatMap((a, i) =>
    CATEGORIES.slice(i + 1).map((b) => ({
      a,
      b,
      cells: new ContingencyTable(),
      leading: new ContingencyTable(),
    })),
  );
  /** Keywords of every row as published, adult films included. */
  readonly published = emptyKeywordCounts();
  /** Keywords of the cleaned films. */
  readonly cleaned = emptyKeywordCounts();
  /** Films by genre after cleaning. */
  readonly genres = new Map<string, number>();
  readonly #cleaner = new FilmCleaner();

  get funnel(): FilmFunnel {
    return this.#cleaner.funnel;
  }

  /** Counts one row; returns the film where the cleaning keeps it. */
  add(row: TableRow): CleanFilm | null {
    this.#countGaps(row.values);
    const numbers = FILM_NUMBERS.map((name) => numberCell(row.values[name]));
    this.correlations.published.add(numbers);
    countKeywords(this.published, listCell(textCell(row.values.keywords), ','));
    const film = this.#cleaner.clean(row);
    if (!film) return null;
    this.correlations.cleaned.add(numbers);
    this.correlations.known.add(
      numbers.map((value, i) => (value === 0 && ZERO_IS_UNKNOWN.has(FILM_NUMBERS[i]!) ? null : value)),
    );
    this.#countCategories(row.values);
    countKeywords(this.cleaned, film.keywords);
    for (const genre of film.genres) this.genres.set(genre, (this.genres.get(genre) ?? 0) + 1);
    return film;
  }

  #countGaps(values: TableRow['values']): void {
    const columns = Object.keys(values);
    if (this.gaps.length === 0) {
      for (const column of columns) if (column !== '') this.gaps.push({ column, empty: 0, zero: 0 });
    }
    for (const gap of this.gaps) {
      const text = values[gap.column]?.trim() ?? '';
      if (text === '') gap.empty++;
      else if (ZERO_IS_UNKNOWN.has(gap.column) && numberCell(text) === 0) gap.zero++;
    }
  }

  #countCategories(values: TableRow['values']): void {
    for (const { a, b, cells, leading } of this.categories) {
      const left = textCell(values[a]);
      const right = textCell(values[b]);
      if (left === '' || right === '') continue;
      cells.add(left, right);
      leading.add(left.split(',')[0]!, right.split(',')[0]!);
    }
  }
}

function countKeywords(counts: KeywordCounts, keywords: readonly string[]): void {
  counts.films++;
  if (keywords.length === 0) return;
  counts.withKeywords++;
  const themes = new Set<MatureTheme>();
  for (const keyword of keywords) {
    counts.keywords.set(keyword, (counts.keywords.get(keyword) ?? 0) + 1);
    for (const theme of themesOf(keyword)) themes.add(theme);
  }
  if (themes.size > 0) counts.mature++;
  for (const theme of themes) counts.themes[theme]++;
}

/** Streams a film file through `gather` and yields the cleaned films. */
export async function* streamFilms(file: string, gather: FilmGather): AsyncGenerator<CleanFilm> {
  for await (const row of readTable(file, FILM_COLUMNS)) {
    const film = gather.add(row);
    if (film) yield film;
  }
}

/** TMDb rows → films: the paper's cleaning, rule by rule, and what real data needs besides. */
import { createHash } from 'node:crypto';
import type { Film } from '../engine/types.ts';
import { booleanCell, isBroken, listCell, numberCell, textCell } from './cells.ts';
import { languageCode } from './forms/labels.ts';
import type { KnownFilm, KnownFilms } from './incremental.ts';
import type { Cleaned } from './plausibility.ts';
import { Removals } from './removals.ts';
import { textSentiment } from './sentiment.ts';
import type { TableRow } from './tables.ts';
import { isUnfit } from './unfit.ts';

/** Columns without which a file is not a table of films. */
export const FILM_COLUMNS = [
  'id',
  'title',
  'overview',
  'poster_path',
  'popularity',
  'genres',
  'status',
  'vote_average',
  'vote_count',
] as const; // prettier-ignore

/** A film with the working number that the mood channel needs but no answer shows. */
export interface CleanFilm extends Film {
  /** 0…1 */
  readonly negativity: number;
  /** Dollars, 0 where unknown: kept for the paper's method only. */
  readonly revenue: number;
}

/** Why rows left, in the order of the rules, and what was mended in rows that stayed. */
export interface FilmFunnel {
  rows: number;
  malformed: number;
  duplicates: number;
  missingValues: number;
  /** Of another status, or dated in the future. */
  notReleased: number;
  /** Marked as adult, or with a mark that can't be read. */
  adult: number;
  kept: number;
  readonly mended: { year: number; runtime: number; text: number; votes: number };
  unfit: number;
}

export function emptyFilmFunnel(): FilmFunnel {
  return {
    rows: 0,
    malformed: 0,
    duplicates: 0,
    missingValues: 0,
    notReleased: 0,
    adult: 0,
    kept: 0,
    mended: { year: 0, runtime: 0, text: 0, votes: 0 },
    unfit: 0,
  };
}

/** The first film was shot in 1874; nothing is released after the last year of our century. */
const YEARS = [1874, 2100] as const;
/** Minutes; beyond ten hours a runtime is a mistake or a marathon nobody means. */
const LONGEST_RUNTIME = 600;

/** The column of votes holds no more; the best known film has under 50,000. */
const MOST_VOTES = 0xffffffff;

/** The code of the only language spoken: what stands in for a blank original language. */
function onlyLanguage(spoken: readonly string[]): string {
  return spoken.length === 1 ? languageCode(spoken[0]!) : '';
}

/** What a film must have; a column that the table lacks altogether is not asked for. */
const REQUIRED = ['title', 'overview', 'poster_path', 'popularity', 'genres'] as const;

export type Reject = (line: number, reason: string) => void;

/**
 * A cleaner that remembers which films it has seen. Feed it rows in file order.
 * Rules in the paper's order: duplicates; missing title, overview, poster, popularity or genres; status other
 * than "Released", or a date in the future; adult.
 */
export class FilmCleaner {
  readonly funnel: FilmFunnel = emptyFilmFunnel();
  /** Film id → hash of its row: the same id twice is one film, and the first sound row stands. */
  readonly #seen = new Set<number>();
  readonly #rows = new Set<string>();
  readonly #reject: Reject;
  readonly #earlier: KnownFilms | null;
  /** ISO day behind which a film is not released yet. */
  readonly #today: string;
  /** Why rows left, with examples. */
  readonly removals = new Removals();
  #years = 0;
  #votes = 0;
  /** First eight bytes of the hash of the row that was cleaned last. */
  rowHash = 0n;
  /** What an earlier build found out about that row. */
  known: KnownFilm | null = null;

  /**
   * @param earlier films of an earlier build, whose sentiment is taken where their row is the same
   * @param today the day on which the table is read
   */
  constructor(reject: Reject = () => {}, earlier: KnownFilms | null = null, today = new Date()) {
    this.#reject = reject;
    this.#earlier = earlier;
    this.#today = today.toISOString().slice(0, 10);
  }

  /** What the cleaning left, for the gate. */
  get cleaned(): Cleaned {
    return {
      kept: this.funnel.kept,
      removals: this.removals.list,
      years: this.#years,
      votes: this.#votes,
    };
  }

  /** A cleaner that has seen nothing yet and reports nothing, but knows the same earlier build. */
  another(): FilmCleaner {
    return new FilmCleaner(() => {}, this.#earlier, new Date(this.#today));
  }

  /** The row as a film, or null where a rule removes it. */
  clean(row: TableRow): CleanFilm | null {
    const { funnel } = this;
    const { values } = row;
    funnel.rows++;
    const id = numberCell(values.id);
    if (row.fault || id === null || !Number.isInteger(id) || id <= 0 || id > 0x7fffffff) {
      const reason =
        row.fault ?? `the id "${textCell(values.id).slice(0, 40)}" is not a positive whole number`;
      if (row.fault) this.removals.add('the cells do not fit the header', null, row.fault);
      else this.removals.add('the id is no number of TMDB', 'id', values.id ?? '');
      return this.#malformed(row.line, reason);
    }
    const digest = createHash('md5').update(Object.values(values).join('\u0001')).digest();
    const hash = digest.toString('base64');
    if (this.#rows.has(hash) || this.#seen.has(id)) {
      funnel.duplicates++;
      this.removals.add('the film stood there before', 'id', String(id));
      return null;
    }
    this.#rows.add(hash);
    const missing = REQUIRED.find((column) => isMissing(column, values[column]));
    if (missing) {
      funnel.missingValues++;
      this.removals.add(`the ${missing} is missing`, missing, values[missing] ?? '');
      return null;
    }
    if (values.status !== undefined && values.status.trim() !== 'Released') {
      funnel.notReleased++;
      this.removals.add('the status is not "Released"', 'status', values.status);
      return null;
    }
    const date = this.#releaseDate(values.release_date);
    const year = date?.slice(0, 4) ?? this.#year(values.year);
    if ((date !== null && date > this.#today) || (year !== null && year > this.#today.slice(0, 4))) {
      funnel.notReleased++;
      this.removals.add('the release lies in the future', 'release_date', date ?? year ?? '');
      return null;
    }
    // A mark that can't be read may be one for "adult".
    if ((values.adult?.trim() ?? '') !== '' && booleanCell(values.adult) !== false) {
      funnel.adult++;
      this.removals.add('the film counts as adult', 'adult', values.adult!);
      return null;
    }
    const votes = numberCell(values.vote_count);
    const rating = numberCell(values.vote_average);
    if (
      (votes !== null && (votes < 0 || votes > MOST_VOTES)) ||
      (rating !== null && (rating < 0 || rating > 10))
    ) {
      this.removals.add(
        'votes or rating are out of range',
        'vote_average',
        `${values.vote_average} of ${values.vote_count}`,
      );
      return this.#malformed(
        row.line,
        `votes ${values.vote_count} or rating ${values.vote_average} out of range`,
      );
    }
    this.#seen.add(id);
    funnel.kept++;
    this.rowHash = digest.readBigUInt64LE();
    this.known = this.#earlier?.find(id, this.rowHash) ?? null;
    return this.#film(id, values, votes, rating, date, year);
  }

  #malformed(line: number, reason: string): null {
    this.funnel.malformed++;
    this.#reject(line, reason);
    return null;
  }

  #film(
    id: number,
    values: TableRow['values'],
    votes: number | null,
    rating: number | null,
    releaseDate: string | null,
    year: string | null,
  ): CleanFilm {
    const { mended } = this.funnel;
    if (releaseDate === null && (values.release_date?.trim() ?? '') !== '') mended.year++;
    if (year !== null) this.#years++;
    if (votes !== null && votes > 0) this.#votes++;
    const runtime = this.#runtime(values.runtime);
    if (votes === null || rating === null) mended.votes++;
    if (['title', 'original_title', 'overview', 'tagline', 'keywords'].some((c) => isBroken(values[c])))
      mended.text++;
    const title = textCell(values.title);
    const overview = textCell(values.overview);
    const film = {
      id,
      imdbId: /^tt\d{5,12}$/.test(values.imdb_id?.trim() ?? '') ? values.imdb_id!.trim() : null,
      title,
      originalTitle: textCell(values.original_title) || title,
      language:
        textCell(values.original_language).toLowerCase() ||
        onlyLanguage(listCell(textCell(values.spoken_languages), ',')) ||
        'xx',
      releaseDate,
      year: year === null ? null : Number(year),
      genres: listCell(textCell(values.genres), ','),
      runtime,
      rating: rating ?? 0,
      votes: Math.round(votes ?? 0),
      popularity: numberCell(values.popularity) ?? 0,
      countries: listCell(textCell(values.production_countries), ','),
      spokenLanguages: listCell(textCell(values.spoken_languages), ','),
      keywords: listCell(textCell(values.keywords), ','),
      tagline: textCell(values.tagline),
      overview,
      poster: textCell(values.poster_path),
      revenue: Math.max(0, numberCell(values.revenue) ?? 0),
    };
    const unfit = isUnfit(film);
    if (unfit) this.funnel.unfit++;
    const { sentiment, negativity } = this.known ?? textSentiment(overview);
    return { ...film, sentiment, negativity, unfit };
  }

  #releaseDate(cell: string | undefined): string | null {
    const text = cell?.trim() ?? '';
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && this.#year(text.slice(0, 4)) !== null && isDay(text)
      ? text
      : null;
  }

  /** A year in which films are made. */
  #year(cell: string | undefined): string | null {
    const year = /^\d{4}$/.exec(cell ?? '')?.[0];
    return year && Number(year) >= YEARS[0] && Number(year) <= YEARS[1] ? year : null;
  }

  #runtime(cell: string | undefined): number | null {
    const minutes = numberCell(cell);
    if (minutes === null) return null;
    if (minutes > 0 && minutes <= LONGEST_RUNTIME) return Math.round(minutes);
    this.funnel.mended.runtime++;
    return null;
  }
}

function isMissing(column: string, cell: string | undefined): boolean {
  if (cell === undefined) return column === 'title';
  return textCell(cell) === '' || (column === 'popularity' && numberCell(cell) === null);
}

/** Whether an ISO date is a day of the calendar: `Date` takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

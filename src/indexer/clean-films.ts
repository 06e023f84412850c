/** TMDb rows → films: the paper's cleaning, rule by rule, and what real data needs besides. */
import { createHash } from 'node:crypto';
import type { Film } from '../engine/types.ts';
import { booleanCell, isBroken, listCell, numberCell, textCell } from './cells.ts';
import type { KnownFilm, KnownFilms } from './incremental.ts';
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
  notReleased: number;
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

const CODES = new Map(
  'ar bg bn cs da de el en es et fa fi fr he hi hr hu id is it ja ka kk ko lt lv mk ml mr ms nb nl no pa pl pt ro ru sk sl sq sr sv ta te th tl tr uk ur vi zh'
    .split(' ')
    .map((code) => [new Intl.DisplayNames('en', { type: 'language' }).of(code)!.toLowerCase(), code]),
);

// TMDb's own names and codes of the two Chinese languages.
CODES.set('mandarin', 'zh').set('cantonese', 'cn');

/** The code of the only language spoken: what stands in for a blank original language. */
function languageCode(spoken: readonly string[]): string {
  return spoken.length === 1 ? (CODES.get(spoken[0]!.toLowerCase()) ?? '') : '';
}

const REQUIRED = ['title', 'overview', 'poster_path', 'popularity', 'genres'] as const;

export type Reject = (line: number, reason: string) => void;

/**
 * A cleaner that remembers which films it has seen. Feed it rows in file order.
 * Rules in the paper's order: duplicates; missing title, overview, poster, popularity or genres; status other
 * than "Released"; adult.
 */
export class FilmCleaner {
  readonly funnel: FilmFunnel = emptyFilmFunnel();
  /** Film id → hash of its row: the same id twice is one film, and the first sound row stands. */
  readonly #seen = new Set<number>();
  readonly #rows = new Set<string>();
  readonly #reject: Reject;
  readonly #earlier: KnownFilms | null;
  /** First eight bytes of the hash of the row that was cleaned last. */
  rowHash = 0n;
  /** What an earlier build found out about that row. */
  known: KnownFilm | null = null;

  /** @param earlier films of an earlier build, whose sentiment is taken where their row is the same */
  constructor(reject: Reject = () => {}, earlier: KnownFilms | null = null) {
    this.#reject = reject;
    this.#earlier = earlier;
  }

  /** A cleaner that has seen nothing yet and reports nothing, but knows the same earlier build. */
  another(): FilmCleaner {
    return new FilmCleaner(() => {}, this.#earlier);
  }

  /** The row as a film, or null where a rule removes it. */
  clean(row: TableRow): CleanFilm | null {
    const { funnel } = this;
    const { values } = row;
    funnel.rows++;
    const id = numberCell(values.id);
    if (row.fault || id === null || !Number.isInteger(id) || id <= 0 || id > 0x7fffffff) {
      funnel.malformed++;
      this.#reject(
        row.line,
        row.fault ?? `the id "${textCell(values.id).slice(0, 40)}" is not a positive whole number`,
      );
      return null;
    }
    const digest = createHash('md5').update(Object.values(values).join('\u0001')).digest();
    const hash = digest.toString('base64');
    if (this.#rows.has(hash) || this.#seen.has(id)) {
      funnel.duplicates++;
      return null;
    }
    this.#rows.add(hash);
    if (
      REQUIRED.some((column) => textCell(values[column]) === '') ||
      numberCell(values.popularity) === null
    ) {
      funnel.missingValues++;
      return null;
    }
    if (values.status?.trim() !== 'Released') {
      funnel.notReleased++;
      return null;
    }
    if (booleanCell(values.adult) === true) {
      funnel.adult++;
      return null;
    }
    const votes = numberCell(values.vote_count);
    const rating = numberCell(values.vote_average);
    if (
      (votes !== null && (votes < 0 || votes > MOST_VOTES)) ||
      (rating !== null && (rating < 0 || rating > 10))
    ) {
      funnel.malformed++;
      this.#reject(row.line, `votes ${values.vote_count} or rating ${values.vote_average} out of range`);
      return null;
    }
    this.#seen.add(id);
    funnel.kept++;
    this.rowHash = digest.readBigUInt64LE();
    this.known = this.#earlier?.find(id, this.rowHash) ?? null;
    return this.#film(id, values, votes, rating);
  }

  #film(id: number, values: TableRow['values'], votes: number | null, rating: number | null): CleanFilm {
    const { mended } = this.funnel;
    const releaseDate = this.#releaseDate(values.release_date);
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
        languageCode(listCell(textCell(values.spoken_languages), ',')) ||
        'xx',
      releaseDate,
      year: releaseDate === null ? null : Number(releaseDate.slice(0, 4)),
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
    if (text === '') return null;
    const year = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.[1];
    if (year && Number(year) >= YEARS[0] && Number(year) <= YEARS[1] && isDay(text)) return text;
    this.funnel.mended.year++;
    return null;
  }

  #runtime(cell: string | undefined): number | null {
    const minutes = numberCell(cell);
    if (minutes === null) return null;
    if (minutes > 0 && minutes <= LONGEST_RUNTIME) return Math.round(minutes);
    this.funnel.mended.runtime++;
    return null;
  }
}

/** Whether an ISO date is a day of the calendar: `Date` takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

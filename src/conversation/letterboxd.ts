/** Letterboxd's lists of films: the files that a person downloads there, and the form in which it takes lists. */
import { parse } from 'csv-parse/sync';
import { normaliseText } from '../engine/search/normalise.ts';
import type { Film, MatchEngine } from '../engine/types.ts';

/** Longest file read, in characters: 20,000 films and more. */
export const MOST_CSV = 2_000_000;

/** One row of an export. */
export interface ListedFilm {
  readonly name: string;
  readonly year: number | null;
  /** ISO day on which it was put on the list; empty where the file does not say. */
  readonly day: string;
  /** TMDb id, in files that give one, such as our own. */
  readonly tmdb: number | null;
}

/** Whether a text is meant as such a file. */
export const looksLikeCsv = (text: string): boolean =>
  /^\uFEFF?\s*[^\n]*\b(?:Name|Title)"?,[^\n]*Year\b/i.test(text);

/** The films of an export (`watched.csv`, `watchlist.csv`), or null for a file of another kind. */
export function readLetterboxd(text: string): ListedFilm[] | null {
  if (text.length > MOST_CSV || !looksLikeCsv(text)) return null;
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch {
    return null;
  }
  return rows.flatMap((row) => {
    const name = row.name || row.title || '';
    const year = /^\d{4}$/.test(row.year ?? '') ? Number(row.year) : null;
    const day = /^\d{4}-\d{2}-\d{2}$/.test(row.date ?? '') ? row.date! : '';
    const tmdb = /^\d{1,9}$/.test(row.tmdbid ?? '') ? Number(row.tmdbid) : null;
    return name === '' && tmdb === null ? [] : [{ name, year, day, tmdb }];
  });
}

/** Letterboxd and TMDb may date a film a year apart. */
const YEARS_APART = 1;

/** The film of the catalogue that a row names by its whole title and year; never one that only resembles it. */
export function filmOf({ name, year, tmdb }: ListedFilm, engine: MatchEngine): Film | null {
  if (tmdb !== null) return engine.film(tmdb);
  const title = normaliseText(name);
  const named = engine.findFilms(name, 50).filter((film) => normaliseText(film.title) === title);
  // Without a year, a title may be of any of several.
  if (year === null) return null;
  const apart = (film: Film) => (film.year === null ? Number.POSITIVE_INFINITY : Math.abs(film.year - year));
  const near = named.filter((film) => apart(film) <= YEARS_APART);
  return near.sort((a, b) => apart(a) - apart(b) || b.votes - a.votes)[0] ?? null;
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
/** A cell that a spreadsheet would take for a formula gets an apostrophe. */
const cell = (text: string) => quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A list that Letterboxd imports (letterboxd.com/about/importing-data), and this program too. */
export function writeList(films: readonly { readonly film: Film; readonly day: string }[]): string {
  const rows = films.map(({ film, day }) =>
    [day, cell(film.title), film.year ?? '', film.id, film.imdbId ?? ''].join(','),
  );
  return `${['Date,Title,Year,tmdbID,imdbID', ...rows].join('\n')}\n`;
}

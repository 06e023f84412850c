/** A film whose record is read when something of it is first asked for: many candidates are passed by knowing less. */
import type { FilmRecord, Records } from './records.ts';

/** What rules ask of a film. */
export type JudgedFilm = Pick<
  FilmRecord,
  'id' | 'title' | 'originalTitle' | 'language' | 'year' | 'genres' | 'keywords' | 'overview'
>;

export class FilmReader implements JudgedFilm {
  readonly id: number;
  readonly #films: Records['films'];
  #record: FilmRecord | undefined;

  constructor(films: Records['films'], id: number) {
    this.#films = films;
    this.id = id;
  }

  /** @throws Error for a film that the catalogue lacks */
  get record(): FilmRecord {
    this.#record ??= this.#films.get(this.id);
    if (!this.#record) throw new Error(`no record for film ${this.id}`);
    return this.#record;
  }

  get title() {
    return this.record.title;
  }
  get originalTitle() {
    return this.record.originalTitle;
  }
  get language() {
    return this.record.language;
  }
  get year() {
    return this.record.year;
  }
  get genres() {
    return this.record.genres;
  }
  get keywords() {
    return this.record.keywords;
  }
  get overview() {
    return this.record.overview;
  }
}

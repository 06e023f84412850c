/** Every form that is recognised besides that of the data sets: what it is called and what it looks like. */
import type { FileForm } from '../tables.ts';

/** Forms of single cells. */
export type CellForm =
  | 'id-link'
  | 'dictionaries'
  | 'bracket-list'
  | 'list-separator'
  | 'genre-label'
  | 'country-code'
  | 'language-name'
  | 'hundredths'
  | 'fractions'
  | 'seconds'
  | 'minutes'
  | 'clock'
  | 'unit-sign'
  | 'decimal-comma'
  | 'thousands'
  | 'rating-scale'
  | 'key-name'
  | 'mode-name'
  | 'metre'
  | 'boolean-word'
  | 'date-order'
  | 'timestamp'
  | 'year-alone'
  | 'letter-case'
  | 'poster-link'
  | 'imdb-form'
  | 'no-value-word';

export type Form = FileForm | CellForm | 'column-name';

/** What each form is, for people, with an example; `data/README.md` lists them all. */
export const FORMS: Readonly<Record<Form, string>> = {
  gzip: 'packed with gzip (.csv.gz)',
  zip: 'packed in a zip archive that holds one table',
  'utf-16': 'UTF-16 text',
  'byte-order-mark': 'a byte order mark at the beginning',
  crlf: 'line ends of Windows (CRLF)',
  semicolons: 'semicolons between cells',
  tabs: 'tabs between cells',
  pipes: 'vertical bars between cells',
  json: 'JSON, one object a line or one list of objects',
  parquet: 'Parquet',
  'column-name': 'columns under other names (artist_name for artists)',
  'id-link': 'ids as links or URIs (spotify:track:…)',
  dictionaries: "lists of dictionaries, JSON or Python ([{'id': 18, 'name': 'Drama'}])",
  'bracket-list': "lists in brackets, JSON or Python (['Drama', 'War'])",
  'list-separator': 'lists with other separators (Drama; War, Drama/War, vertical bars)',
  'genre-label': 'genres in another spelling or by number (Sci-Fi, 878, R&B)',
  'country-code': 'countries as codes (US)',
  'language-name': 'languages as names or longer codes (English, eng, en-GB)',
  hundredths: 'features of 0 to 100 where 0 to 1 is meant (72, 72 %)',
  fractions: 'popularity of 0 to 1 where 0 to 100 is meant',
  seconds: 'lengths in seconds',
  minutes: 'lengths in minutes',
  clock: 'lengths as on a clock (3:45, 2h 28m)',
  'unit-sign': 'numbers with a unit or currency (-7.4 dB, 148 min, $160)',
  'decimal-comma': 'decimal commas (8,4)',
  thousands: 'thousands separators (34,495)',
  'rating-scale': 'ratings out of 5 or 100 where out of 10 is meant',
  'key-name': 'keys as names (C#, Db, F minor)',
  'mode-name': 'modes as names (Major)',
  metre: 'beats as a metre (4/4)',
  'boolean-word': 'booleans in other spellings (yes, 1.0, explicit)',
  'date-order': 'dates in another order or in words (7/15/2010, 15.07.2010, July 15, 2010)',
  timestamp: 'dates with a time, or as seconds since 1970',
  'year-alone': 'years without a day',
  'letter-case': 'status in another case (RELEASED)',
  'poster-link': 'posters as links or bare file names',
  'imdb-form': 'IMDb ids as links or bare numbers',
  'no-value-word': 'words for no value (NaN, NULL, N/A)',
};

/** Tells that a cell had a form. */
export type Note = (form: CellForm) => void;

/** A cell as the data set would have it; null where nothing can be made of it. */
export type CellReader = (cell: string, note: Note) => string | null;

/** The columns of both tables: their names here and elsewhere, what stands in them, and what is lost without them. */

/** What stands in a column's cells. */
export type CellKind =
  | 'track-id'
  | 'film-id'
  | 'text'
  | 'artists'
  | 'song-genres'
  | 'film-genres'
  | 'names'
  | 'number'
  | 'whole'
  | 'unit'
  | 'percent'
  | 'decibels'
  | 'milliseconds'
  | 'minutes'
  | 'rating'
  | 'key'
  | 'mode'
  | 'beats'
  | 'boolean'
  | 'date'
  | 'year'
  | 'status'
  | 'language'
  | 'poster'
  | 'imdb-id';

export interface Column {
  readonly name: string;
  readonly kind: CellKind;
  /** Other names of it, best first; case, spaces and signs do not count. */
  readonly aliases: readonly string[];
  /** What is lost where it is absent; a column without this is required. */
  readonly lost?: string;
}

export interface TableSpec {
  /** What the table holds, in sentences. */
  readonly of: 'songs' | 'films';
  readonly columns: readonly Column[];
}

const column = (name: string, kind: CellKind, aliases = '', lost?: string): Column => ({
  name,
  kind,
  aliases: aliases === '' ? [] : aliases.split(' '),
  ...(lost !== undefined && { lost }),
});

export const SONG_TABLE: TableSpec = {
  of: 'songs',
  columns: [
    column(
      'track_id',
      'track-id',
      'id spotify_id spotify_track_id trackid uri track_uri spotify_uri url track_url link',
    ),
    column(
      'artists',
      'artists',
      'artist artist_name artist_names artists_name track_artist track_artists performer',
    ),
    column('track_name', 'text', 'name title song track song_name song_title track_title'),
    column(
      'duration_ms',
      'milliseconds',
      'duration length track_duration duration_s duration_sec duration_seconds time',
    ),
    column('danceability', 'unit'),
    column('energy', 'unit'),
    column('key', 'key'),
    column('loudness', 'decibels', 'loudness_db'),
    column('mode', 'mode', 'audio_mode'),
    column('speechiness', 'unit'),
    column('acousticness', 'unit'),
    column('instrumentalness', 'unit'),
    column('liveness', 'unit'),
    column('valence', 'unit', 'audio_valence'),
    column('tempo', 'number', 'bpm'),
    column(
      'track_genre',
      'song-genres',
      'genre genres track_genres playlist_genre artist_genres',
      'genres are guessed from what sounds alike',
    ),
    column('album_name', 'text', 'album track_album_name album_title', 'songs are not found by album'),
    column(
      'popularity',
      'percent',
      'track_popularity song_popularity',
      'of several recordings the best known is not told',
    ),
    column('explicit', 'boolean', 'is_explicit', 'what is explicit is not told'),
    column('time_signature', 'beats', 'timesignature', 'beats in a bar are unknown'),
  ],
};

export const FILM_TABLE: TableSpec = {
  of: 'films',
  columns: [
    column('id', 'film-id', 'tmdb_id movie_id tmdbid film_id'),
    column('title', 'text', 'name movie_title film_title movie'),
    column('overview', 'text', 'plot synopsis description summary plot_summary storyline'),
    column('genres', 'film-genres', 'genre genre_names genre_ids genre_list'),
    column(
      'release_date',
      'date',
      'released release releasedate date premiere first_air_date year release_year',
    ),
    column('vote_average', 'rating', 'rating vote_avg average_vote score tmdb_rating average_rating'),
    column('vote_count', 'whole', 'votes num_votes number_of_votes votes_count numvotes rating_count'),
    column('popularity', 'number', '', 'nothing that an answer shows'),
    column('poster_path', 'poster', 'poster poster_url poster_link image', 'posters are drawn'),
    column('status', 'status', '', 'every film that is not dated in the future counts as released'),
    column(
      'adult',
      'boolean',
      'is_adult isadult',
      'adult films are told by genre, keywords and wording alone',
    ),
    column('original_title', 'text', 'originaltitle', 'films are found by their English title alone'),
    column(
      'original_language',
      'language',
      'language lang originallanguage',
      'the language is guessed from the only one spoken, or unknown',
    ),
    column(
      'runtime',
      'minutes',
      'duration run_time length runtime_minutes runtimeminutes',
      'films have no length, and a filter by length finds none',
    ),
    column(
      'keywords',
      'names',
      'keyword plot_keywords tags',
      'films without a profile are matched by their overview alone',
    ),
    column('tagline', 'text', '', 'a little of what an unfit film is told by'),
    column(
      'production_countries',
      'names',
      'countries country production_country',
      'where a film was made is unknown',
    ),
    column(
      'spoken_languages',
      'names',
      'languages spoken_language',
      'a missing original language can’t be guessed',
    ),
    column('imdb_id', 'imdb-id', 'imdb imdbid imdb_link imdb_url', 'no links to IMDb'),
    column('revenue', 'whole', 'box_office gross', 'the method of the paper lacks it in `evaluate`'),
  ],
};

/** A column's name without case, spaces and signs: "Artist(s) Name" is `artistsname`. */
const folded = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export interface Header {
  /** Name here → name in the file. */
  readonly from: ReadonlyMap<string, string>;
  /** Columns that stand under another name. */
  readonly renamed: readonly (readonly [string, string])[];
  readonly missing: readonly Column[];
  readonly lost: readonly Column[];
}

/** Finds the columns in a header. A column's own name, in any case, goes before every alias. */
export function findColumns(spec: TableSpec, names: readonly string[]): Header {
  const byFolded = new Map<string, string>();
  for (const name of names) if (!byFolded.has(folded(name))) byFolded.set(folded(name), name);
  const from = new Map<string, string>();
  const taken = new Set<string>();
  const take = ({ name }: Column, found: string | undefined) => {
    if (found === undefined || taken.has(found) || from.has(name)) return;
    from.set(name, found);
    taken.add(found);
  };
  for (const each of spec.columns)
    take(each, names.includes(each.name) ? each.name : byFolded.get(folded(each.name)));
  for (const each of spec.columns) for (const alias of each.aliases) take(each, byFolded.get(folded(alias)));
  const absent = spec.columns.filter(({ name }) => !from.has(name));
  return {
    from,
    renamed: [...from].filter(([name, found]) => name !== found),
    missing: absent.filter(({ lost }) => lost === undefined),
    lost: absent.filter(({ lost }) => lost !== undefined),
  };
}

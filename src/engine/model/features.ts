/** What is known of songs and films as vectors, before projection (lengths and groups: spec.ts). */
import { type FeelSpace, feelVector, worldVector } from '../feel/vectors.ts';
import type { Film, Song } from '../types.ts';
import { clip, norm } from './numbers.ts';
import { factDims, filmDims, type Group, type ModelSpec, songDims, soundDims } from './spec.ts';

/** The plain audio numbers of a song by name; null where the source does not say. */
export function audioNumbers(song: Song): Readonly<Record<string, number | null>> {
  const f = song.features;
  return {
    danceability: f?.danceability ?? null,
    energy: f?.energy ?? null,
    loudness: f?.loudness ?? null,
    mode: f?.mode ?? null,
    speechiness: f?.speechiness ?? null,
    acousticness: f?.acousticness ?? null,
    instrumentalness: f?.instrumentalness ?? null,
    liveness: f?.liveness ?? null,
    valence: f?.valence ?? null,
    tempo: f?.tempo ?? null,
    explicit: song.explicit === null ? null : song.explicit ? 1 : 0,
    logDuration: song.durationMs !== null && song.durationMs > 0 ? Math.log(song.durationMs) : null,
    popularity: song.popularity,
  };
}

/** The audio numbers of a song vector, in order. */
export const AUDIO_NAMES = [
  'danceability',
  'energy',
  'loudness',
  'mode',
  'speechiness',
  'acousticness',
  'instrumentalness',
  'liveness',
  'valence',
  'tempo',
  'explicit',
  'logDuration',
  'popularity',
] as const;

/** Genre weights of a song: its own labels and its artists' shares, both indexed by the model's genre list. */
export interface SongGenres {
  /** 1 for each label of the track; imputed weights in 0…1 for a song that came without labels. */
  readonly own: ReadonlyMap<number, number>;
  /** Share of each genre among the artists' tracks, 0…1. */
  readonly artist: ReadonlyMap<number, number>;
}

/** z-scores of the audio numbers, clipped; an unknown number stands at the mean (0). */
export function audioScores(song: Song, spec: Pick<ModelSpec, 'song'>): Float64Array {
  const numbers = audioNumbers(song);
  return Float64Array.from(spec.song.audio, ({ name, mean, sd }) => {
    const value = numbers[name];
    return value == null ? 0 : clip((value - mean) / sd, -spec.song.clip, spec.song.clip);
  });
}

/** Own labels and artists' shares, half each; the artists' alone for a song without labels. */
export function genreShares(genres: SongGenres, count: number): Float64Array {
  const out = new Float64Array(count);
  const ownWeight = genres.own.size === 0 ? 0 : genres.artist.size === 0 ? 1 : 0.5;
  for (const [genre, weight] of genres.own) out[genre]! += ownWeight * weight;
  for (const [genre, share] of genres.artist) out[genre]! += (1 - ownWeight) * share;
  return out;
}

/** Gaussian bumps over the year; the given mean where it is unknown. */
export function yearBumps(
  year: number | null,
  { yearCentres, yearWidth }: Pick<ModelSpec['film'], 'yearCentres' | 'yearWidth'>,
  mean?: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(yearCentres, (centre, i) =>
    year === null ? (mean?.[i] ?? 0) : Math.exp(-((year - centre) ** 2) / (2 * yearWidth ** 2)),
  );
}

/** Adds numbers at their place in a vector, times a weight. */
export function addScaled(x: Float64Array, from: number, values: ArrayLike<number>, weight: number): void {
  for (let i = 0; i < values.length; i++) x[from + i]! += weight * values[i]!;
}

/** Groups by name, for filling vectors. */
export type Places = Readonly<Record<string, number>>;
export const placesOf = (groups: readonly Group[]): Places =>
  Object.fromEntries(groups.map(({ name, from }) => [name, from]));

/** What a song vector is made of. */
export interface SongParts {
  readonly terms: ArrayLike<number>;
  readonly worlds: ArrayLike<number>;
  readonly bumps: ArrayLike<number>;
  /** From {@link genreShares}. */
  readonly genres: Float64Array;
  readonly audio: ArrayLike<number>;
}

/** The song vector: feel, worlds, genres at unit length, audio z-scores, year bumps, 1. */
export function songVector(
  parts: SongParts,
  spec: ModelSpec,
  places: Places,
  space: FeelSpace,
): Float64Array {
  const x = new Float64Array(songDims(spec));
  const { song: w } = spec.weights;
  addScaled(x, places.feel!, feelVector(parts.terms, space), w.feel!);
  addScaled(x, places.world!, worldVector(parts.worlds, space), w.world!);
  addScaled(x, places.genre!, parts.genres, w.genre! / Math.max(1, norm(parts.genres)));
  addScaled(x, places.audio!, parts.audio, w.audio!);
  addScaled(x, places.era!, parts.bumps, w.era!);
  x[places.constant!] = 1;
  return x;
}

/** What a song's profile is predicted from where nobody has described it; grams are added by the predictor. */
export function soundVector(
  genres: Float64Array,
  audio: ArrayLike<number>,
  meaning: ArrayLike<number>,
  spec: ModelSpec,
  places: Places,
): Float64Array {
  const x = new Float64Array(soundDims(spec));
  addScaled(x, places.genre!, genres, 1.5 / Math.max(1, norm(genres)));
  addScaled(x, places.shares!, genres, 1);
  addScaled(x, places.meaning!, meaning, MEANING_WEIGHT);
  for (let i = 0; i < audio.length; i++) {
    x[places.audio! + i] = 0.3 * audio[i]!;
    x[places.squares! + i] = 0.2 * audio[i]! ** 2;
  }
  x[places.constant!] = 1;
  return x;
}

/** Weights of the grams' unit vector and of what the names mean in {@link soundVector}. */
export const GRAM_WEIGHT = 1.5;
export const MEANING_WEIGHT = 1;

/** What of a film its vector reads. */
export type FilmFacts = Pick<
  Film,
  | 'title'
  | 'overview'
  | 'tagline'
  | 'keywords'
  | 'genres'
  | 'language'
  | 'year'
  | 'countries'
  | 'votes'
  | 'rating'
  | 'sentiment'
> & { readonly negativity: number };

/** Lookup tables from names to vector positions, made once per model. */
export interface FilmLayout {
  readonly genre: ReadonlyMap<string, number>;
  readonly language: ReadonlyMap<string, number>;
  readonly country: ReadonlyMap<string, number>;
}

const positions = (names: readonly string[]) => new Map(names.map((name, index) => [name, index]));

export function filmLayout(spec: Pick<ModelSpec, 'film'>): FilmLayout {
  return {
    genre: positions(spec.film.genres),
    language: positions(spec.film.languages),
    country: positions(spec.film.countries),
  };
}

/** Genres, language, countries and year of a film, each group added with its own weight. */
function addFacts(
  r: Float64Array,
  places: Places,
  film: FilmFacts,
  spec: ModelSpec,
  layout: FilmLayout,
  weights: Readonly<Record<'genre' | 'language' | 'country' | 'era', number>>,
): void {
  for (const genre of film.genres) {
    const index = layout.genre.get(genre);
    if (index !== undefined) r[places.genre! + index] = weights.genre;
  }
  r[places.language! + (layout.language.get(film.language) ?? spec.film.languages.length)] = weights.language;
  for (const country of film.countries) {
    const index = layout.country.get(country);
    if (index !== undefined) r[places.country! + index] = weights.country;
  }
  addScaled(r, places.era!, yearBumps(film.year, spec.film), weights.era);
}

/** What a film's profile is predicted from. */
export function factVector(
  film: FilmFacts,
  text: ArrayLike<number>,
  spec: ModelSpec,
  places: Places,
  layout: FilmLayout,
): Float64Array {
  const r = new Float64Array(factDims(spec));
  addFacts(r, places, film, spec, layout, { genre: 1, language: 1, country: 0.7, era: 1 });
  addScaled(r, places.plot!, text, 1.5);
  r[places.sentiment!] = film.sentiment;
  r[places.sentiment! + 1] = film.negativity;
  r[places.constant!] = 1;
  return r;
}

/** Votes and rating as four small numbers: level, its square, rating, and their product. */
export function popularityNumbers({ votes, rating }: Pick<Film, 'votes' | 'rating'>): number[] {
  const level = Math.log10(1 + votes) / 4;
  // Fifty votes of 5.8, so that three votes of 10 do not make a classic.
  const weighted = (votes * rating + 50 * 5.8) / (votes + 50);
  return [level, level ** 2, (weighted - 6.5) / 3, level * clip((weighted - 3) / 5, 0, 1)];
}

/** The film vector: feel, worlds, genres, text, year bumps, language, countries, popularity, 1. */
export function filmVector(
  film: FilmFacts,
  terms: ArrayLike<number>,
  worlds: ArrayLike<number>,
  text: ArrayLike<number>,
  spec: ModelSpec,
  places: Places,
  layout: FilmLayout,
  space: FeelSpace,
): Float64Array {
  const r = new Float64Array(filmDims(spec));
  const { film: w } = spec.weights;
  addScaled(r, places.feel!, feelVector(terms, space), w.feel!);
  addScaled(r, places.world!, worldVector(worlds, space), w.world!);
  addFacts(r, places, film, spec, layout, {
    genre: w.genre!,
    language: w.language!,
    country: w.country!,
    era: w.era!,
  });
  addScaled(r, places.plot!, text, w.plot!);
  addScaled(r, places.popularity!, popularityNumbers(film), w.popularity!);
  r[places.constant!] = 1;
  return r;
}

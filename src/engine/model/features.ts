/** Song and film vectors, before projection (lengths and groups: spec.ts). */
import type { Film, Song } from '../types.ts';
import { clip } from './numbers.ts';
import { songTerms } from './song-text.ts';
import { type SoundtrackTable, soundtrackProfile } from './soundtracks.ts';
import { filmDims, filmGroups, type ModelSpec, songDims } from './spec.ts';
import { type TextSpace, termVector, textVector } from './text.ts';

/** The plain audio numbers of a song by name; null where the source does not say. */
export function audioNumbers(song: Song): Readonly<Record<string, number | null>> {
  const f = song.features;
  return {
    danceability: f.danceability,
    energy: f.energy,
    loudness: f.loudness,
    mode: f.mode,
    speechiness: f.speechiness,
    acousticness: f.acousticness,
    instrumentalness: f.instrumentalness,
    liveness: f.liveness,
    valence: f.valence,
    tempo: f.tempo,
    explicit: song.explicit === null ? null : song.explicit ? 1 : 0,
    logDuration: song.durationMs > 0 ? Math.log(song.durationMs) : null,
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

/** What a song vector reads besides the song's numbers and genres. */
export interface SongSources {
  readonly songSpace: TextSpace;
  readonly soundtracks: SoundtrackTable;
}

/**
 * The song vector: audio z-scores, own genres, artist genre shares, the mean film of the artists' soundtracks,
 * words of its names; all but the first two weighted as the model says.
 */
export function songVector(
  song: Song,
  genres: SongGenres,
  spec: Pick<ModelSpec, 'song' | 'film'>,
  { songSpace, soundtracks }: SongSources,
): Float64Array {
  const x = new Float64Array(songDims(spec));
  x.set(audioScores(song, spec));
  const own = spec.song.audio.length;
  const artist = own + spec.song.genres.length;
  for (const [genre, weight] of genres.own) x[own + genre] = weight;
  for (const [genre, share] of genres.artist) x[artist + genre] = spec.song.artistWeight * share;
  const { weight, prior } = spec.song.soundtracks;
  const films = artist + spec.song.genres.length;
  addScaled(x, films, soundtrackProfile(song.artists, soundtracks, prior), weight);
  addScaled(x, films + soundtracks.dims, termVector(songTerms(song), songSpace), spec.song.textWeight);
  return x;
}

/** Adds a group of numbers at its place in a vector, times its weight. */
export function addScaled(x: Float64Array, from: number, values: Float64Array, weight: number): void {
  for (let i = 0; i < values.length; i++) x[from + i]! += weight * values[i]!;
}

/** What of a film its vector reads. */
export type FilmFacts = Pick<
  Film,
  'title' | 'overview' | 'tagline' | 'keywords' | 'genres' | 'language' | 'year' | 'runtime' | 'countries'
>;

/** Lookup tables from names to vector positions, made once per model. */
export interface FilmLayout {
  readonly genre: ReadonlyMap<string, number>;
  readonly language: ReadonlyMap<string, number>;
  readonly country: ReadonlyMap<string, number>;
  readonly offsets: Readonly<Record<string, number>>;
  readonly dims: number;
}

const positions = (names: readonly string[]) => new Map(names.map((name, index) => [name, index]));

export function filmLayout(spec: Pick<ModelSpec, 'film'>): FilmLayout {
  return {
    genre: positions(spec.film.genres),
    language: positions(spec.film.languages),
    country: positions(spec.film.countries),
    offsets: Object.fromEntries(filmGroups(spec).map((group) => [group.name, group.from])),
    dims: filmDims(spec),
  };
}

/**
 * The film vector; `text` (unit length or zeros) may be given where it is already known.
 *
 * @param r a vector of the layout's length to fill
 */
export function filmVector(
  film: FilmFacts,
  spec: Pick<ModelSpec, 'film'>,
  layout: FilmLayout,
  space: TextSpace,
  text: ArrayLike<number> = textVector(film, space),
  r: Float64Array = new Float64Array(layout.dims),
): Float64Array {
  r.fill(0);
  const at = layout.offsets;
  const { weights } = spec.film;
  for (const genre of film.genres) {
    const index = layout.genre.get(genre);
    if (index !== undefined) r[at.genre! + index] = weights.genre;
  }
  r[at.language! + (layout.language.get(film.language) ?? spec.film.languages.length)] = weights.language;
  for (let d = 0; d < spec.film.textDims; d++) r[at.plot! + d] = weights.plot * text[d]!;
  if (film.year !== null) {
    for (const [i, centre] of spec.film.yearCentres.entries()) {
      r[at.era! + i] = weights.era * Math.exp(-((film.year - centre) ** 2) / (2 * spec.film.yearWidth ** 2));
    }
  }
  const { centre, scale, limit } = spec.film.runtime;
  if (film.runtime !== null)
    r[at.runtime!] = weights.runtime * clip((film.runtime - centre) / scale, -limit, limit);
  for (const country of film.countries) {
    const index = layout.country.get(country);
    if (index !== undefined) r[at.country! + index] = weights.country;
  }
  return r;
}

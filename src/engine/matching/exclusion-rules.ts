/**
 * Films that a kind of song must not be answered with, whatever the numbers say, unless they are asked for or the
 * filters leave no other.
 */
import type { Model } from '../model/model.ts';
import type { Film, Filters } from '../types.ts';
import type { SongQuery } from './query.ts';

type Genres = Pick<Film, 'genres'>;

interface Clash {
  /** Song genres of which the song must be for the most part. */
  readonly labels: readonly string[];
  /** What else tells such a song. */
  readonly told?: (query: SongQuery) => boolean;
  readonly film: (film: Genres) => boolean;
  /** Film genres that the rule is about: a filter that asks for one lifts it. */
  readonly about: readonly string[];
}

/** Words for a lullaby, as `songTerms` gives them. */
const LULLABIES: ReadonlySet<string> = new Set([
  'lullaby',
  'lullabye',
  'lullabies',
  'wiegenlied',
  'schlaflied',
  'berceuse',
]);
/** A song called lullaby that is livelier than this (standard deviations) is not meant for sleep. */
const CALM = -0.5;

const CLASHES: readonly Clash[] = [
  // The label "disney" stands beside films of the 1930s, which were monsters' as well as Snow White's.
  {
    labels: ['children', 'kids', 'disney', 'sleep'],
    told: ({ mood, names }) => mood.energy < CALM && names.some((name) => LULLABIES.has(name)),
    film: ({ genres }) => genres.includes('Horror'),
    about: ['Horror'],
  },
  // Spotify calls some extreme songs happy.
  {
    labels: ['black-metal', 'death-metal', 'grindcore'],
    film: ({ genres }) =>
      genres.includes('Family') || (genres.includes('Romance') && genres.includes('Comedy')),
    about: ['Family', 'Romance', 'Comedy'],
  },
];

/** Share of a song's or a blend's own genres that makes it one of theirs. */
const MOSTLY = 0.5;

/** Whether a film clashes with what is asked for. */
export function clashOf(model: Model, query: SongQuery, filters: Filters): (film: Genres) => boolean {
  const { from } = model.songGroups.find(({ name }) => name === 'genre')!;
  const isMostly = (label: string) => {
    const index = model.genreIndex.get(label);
    return index !== undefined && query.x[from + index]! >= MOSTLY;
  };
  const asked = new Set(filters.genres?.map((genre) => genre.toLowerCase()));
  const clashes = CLASHES.filter(
    ({ labels, told, about }) =>
      (labels.some(isMostly) || told?.(query)) && !about.some((genre) => asked.has(genre.toLowerCase())),
  );
  return (film) => clashes.some((clash) => clash.film(film));
}

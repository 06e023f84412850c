/**
 * Films that a kind of song must not be answered with, whatever the numbers say, unless they are asked for or the
 * filters leave no other.
 */
import type { Model } from '../model/model.ts';
import type { Film, Filters } from '../types.ts';
import type { SongQuery } from './query.ts';

type Genres = Pick<Film, 'id' | 'genres'>;
type Words = Pick<Film, 'id' | 'keywords' | 'overview'>;

interface ExclusionRule {
  /** Song genres of which the song must be for the most part. */
  readonly labels: readonly string[];
  /** Whether the song is of the kind though it has other labels. */
  readonly matches?: (query: SongQuery, model: Model) => boolean;
  readonly film: (film: Genres) => boolean;
  /** A filter that asks for one of these film genres lifts the rule. */
  readonly liftedBy: readonly string[];
}

const LULLABY = /\b(?:lullab(?:y|ye|ies)|wiegenlied|schlaflied|berceuse)\b/i;
/** Songs called lullaby that are as menacing as this are not meant for sleep. */
const MENACING = 0.3;

const RULES: readonly ExclusionRule[] = [
  {
    labels: ['children', 'kids', 'disney', 'sleep'],
    matches: ({ titles, profile }, model) =>
      LULLABY.test(titles) &&
      ['menacing', 'angry', 'brutal', 'eerie'].every((term) => strengthOf(profile, model, term) < MENACING),
    film: ({ genres }) => genres.includes('Horror'),
    liftedBy: ['Horror'],
  },
  // Spotify calls some extreme songs happy.
  {
    labels: ['black-metal', 'death-metal', 'grindcore'],
    film: ({ genres }) =>
      genres.includes('Family') || (genres.includes('Romance') && genres.includes('Comedy')),
    liftedBy: ['Family', 'Romance', 'Comedy'],
  },
];

/** Share of a song's or a blend's own genres that makes it one of theirs. */
const MOSTLY = 0.5;

function strengthOf({ terms }: SongQuery['profile'], model: Model, term: string): number {
  const index = model.termIndex.get(term);
  return index === undefined ? 0 : terms[index]!;
}

/** Whether a film must come last for what is asked. A film that was picked for the song itself never does. */
export function exclusionRule(model: Model, query: SongQuery, filters: Filters): (film: Genres) => boolean {
  const isMostly = (label: string) => {
    const index = model.genreIndex.get(label);
    return index !== undefined && (query.genres.get(index) ?? 0) >= MOSTLY;
  };
  const asked = new Set(filters.genres?.map((genre) => genre.toLowerCase()));
  const rules = RULES.filter(
    ({ labels, matches, liftedBy }) =>
      (labels.some(isMostly) || matches?.(query, model)) &&
      !liftedBy.some((genre) => asked.has(genre.toLowerCase())),
  );
  return (film) => rules.length > 0 && !query.chosen.has(film.id) && rules.some((rule) => rule.film(film));
}

const DESPAIR = /\bsuicid/i;
/** A song as strong as this in grief or despair needs care. */
const GRAVE = 0.6;
const GRAVE_FEELINGS = ['grieving', 'anguished', 'heartbroken', 'lonely', 'mortality'];

/** Films about suicide may not stand first for a song of grief or despair, unless they were picked for the song itself. */
export function careRule(model: Model, query: SongQuery): (film: Words) => boolean {
  const grave = GRAVE_FEELINGS.some((term) => strengthOf(query.profile, model, term) >= GRAVE);
  if (!grave) return () => false;
  return (film) =>
    !query.chosen.has(film.id) &&
    (film.keywords.some((keyword) => DESPAIR.test(keyword)) || DESPAIR.test(film.overview));
}

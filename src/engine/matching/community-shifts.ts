/** The votes of a community, brought to the song that is asked about. */
import type { Catalogue } from '../catalogue/reader.ts';
import { dot, normalise } from '../model/numbers.ts';
import type { CommunityVote, Seed } from '../types.ts';
import {
  COMMUNITY_DEFAULTS,
  type CommunitySettings,
  communityShift,
  likeness,
  standingVotes,
} from './community.ts';
import type { SongQuery } from './query.ts';

/** Songs whose place in the shared space is remembered. */
const MOST_REMEMBERED = 20_000;

const NO_SHIFTS: ReadonlyMap<number, number> = new Map();

/** The name under which votes know a seed. */
export function votedName(seed: Seed): string {
  if (typeof seed === 'string') return seed;
  if ('feel' in seed) return `mood:${[...seed.feel].sort().join('+')}`;
  return 'id' in seed ? seed.id : seed.map(({ id }) => id).join('+');
}

export class CommunityShifts {
  readonly #catalogue: Catalogue;
  readonly #query: (seed: Seed) => SongQuery;
  /** Unit vectors by the name of a seed; null for songs that are not in the catalogue. */
  readonly #places = new Map<string, Float64Array | null>();

  constructor(catalogue: Catalogue, query: (seed: Seed) => SongQuery) {
    this.#catalogue = catalogue;
    this.#query = query;
  }

  /** What votes add to each film for this seed, by TMDB id. */
  of(
    seed: Seed,
    query: SongQuery,
    votes: readonly CommunityVote[] = [],
    settings: CommunitySettings = COMMUNITY_DEFAULTS,
  ): ReadonlyMap<number, number> {
    if (votes.length === 0) return NO_SHIFTS;
    const asked = votedName(seed);
    const here = normalise(Float64Array.from(query.placed.vector));
    const weights = new Map<string, number>();
    const weightOf = (song: string): number => {
      if (song === asked) return 1;
      const known = weights.get(song);
      if (known !== undefined) return known;
      const place = this.#place(song);
      const weight = place ? likeness(dot(here, place), settings.alike) : 0;
      weights.set(song, weight);
      return weight;
    };
    return communityShift(standingVotes(votes, settings), weightOf, settings);
  }

  #place(name: string): Float64Array | null {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    if (this.#places.size >= MOST_REMEMBERED) this.#places.clear();
    const seed = this.#seed(name);
    const place = seed ? normalise(Float64Array.from(this.#query(seed).placed.vector)) : null;
    this.#places.set(name, place);
    return place;
  }

  /** Null where the catalogue lacks one of the songs or feelings. */
  #seed(name: string): Seed | null {
    const { records, model } = this.#catalogue;
    if (name.startsWith('mood:')) {
      const feel = name.slice('mood:'.length).split('+');
      const { terms, worlds } = model.spec.feel;
      return feel.every((one) => terms.includes(one) || worlds.includes(one)) ? { feel } : null;
    }
    const songs = name.split('+').flatMap((id) => records.songs.get(id) ?? []);
    return songs.length === name.split('+').length ? songs : null;
  }
}

/** What was asked, in the form that tokens and durable state carry. */
import { votedName } from '../engine/matching/community-shifts.ts';
import type { Filters, MoviesOptions, Seed, Song } from '../engine/types.ts';
import type { Message } from '../i18n/index.ts';

/** The three levels of popularity bias, and the engine's number for each. */
export const MAINSTREAM = { hidden: 0, balanced: 0.5, known: 1 } as const;
export type Mainstream = keyof typeof MAINSTREAM;
export const MAINSTREAM_LEVELS = Object.keys(MAINSTREAM) as readonly Mainstream[];

/** Films on one page of an answer. */
export const PAGE_SIZE = 5;

/** Last page that a token can name: the engine pages through 500 films. */
export const MAX_PAGE = 98;

/**
 * What films are sought for. A catalogue track is named by its id; anything else is kept whole, because no
 * other process could find it again.
 */
export type QuerySeed =
  | { readonly kind: 'track'; readonly id: string }
  /** Feelings and worlds by the model's names, without a song. */
  | { readonly kind: 'mood'; readonly feel: readonly string[] }
  | {
      readonly kind: 'songs';
      /** At least one. */
      readonly songs: readonly Song[];
      /** What the blend is called; a single song is called by its title. */
      readonly label?: string;
      /** Where it all comes from. */
      readonly note?: Message;
    };

export interface Query {
  readonly seed: QuerySeed;
  /** Without `unfit`: that follows from where the question is asked, never from a token. */
  readonly filters: Filters;
  readonly mainstream: Mainstream;
  /** 0 for the first five. */
  readonly page: number;
}

/** The engine's name for a seed. */
export function engineSeed(seed: QuerySeed): Seed {
  if (seed.kind === 'track') return seed.id;
  if (seed.kind === 'mood') return { feel: seed.feel };
  return seed.songs.length === 1 ? seed.songs[0]! : seed.songs;
}

/** A stable name of a seed for votes: track ids joined by `+`; long ones are cut. */
export const seedName = (seed: QuerySeed): string => votedName(engineSeed(seed)).slice(0, 2000);

/** What the engine is asked for a page of an answer. */
export function pageOf({ filters, mainstream, page }: Omit<Query, 'seed'>): MoviesOptions {
  return { limit: PAGE_SIZE, offset: page * PAGE_SIZE, filters, mainstream: MAINSTREAM[mainstream] };
}

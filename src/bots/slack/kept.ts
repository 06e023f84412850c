/** What is kept of a person under a hash of its own each, so that the hashes can't be joined, and goes with the workspace. */
import { VOTE_TTL_MS } from '../../conversation/ballots.ts';
import { COUNTRY_TTL_MS, countryHash, countryUnder } from '../../conversation/country.ts';
import { MARKS_TTL_MS, marksHash, marksUnder } from '../../conversation/film-marks.ts';
import { hiddenHash, hiddenUnder } from '../../conversation/hidden.ts';
import { LISTENING_TTL_MS, listeningHash, listeningUnder } from '../../conversation/listening.ts';
import { personHash } from '../../conversation/person-hash.ts';
import { TASTE_TTL_MS, tasteHash, tasteUnder } from '../../conversation/taste.ts';
import type { ActionPayload } from '../../conversation/tokens.ts';
import { votesUnder } from '../../conversation/votes.ts';
import type { StateStore } from '../../state/store.ts';

/** How long such a note stays, in milliseconds: two years, as a vote. */
export const VOTER_TTL_MS = VOTE_TTL_MS;

interface How {
  readonly hashOf: (user: string, state: StateStore) => Promise<string>;
  /** The key, or what its keys begin with. */
  readonly keptUnder: (hash: string) => string;
  /** Milliseconds that it stays while the app is there; null: for good. */
  readonly ttl: number | null;
}

export const KEPT = {
  votes: { hashOf: personHash, keptUnder: votesUnder, ttl: VOTE_TTL_MS },
  films: { hashOf: marksHash, keptUnder: marksUnder, ttl: MARKS_TTL_MS },
  country: { hashOf: countryHash, keptUnder: countryUnder, ttl: COUNTRY_TTL_MS },
  taste: { hashOf: tasteHash, keptUnder: tasteUnder, ttl: TASTE_TTL_MS },
  listening: {
    hashOf: listeningHash,
    keptUnder: listeningUnder,
    ttl: LISTENING_TTL_MS,
  },
  hidden: { hashOf: hiddenHash, keptUnder: hiddenUnder, ttl: null },
} as const satisfies Record<string, How>;
export type Kept = keyof typeof KEPT;

/** Where the notes of a workspace begin. */
export const votersOf = (team: string) => `slack-voter:${team}:`;

/** That something is kept of somebody: stored names are hashed once more, so the note says the hash itself. */
interface Note {
  readonly what: Kept;
  readonly hash: string;
}

/** A note, and the key it stands under. @param user from `personOf` */
export async function noteOf(
  state: StateStore,
  user: string,
  team: string,
  what: Kept,
): Promise<{ readonly key: string; readonly note: Note }> {
  const hash = await KEPT[what].hashOf(user, state);
  return { key: `${votersOf(team)}${what}.${hash}`, note: { what, hash } };
}

/** How and where that is kept of which a note tells; null for what no note of ours is. */
export function readNote(note: unknown): { readonly under: string; readonly ttl: number | null } | null {
  const { what, hash } = (note ?? {}) as Partial<Note>;
  if (!what || hash === undefined || !Object.hasOwn(KEPT, what)) return null;
  const { keptUnder, ttl }: How = KEPT[what];
  return { under: keptUnder(hash), ttl };
}

/** What a press besides votes and marks leaves kept. */
export function keptBy(payload: ActionPayload | null): Kept | null {
  if (payload?.action === 'privacy') return payload.step === 'hide' ? 'hidden' : null;
  if (payload?.action === 'set-country') return 'country';
  if (payload?.action === 'list') return 'films';
  return payload?.action === 'taste' || payload?.action === 'listening' ? payload.action : null;
}

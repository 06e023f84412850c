/**
 * The votes of a community (a Discord server, a Slack workspace), kept by song and film so that its answers can be
 * moved by them. Community and voters are keyed hashes; a voter's hashes in two communities can't be joined.
 */
import type { CommunityVote } from '../engine/types.ts';
import { hashOf } from '../shared/hash.ts';
import type { StateStore } from '../state/store.ts';
import type { AnswerContext } from './context.ts';
import { personHash } from './person-hash.ts';

/** How long a vote counts: two years after it was last cast. */
export const VOTE_TTL_MS = 730 * 24 * 3600_000;

/** Voters of one pair of song and film. More would change no answer. */
const MOST_VOTERS = 2000;
/** Votes that an answer weighs, the latest first. */
const MOST_WEIGHED = 20_000;
/** Milliseconds for which a community's votes are held in memory; a vote cast in this process shows at once. */
const HELD_MS = 60_000;
/** Communities held. */
const MOST_HELD = 200;

interface Ballot {
  readonly song: string;
  readonly film: number;
  /** By voter: `+` or `-`, of a mark `e` or `n` (for the half of a vote), and the ISO day. */
  readonly votes: Readonly<Record<string, string>>;
}

/** What is voted on, and how it is called in keys. */
export interface BallotPair {
  readonly song: string;
  readonly film: number;
}

/** Names of blends are long and names from outside may hold anything: keys take their hash. */
export const songKey = (song: string) => hashOf(song, 16);

const keyOf = (community: string, { song, film }: BallotPair) =>
  `ballot:${community}:${songKey(song)}.${film}`;

/** The keyed hash of where votes count together, or null where nobody's do. */
export async function communityOf(context: AnswerContext): Promise<string | null> {
  return context.community ? personHash(context.community, context.state, 'community:') : null;
}

/** What somebody is called in a community alone. */
export const voterIn = async (community: string, user: string, state: StateStore) =>
  (await personHash(user, state, `voter:${community}:`)).slice(0, 12);

const held = new WeakMap<
  StateStore,
  Map<string, { readonly until: number; readonly votes: readonly CommunityVote[] }>
>();

/**
 * Puts a person's vote into a community's ballot, or takes it out. Voting again replaces the earlier vote.
 *
 * @param community from {@link communityOf}
 * @param cast null takes the vote out
 */
export async function ballot(
  community: string,
  pair: BallotPair,
  user: string,
  cast: { readonly fits: boolean; readonly day: string; readonly by?: string } | null,
  state: StateStore,
): Promise<void> {
  const voter = await voterIn(community, user, state);
  await state.update<Ballot>(
    keyOf(community, pair),
    (current) => {
      const { [voter]: mine, ...others } = current?.votes ?? {};
      const full = mine === undefined && Object.keys(others).length >= MOST_VOTERS;
      const sign = cast && (cast.by ? (cast.fits ? 'e' : 'n') : cast.fits ? '+' : '-');
      const votes = cast && !full ? { ...others, [voter]: sign + cast.day } : others;
      return Object.keys(votes).length > 0 ? { ...pair, votes } : undefined;
    },
    VOTE_TTL_MS,
  );
  held.get(state)?.delete(community);
}

/** Every vote of a community that still counts, by its keyed hash. */
export async function votesIn(community: string, state: StateStore): Promise<CommunityVote[]> {
  const since = new Date(Date.now() - VOTE_TTL_MS).toISOString().slice(0, 10);
  const votes: CommunityVote[] = [];
  for (const { value } of await state.list<Ballot>(`ballot:${community}:`)) {
    for (const [voter, cast] of Object.entries(value.votes)) {
      const day = cast.slice(1);
      if (day < since) continue;
      const fits = cast.startsWith('+') || cast.startsWith('e');
      const half = cast.startsWith('e') || cast.startsWith('n');
      votes.push({ voter, song: value.song, film: value.film, fits, day, ...(half && { weight: 0.5 }) });
    }
  }
  if (votes.length <= MOST_WEIGHED) return votes;
  return votes.sort((a, b) => (a.day < b.day ? 1 : -1)).slice(0, MOST_WEIGHED);
}

/** The votes that move the answer asked for; none where nobody's count. */
export async function communityVotes(context: AnswerContext): Promise<readonly CommunityVote[]> {
  const community = await communityOf(context);
  if (!community) return [];
  const { state } = context;
  const communities = held.get(state) ?? new Map();
  held.set(state, communities);
  const known = communities.get(community);
  if (known && known.until > performance.now()) return known.votes;
  const votes = await votesIn(community, state);
  if (communities.size >= MOST_HELD) communities.clear();
  communities.set(community, { until: performance.now() + HELD_MS, votes });
  return votes;
}

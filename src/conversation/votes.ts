/** Votes on a film for a song, kept under a keyed hash of who voted. */
import type { Film } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { StateStore } from '../state/store.ts';
import type { Answer } from './answer.ts';
import { type BallotPair, ballot, songKey, VOTE_TTL_MS } from './ballots.ts';
import type { AnswerContext } from './context.ts';
import type { Mark } from './film-marks.ts';
import { countsIn } from './hidden.ts';
import { notice, sorry } from './notices.ts';
import { personHash } from './person-hash.ts';
import { type Query, seedName } from './query.ts';
import { seedLabel, songsOf } from './recommendation.ts';
import { titleOf } from './titles.ts';

/** A vote as it is kept. */
export interface StoredVote {
  /** Track ids joined by `+`. */
  readonly song: string;
  /** TMDb id. */
  readonly film: number;
  readonly fits: boolean;
  /** ISO day: the hour is not kept. */
  readonly day: string;
  /** The mark that stands in for a vote; absent where the person voted. */
  readonly by?: Mark;
  /** Keyed hashes of the communities where it was cast. */
  readonly communities?: readonly string[];
}

/** Where the votes of a person stand. @param hash of {@link personHash} */
export const votesUnder = (hash: string) => `vote:${hash}:`;

async function votePrefix(state: StateStore, user: string): Promise<string> {
  return votesUnder(await personHash(user, state));
}

/** Takes a vote; voting again replaces the earlier one. */
export async function vote(query: Query, film: Film, fits: boolean, context: AnswerContext): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  if (context.user === null) return sorry(context, 'vote.nobody');
  const songs = songsOf(query, context);
  if (!songs) return sorry(context, 'sorry.songGone');
  const pair = { song: seedName(query.seed), film: film.id };
  const here = await countsIn(context);
  const cast = { fits, day: new Date().toISOString().slice(0, 10) };
  await keepVote(pair, cast, here, context.user, context);
  const names = { film: titleOf(film.title), song: seedLabel(query, songs, wordsFor(context.locale)) };
  return {
    ...notice(context, 'info', t('vote.thanks'), [
      t(fits ? 'vote.up' : 'vote.down', names),
      t('vote.stored'),
      ...(here ? [t('vote.counts')] : []),
    ]),
    private: true,
  };
}

/** What a mark on a film says of it for the song whose answer it came in; a saved film says nothing yet. */
const SAYS: Partial<Record<Mark, boolean>> = { seen: true, 'not-for-me': false };

/**
 * Lets a mark count in the community where it was set, for the song that the film came with, as half a vote; no mark
 * takes that back. A vote of the person's own stays what it is.
 */
export async function countMark(
  query: Pick<Query, 'seed'>,
  film: number,
  mark: Mark | null,
  context: AnswerContext,
): Promise<void> {
  const here = await countsIn(context);
  if (context.user === null) return;
  const fits = mark === null ? undefined : SAYS[mark];
  const pair = { song: seedName(query.seed), film };
  if (fits === undefined) return withdrawMark(pair, context.user, context);
  if (here === null) return;
  const day = new Date().toISOString().slice(0, 10);
  await keepVote(pair, { fits, day, by: mark! }, here, context.user, context);
}

async function keyOfVote({ song, film }: BallotPair, user: string, state: StateStore): Promise<string> {
  return `${await votePrefix(state, user)}${songKey(song)}:${film}`;
}

async function withdrawMark(pair: BallotPair, user: string, { state }: AnswerContext): Promise<void> {
  const key = await keyOfVote(pair, user, state);
  let gone: StoredVote | undefined;
  await state.update<StoredVote>(key, (current) => {
    gone = current?.by ? current : undefined;
    return gone ? undefined : current;
  });
  for (const community of gone?.communities ?? []) await ballot(community, pair, user, null, state);
}

/** Keeps the vote itself, then brings every ballot it stands in to what the vote now says. */
async function keepVote(
  pair: BallotPair,
  cast: Pick<StoredVote, 'fits' | 'day' | 'by'>,
  here: string | null,
  user: string,
  { state }: AnswerContext,
): Promise<void> {
  const key = await keyOfVote(pair, user, state);
  let now = await state.update<StoredVote>(
    key,
    (current) => {
      if (cast.by && current && !current.by) return current;
      const communities = [...new Set([...(current?.communities ?? []), ...(here ? [here] : [])])];
      return { ...pair, ...cast, ...(communities.length > 0 && { communities }) };
    },
    VOTE_TTL_MS,
  );
  // Presses that cross each other end in one state: whoever writes a ballot looks again whether the vote still says so.
  for (;;) {
    for (const community of now?.communities ?? []) await ballot(community, pair, user, now ?? null, state);
    const after = await state.get<StoredVote>(key);
    if (JSON.stringify(after) === JSON.stringify(now)) return;
    now = after;
  }
}

/** Takes everything that somebody voted out of every community; the votes stay theirs. */
export async function withdrawVotes(user: string, context: AnswerContext): Promise<void> {
  const { state } = context;
  for (const { key, value } of await votesOf(context, user)) {
    await state.update<StoredVote>(key, (current) => {
      const { communities: _, ...vote } = current ?? value;
      return vote;
    });
    for (const community of value.communities ?? []) await ballot(community, value, user, null, state);
  }
}

/** Forgets them, in every community too. @returns how many there were */
export async function forgetVotes(user: string, context: AnswerContext): Promise<number> {
  const votes = await votesOf(context, user);
  for (const { key, value } of votes) {
    await context.state.delete(key);
    for (const community of value.communities ?? [])
      await ballot(community, value, user, null, context.state);
  }
  return votes.length;
}

/** Every vote that somebody gave, with its key. */
export async function votesOf(
  context: AnswerContext,
  user: string,
): Promise<{ key: string; value: StoredVote }[]> {
  return context.state.list<StoredVote>(await votePrefix(context.state, user));
}

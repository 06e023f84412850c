/** Votes on a film for a song, kept under a keyed hash of who voted, and all that a person may do with theirs. */
import type { Film } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import type { StateStore } from '../state/store.ts';
import type { Answer, Control } from './answer.ts';
import { type BallotPair, ballot, communityOf, songKey, VOTE_TTL_MS } from './ballots.ts';
import type { AnswerContext } from './context.ts';
import { forgetMarks, marksHash, marksOf } from './film-marks.ts';
import { forgetLocale, lastLocale } from './last-locale.ts';
import { forgetNights, nightsWith } from './nights.ts';
import { notice, sorry } from './notices.ts';
import { personHash } from './person-hash.ts';
import { type Query, seedName } from './query.ts';
import { seedLabel, songsOf } from './recommendation.ts';
import { titleOf } from './titles.ts';
import { encodeToken, type PrivacyStep } from './tokens.ts';

/** A vote as it is kept. */
export interface StoredVote {
  /** Track ids joined by `+`. */
  readonly song: string;
  /** TMDb id. */
  readonly film: number;
  readonly fits: boolean;
  /** ISO day: the hour is not kept. */
  readonly day: string;
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
  const here = await communityOf(context);
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

/** Keeps the vote itself, then brings every ballot it stands in to what the vote now says. */
async function keepVote(
  pair: BallotPair,
  cast: Pick<StoredVote, 'fits' | 'day'>,
  here: string | null,
  user: string,
  { state }: AnswerContext,
): Promise<void> {
  const key = `${await votePrefix(state, user)}${songKey(pair.song)}:${pair.film}`;
  let now = await state.update<StoredVote>(
    key,
    (current) => {
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

/** Everything kept about a person. */
async function votesOf(context: AnswerContext, user: string): Promise<{ key: string; value: StoredVote }[]> {
  return context.state.list<StoredVote>(await votePrefix(context.state, user));
}

/** Show, export and forget, each as an answer for the asker alone. */
export async function privacy(step: PrivacyStep, context: AnswerContext): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  const mine = { ...context, audience: { ...context.audience, private: true } };
  const searches = context.resolver.searches ?? [];
  const sent = searches.length > 0 ? [t('privacy.lookup', { services: searches })] : [];
  if (context.user === null) {
    return notice(mine, 'info', t('privacy.title'), [t('privacy.nobody'), ...sent]);
  }
  const votes = await votesOf(context, context.user);
  const locale = await lastLocale(context.user, context.state);
  const marks = await marksOf(context);
  const me = await marksHash(context.user, context.state);
  const nights = await nightsWith(me, context.state);
  const go = (to: PrivacyStep, label: string): Control => ({
    action: 'choose',
    label,
    token: encodeToken({ action: 'privacy', step: to }),
  });
  const never = [t('privacy.never'), t('privacy.howLong'), ...sent];
  if (step === 'forget-sure') {
    for (const { key, value } of votes) {
      await context.state.delete(key);
      for (const community of value.communities ?? []) {
        await ballot(community, value, context.user, null, context.state);
      }
    }
    await forgetLocale(context.user, context.state);
    await forgetMarks(context.user, context.state);
    await forgetNights(me, context.state);
    return notice(mine, 'info', t('privacy.title'), [
      t('privacy.forgotten', { count: votes.length }),
      ...(marks.length > 0 ? [t('privacy.marksForgotten', { count: marks.length })] : []),
    ]);
  }
  if (votes.length === 0 && marks.length === 0 && nights.length === 0 && locale === null) {
    return notice(mine, 'info', t('privacy.title'), [t('privacy.nothing'), ...never]);
  }
  if (step === 'forget') {
    return {
      kind: 'question',
      private: true,
      text: t('privacy.sure'),
      choices: [go('forget-sure', t('privacy.yes')), go('show', t('privacy.no'))],
    };
  }
  const lines = [
    ...(votes.length > 0 ? [t('privacy.counts', { count: votes.length })] : []),
    ...(marks.length > 0 ? [t('privacy.marks', { count: marks.length })] : []),
    ...(nights.length > 0 ? [t('privacy.nights', { count: nights.length })] : []),
    ...(locale === null ? [] : [t('privacy.locale')]),
    ...never,
  ];
  const shown = notice(mine, 'info', t('privacy.title'), lines, [
    go('export', t('privacy.export')),
    go('forget', t('privacy.forget')),
  ]);
  if (step === 'show') return shown;
  const kept = {
    ...(locale !== null && { locale }),
    votes: votes.map(({ value }) => value),
    films: marks,
    nights: nights.map((night) => {
      const { name = null, song = null } = night.people.find(({ id }) => id === me) ?? {};
      return { name, song, opened: night.opener === me, vote: night.votes[me] ?? null };
    }),
  };
  return {
    ...shown,
    title: t('privacy.exportTitle'),
    attachment: {
      name: 'music2movie-votes.json',
      mediaType: 'application/json',
      text: JSON.stringify(kept, null, 2),
    },
  };
}

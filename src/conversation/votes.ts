/** Votes on a film for a song, kept under a keyed hash of who voted, and all that a person may do with theirs. */
import type { Film } from '../engine/types.ts';
import { wordsFor } from '../i18n/index.ts';
import { hashOf } from '../shared/hash.ts';
import type { Answer, Control } from './answer.ts';
import type { AnswerContext } from './context.ts';
import { forgetLocale, lastLocale } from './last-locale.ts';
import { notice, sorry } from './notices.ts';
import { personHash } from './person-hash.ts';
import { type Query, seedName } from './query.ts';
import { seedLabel, songsOf } from './recommendation.ts';
import { titleOf } from './titles.ts';
import { encodeToken, type PrivacyStep } from './tokens.ts';

/** How long a vote is kept: two years after it was last cast. */
export const VOTE_TTL_MS = 730 * 24 * 3600_000;

/** A vote as it is kept. */
export interface StoredVote {
  /** Track ids joined by `+`. */
  readonly song: string;
  /** TMDb id. */
  readonly film: number;
  readonly fits: boolean;
  /** ISO day: the hour is not kept. */
  readonly day: string;
}

async function votePrefix(context: AnswerContext, user: string): Promise<string> {
  return `vote:${await personHash(user, context.state)}:`;
}

/** Takes a vote; voting again replaces the earlier one. */
export async function vote(query: Query, film: Film, fits: boolean, context: AnswerContext): Promise<Answer> {
  const { t } = wordsFor(context.locale);
  if (context.user === null) return sorry(context, 'vote.nobody');
  const songs = songsOf(query, context);
  if (!songs) return sorry(context, 'sorry.songGone');
  const song = seedName(query.seed);
  // Names of blends are long and names from outside may hold anything: the key takes their hash.
  const songKey = hashOf(song, 16);
  const record: StoredVote = { song, film: film.id, fits, day: new Date().toISOString().slice(0, 10) };
  const key = `${await votePrefix(context, context.user)}${songKey}:${film.id}`;
  await context.state.set(key, record, VOTE_TTL_MS);
  const names = { film: titleOf(film.title), song: seedLabel(query, songs, wordsFor(context.locale)) };
  return {
    ...notice(context, 'info', t('vote.thanks'), [
      t(fits ? 'vote.up' : 'vote.down', names),
      t('vote.stored'),
    ]),
    private: true,
  };
}

/** Everything kept about a person. */
async function votesOf(context: AnswerContext, user: string): Promise<{ key: string; value: StoredVote }[]> {
  return context.state.list<StoredVote>(await votePrefix(context, user));
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
  const go = (to: PrivacyStep, label: string): Control => ({
    action: 'choose',
    label,
    token: encodeToken({ action: 'privacy', step: to }),
  });
  const never = [t('privacy.never'), t('privacy.howLong'), ...sent];
  if (step === 'forget-sure') {
    for (const { key } of votes) await context.state.delete(key);
    await forgetLocale(context.user, context.state);
    return notice(mine, 'info', t('privacy.title'), [t('privacy.forgotten', { count: votes.length })]);
  }
  if (votes.length === 0 && locale === null) {
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
    ...(locale === null ? [] : [t('privacy.locale')]),
    ...never,
  ];
  const shown = notice(mine, 'info', t('privacy.title'), lines, [
    go('export', t('privacy.export')),
    go('forget', t('privacy.forget')),
  ]);
  if (step === 'show') return shown;
  const kept = { ...(locale !== null && { locale }), votes: votes.map(({ value }) => value) };
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

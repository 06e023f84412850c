/** What happens under a link that somebody pasted without speaking to the bot: the same in every chat. */
import { runCommand } from '../../../commands/command.ts';
import { movieFor } from '../../../commands/movie-for.ts';
import type { RecommendationsAnswer } from '../../conversation/answer.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import { wordsFor } from '../../i18n/index.ts';
import { hashOf } from '../../shared/hash.ts';
import type { StateStore } from '../../state/store.ts';
import type { Cooldown } from './cooldown.ts';
import type { Counters } from './counters.ts';
import { label } from './text.ts';

/** The same link in the same channel is reacted to once in this time. */
const LINK_TTL_MS = 6 * 3600_000;

/** A link that is being reacted to is taken for seen this long: longer than any answer takes. */
const RESERVED_MS = 60_000;

/** What an offer says: the song, and how many other links there were. */
export interface Offered {
  readonly song: string;
  /** 0 where the button stands for the one song alone. */
  readonly others: number;
  /** Opens the films that are offered, however many links they are for. */
  readonly token: string;
}

/** What stands on an offer's button. */
export function offerText({ song, others }: Pick<Offered, 'song' | 'others'>, locale: string): string {
  const { t } = wordsFor(locale);
  const name = label(song, 40);
  return others > 0
    ? t('chat.offerMore', { song: name, count: others })
    : t('chat.offerSong', { song: name });
}

/** The message with the links, as its adapter sees it. */
export interface PastedLink {
  /** The channel, as `<platform>:<id>`. */
  readonly channel: string;
  /** Song links as questions, in order; at least one. */
  readonly songs: readonly string[];
  readonly mode: 'answer' | 'offer';
  context(): AnswerContext | Promise<AnswerContext>;
  /** Posts one small button. @returns false for a question that no button can carry, null where nothing was posted */
  offer(question: string, context: AnswerContext, offered: Offered): Promise<boolean | null>;
  /** @returns false where nothing was posted */
  post(answer: RecommendationsAnswer, context: AnswerContext): Promise<unknown>;
}

interface Reacting {
  readonly shared: { readonly state: StateStore };
  readonly counters: Counters;
  readonly cooldowns: { readonly channel: Cooldown };
}

/** Reacts to pasted links at most once for each link and channel, and not too often. */
export async function reactToLinks(bot: Reacting, pasted: PastedLink): Promise<void> {
  const { state } = bot.shared;
  const key = `seen:link:${hashOf(`${pasted.channel}:${pasted.songs.join(' + ')}`)}`;
  if (!(await state.setIfAbsent(key, 1, RESERVED_MS))) return bot.counters.count('link.repeated');
  let posted = false;
  try {
    posted = await react(bot, pasted);
  } finally {
    // Only what was posted counts as seen: a link that was refused or failed may come again.
    if (posted) await state.set(key, 1, LINK_TTL_MS);
    else await state.delete(key);
  }
}

/** @returns whether something was posted */
async function react({ counters, cooldowns }: Reacting, pasted: PastedLink): Promise<boolean> {
  const { channel, songs, mode, offer, post } = pasted;
  const passedOver = (reason: string) => {
    counters.count(reason);
    return false;
  };
  const taken = await cooldowns.channel.take(channel);
  if (!taken.ok) return passedOver('link.cooldown');
  const context = await pasted.context();
  const question = songs.join(' + ');
  const answer = await runCommand(movieFor, { song: question }, context);
  // Nobody asked, so nobody is told what could not be found, nor offered what can't be answered.
  if (answer.kind !== 'recommendations') return passedOver('link.no-films');
  if (mode === 'answer') return (await post(answer, context)) !== false;
  const whole = await offer(question, context, await offeredOf(songs, answer, context));
  if (whole !== false) return whole === true;
  // Several links may be more than a button carries: then it offers the first.
  const first = songs.length > 1 ? await runCommand(movieFor, { song: songs[0]! }, context) : answer;
  if (first.kind !== 'recommendations') return passedOver('link.no-films');
  const part = await offer(songs[0]!, context, {
    song: first.song.title,
    others: 0,
    token: first.token,
  });
  return part === true || passedOver(part === false ? 'link.too-long' : 'link.not-posted');
}

/** The first song by its name, and the number of the others. */
async function offeredOf(
  songs: readonly string[],
  answer: RecommendationsAnswer,
  context: AnswerContext,
): Promise<Offered> {
  const { token } = answer;
  if (songs.length === 1) return { song: answer.song.title, others: 0, token };
  const first = await runCommand(movieFor, { song: songs[0]! }, context);
  const song = first.kind === 'recommendations' ? first.song.title : answer.song.title;
  return { song, others: songs.length - 1, token };
}

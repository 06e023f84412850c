/** What happens under a link that somebody pasted without speaking to the bot: the same in every chat. */
import { runCommand } from '../../../commands/command.ts';
import { movieFor } from '../../../commands/movie-for.ts';
import type { RecommendationsAnswer } from '../../conversation/answer.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import { hashOf } from '../../shared/hash.ts';
import type { StateStore } from '../../state/store.ts';
import type { Cooldown } from './cooldown.ts';
import type { Counters } from './counters.ts';
import { firstTime } from './once.ts';

/** The same link in the same channel is reacted to once in this time. */
const LINK_TTL_MS = 6 * 3600_000;

/** The message with the links, as its adapter sees it. */
export interface PastedLink {
  /** The channel, as `<platform>:<id>`. */
  readonly channel: string;
  /** Song links as questions, in order; at least one. */
  readonly songs: readonly string[];
  readonly mode: 'answer' | 'offer';
  context(): AnswerContext | Promise<AnswerContext>;
  /** Posts one small button. @returns false for a question that no button can carry */
  offer(question: string, context: AnswerContext): Promise<boolean>;
  post(answer: RecommendationsAnswer, context: AnswerContext): Promise<void>;
}

/** Reacts to pasted links at most once for each link and channel, and not too often. */
export async function reactToLinks(
  bot: {
    readonly shared: { readonly state: StateStore };
    readonly counters: Counters;
    readonly cooldowns: { readonly channel: Cooldown };
  },
  { channel, songs, mode, context: makeContext, offer, post }: PastedLink,
): Promise<void> {
  const { counters, cooldowns, shared } = bot;
  const question = songs.join(' + ');
  if (!(await firstTime(shared.state, `link:${hashOf(`${channel}:${question}`)}`, LINK_TTL_MS)))
    return counters.count('link.repeated');
  const taken = await cooldowns.channel.take(channel);
  if (!taken.ok) return counters.count('link.cooldown');
  const context = await makeContext();
  if (mode === 'offer') {
    // Several links may be more than a button carries: then it offers the first.
    if ((await offer(question, context)) || (await offer(songs[0]!, context))) return;
    return counters.count('link.too-long');
  }
  const answer = await runCommand(movieFor, { song: question }, context);
  // Nobody asked, so nobody is told what could not be found.
  if (answer.kind !== 'recommendations') return counters.count('link.no-films');
  await post(answer, context);
}

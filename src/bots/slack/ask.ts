/** From what somebody wrote to an answer, and where such an answer is drawn. */

import type { AnyCommand } from '../../../commands/command.ts';
import { runCommand, runText } from '../../../commands/index.ts';
import { movieFor } from '../../../commands/movie-for.ts';
import { helpNotice } from '../../../commands/movie-help.ts';
import { parseTextForm } from '../../../commands/text-form.ts';
import type { Answer } from '../../conversation/answer.ts';
import type { AnswerContext } from '../../conversation/context.ts';
import { sorry } from '../../conversation/notices.ts';
import { questionIn } from '../common/pasted-links.ts';
import type { Bot } from './bot.ts';
import { type Asker, contextFor, isDirect, personOf } from './context.ts';
import type { View } from './render/view.ts';
import { settingsOf } from './settings.ts';

/** Answers a song with options: `hold on genre:horror`. A text that does not parse gets the help. */
export async function askSong(bot: Bot, text: string, context: AnswerContext): Promise<Answer> {
  // The song “Help!” is still found as `help!`.
  if (/^help$/i.test(text.trim())) return helpNotice(context, false, bot.command);
  const form = parseTextForm(movieFor, text);
  if (!form.ok) return helpNotice(context, form.problem !== 'empty', bot.command);
  return runCommand(movieFor, { ...form.values, song: questionIn(String(form.values.song ?? '')) }, context);
}

/** Answers a slash command. */
export function askCommand(
  bot: Bot,
  command: AnyCommand,
  text: string,
  context: AnswerContext,
): Promise<Answer> {
  return command === movieFor ? askSong(bot, text, context) : runText(command, text, context, bot.command);
}

/** What is said to somebody who asks too much at once; null while they may go on. */
export async function tooMany(bot: Bot, asker: Asker): Promise<Answer | null> {
  const taken = await bot.cooldowns.person.take(personOf(asker));
  if (taken.ok) return null;
  bot.counters.count('person.cooldown');
  return sorry(contextFor(bot, asker, true), 'sorry.tooMany', { seconds: taken.seconds });
}

/** Puts an answer on the list that its asker sees in the Home tab. */
export function remember(bot: Bot, asker: Asker, answer: Answer): void {
  if (answer.kind !== 'recommendations') return;
  bot.recent.add(personOf(asker), { heading: answer.heading, token: answer.token });
}

/** How an answer is drawn in the asker's channel. */
export async function viewFor(bot: Bot, asker: Asker, seenBy: View['seenBy']): Promise<View> {
  const { team, channel, user, locale } = asker;
  const drawn = channel && !isDirect(channel) ? await settingsOf(bot.shared.state, team, channel) : null;
  return { locale, seenBy, owner: user, layout: drawn?.layout ?? 'list' };
}

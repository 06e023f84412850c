/** What surrounds every question in Slack: the cool-down before it, and how its answer is drawn. */

import type { Answer } from '../../conversation/answer.ts';
import { sorry } from '../../conversation/notices.ts';
import type { Bot } from './bot.ts';
import { type Asker, contextFor, isDirect, personOf } from './context.ts';
import type { View } from './render/view.ts';
import { settingsOf } from './settings.ts';

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

/** Who may change a channel's settings, and telling the channel of a change. */
import { type MessageKey, wordsFor } from '../../i18n/index.ts';
import type { Bot } from './bot.ts';
import { mention } from './escape.ts';
import { noteFailure } from './failures.ts';
import { mrkdwn, section } from './render/kit.ts';
import { call } from './retry.ts';
import { type LinkChoice, managersOf } from './settings.ts';
import { isAdmin, type UserRef } from './users.ts';

type Asker = UserRef & { readonly locale: string };

/** Admins of the workspace, and whom they named. */
export async function mayManage(bot: Bot, asker: Asker): Promise<boolean> {
  const named = await managersOf(bot.shared.state, asker.team);
  return named.includes(asker.user) || isAdmin(bot, asker);
}

/** Says in the channel what somebody changed there; where the app is no member, nobody needs to know. Never throws. */
export async function tellChannel(bot: Bot, asker: Asker, channel: string, links: LinkChoice): Promise<void> {
  const { t } = wordsFor(asker.locale);
  const mode = t(`slack.mode.${links}` as MessageKey);
  const text = t('slack.changed', { user: mention(asker.user), mode });
  try {
    await call(() => asker.client.chat.postMessage({ channel, text, blocks: [section(mrkdwn(text))] }));
    bot.counters.count('settings.told');
  } catch (error) {
    noteFailure(bot, 'settings', error);
  }
}

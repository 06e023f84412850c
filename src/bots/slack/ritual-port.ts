/** The channel of Slack where somebody asks, for what comes there by itself. */
import type { RitualPort } from '../../conversation/ritual-port.ts';
import { wordsFor } from '../../i18n/index.ts';
import type { Bot } from './bot.ts';
import { mention } from './escape.ts';
import { kindOf, noteFailure } from './failures.ts';
import { mayManage } from './managers.ts';
import { mrkdwn, section } from './render/kit.ts';
import { call } from './retry.ts';
import type { UserRef } from './users.ts';

type Asker = UserRef & { readonly locale: string; readonly organisation: string | null };

/** Places in a workspace of an organisation name that, too: one token may serve all of it. */
const placeOf = (team: string, channel: string, organisation: string | null) =>
  ['slack', team, channel, ...(organisation ? [organisation] : [])].join(':');

/** The channel, for what comes there by itself. */
export function ritualPort(bot: Bot, asker: Asker, channel: string): RitualPort {
  return {
    place: placeOf(asker.team, channel, asker.organisation),
    manager: () => mayManage(bot, asker),
    managers: 'slack.admins',
    async tell(lines) {
      const { t } = wordsFor(asker.locale);
      const text = [t('ritual.told', { user: mention(asker.user) }), ...lines].join('\n');
      try {
        await call(() => asker.client.chat.postMessage({ channel, text, blocks: [section(mrkdwn(text))] }));
        return null;
      } catch (error) {
        if (kindOf(error) !== 'closed') throw error;
        noteFailure(bot, 'ritual', error);
        return t('ritual.notIn');
      }
    },
  };
}

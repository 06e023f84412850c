/** “Find films for this song” on a message. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { answerAbout } from '../../common/about-message.ts';
import type { Bot } from '../bot.ts';
import { FIND_FILMS } from '../constants.ts';
import { askerOf, contextFor, remember, tooMany, viewFor } from '../context.ts';
import { deliverAnswer, toAsker } from '../respond.ts';
import { seen, slackMessage } from '../seen.ts';

const schema = z.object({
  response_url: z.string(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  message: slackMessage,
});

export function registerShortcuts(app: App, bot: Bot): void {
  app.shortcut({ callback_id: FIND_FILMS, type: 'message_action' }, async (args) => {
    const chosen = schema.safeParse(args.body).data;
    if (!chosen) return bot.counters.count('shortcut.unreadable');
    const asker = await askerOf(bot, args, chosen.user.id, chosen.channel.id);
    const refused = await tooMany(bot, asker);
    const answer = refused ?? (await answerAbout(seen(chosen.message), contextFor(bot, asker, true)));
    remember(bot, asker, answer);
    const target = toAsker(chosen.response_url, chosen.message.thread_ts);
    await deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, 'alone'));
  });
}

/** Slash commands: answered to the asker, who may share the answer. */
import type { App } from '@slack/bolt';
import { askText } from '../../../../commands/index.ts';
import type { Bot } from '../bot.ts';
import { slashCommands } from '../constants.ts';
import { askerOf, contextFor, remember, tooMany, viewFor } from '../context.ts';
import { readText } from '../escape.ts';
import { type DeliveryTarget, deliverAnswer } from '../respond.ts';

export function registerCommands(app: App, bot: Bot): void {
  for (const [name, declared] of slashCommands(bot.command)) {
    app.command(name, async (args) => {
      const { command } = args;
      const asker = await askerOf(bot, args, command.user_id, command.channel_id);
      const target: DeliveryTarget = {
        kind: 'reply',
        url: command.response_url,
        mode: 'ephemeral',
        message: null,
        thread: null,
      };
      const refused = await tooMany(bot, asker);
      const context = contextFor(bot, asker, true);
      const text = readText(command.text ?? '');
      const answer = refused ?? (await askText(text, context, { command: declared, called: bot.command }));
      remember(bot, asker, answer);
      await deliverAnswer(bot, asker, target, answer, await viewFor(bot, asker, 'alone'));
    });
  }
}

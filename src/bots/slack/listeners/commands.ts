/** Slash commands: answered to the asker, who may share the answer. */
import type { App } from '@slack/bolt';
import type { AnyCommand } from '../../../../commands/command.ts';
import { askText } from '../../../../commands/index.ts';
import { parseTextForm } from '../../../../commands/text-form.ts';
import { parseYesNo } from '../../../conversation/filters/values.ts';
import type { Bot } from '../bot.ts';
import { slashCommands } from '../constants.ts';
import { askerOf, contextFor, remember, tooMany, viewFor } from '../context.ts';
import { readText } from '../escape.ts';
import { type DeliveryTarget, deliverAnswer } from '../respond.ts';

/** The text without the word that makes the answer public, and whether it asks for that. */
export function readPublic(text: string, declared: AnyCommand): { text: string; isPublic: boolean } {
  const word = /^(.*\S)\s+public$/isu.exec(text)?.[1];
  if (word !== undefined) return { text: word, isPublic: true };
  const form = parseTextForm(declared, text);
  const given = form.ok ? form.values.private : undefined;
  return { text, isPublic: typeof given === 'string' && parseYesNo(given) === false };
}

export function registerCommands(app: App, bot: Bot): void {
  for (const [name, declared] of slashCommands(bot.command)) {
    app.command(name, async (args) => {
      const { command } = args;
      const asker = await askerOf(bot, args, command.user_id, command.channel_id);
      const refused = await tooMany(bot, asker);
      const { text, isPublic } = readPublic(readText(command.text ?? ''), declared);
      const context = contextFor(bot, asker, !isPublic);
      const answer = refused ?? (await askText(text, context, { command: declared, called: bot.command }));
      remember(bot, asker, answer);
      // Only films are for all: a question back or an apology concerns the asker alone.
      const mode = isPublic && answer.kind === 'recommendations' && !answer.private ? 'public' : 'ephemeral';
      const url = command.response_url;
      const target: DeliveryTarget = { kind: 'reply', url, mode, message: null, thread: null };
      const view = await viewFor(bot, asker, mode === 'public' ? 'all' : 'alone');
      await deliverAnswer(bot, asker, target, answer, view);
    });
  }
}

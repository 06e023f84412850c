/** Slash commands: answered to the asker, who may share the answer. */
import type { App, SlashCommand } from '@slack/bolt';
import type { AnyCommand } from '../../../../commands/command.ts';
import { askText } from '../../../../commands/index.ts';
import { movieList } from '../../../../commands/movie-list.ts';
import { movieNow } from '../../../../commands/movie-now.ts';
import { myMoviesCommand } from '../../../../commands/my-movies.ts';
import { parseTextForm } from '../../../../commands/text-form.ts';
import { parseYesNo } from '../../../conversation/filters/values.ts';
import type { Bot } from '../bot.ts';
import { slashCommands } from '../constants.ts';
import { type Asker, askerOf, contextFor, remember, tooMany, viewFor } from '../context.ts';
import { readText } from '../escape.ts';
import { noteFailure } from '../failures.ts';
import type { Kept } from '../kept.ts';
import { noteKept } from '../people.ts';
import { typedOption } from '../render/ask.ts';
import { deliverAnswer, toAsker } from '../respond.ts';
import { openAsk } from './ask.ts';

/** The text without the word that makes the answer public, and whether it asks for that. */
export function readPublic(text: string, declared: AnyCommand): { text: string; isPublic: boolean } {
  const word = /^(.*\S)\s+public$/isu.exec(text)?.[1];
  if (word !== undefined) return { text: word, isPublic: true };
  const form = parseTextForm(declared, text);
  const given = form.ok ? form.values.private : undefined;
  return { text, isPublic: typeof given === 'string' && parseYesNo(given) === false };
}

/** Opens the window for a command without words. @returns false where none comes up: then words have to do */
async function opened(
  bot: Bot,
  asker: Asker,
  declared: AnyCommand,
  { trigger_id, response_url }: SlashCommand,
): Promise<boolean> {
  if (!typedOption(declared)) return false;
  try {
    await openAsk(bot, asker, declared, trigger_id, response_url);
    return true;
  } catch (error) {
    noteFailure(bot, 'ask', error);
    return false;
  }
}

/** What commands leave kept of whoever gave them. */
const KEPT_BY = new Map<AnyCommand, Kept>([
  [movieList, 'films'],
  [myMoviesCommand, 'taste'],
  [movieNow, 'listening'],
]);

export function registerCommands(app: App, bot: Bot): void {
  for (const [name, declared] of slashCommands(bot.command)) {
    app.command(name, async (args) => {
      const { command } = args;
      const asker = await askerOf(bot, args, command.user_id, command.channel_id);
      const refused = await tooMany(bot, asker);
      const { text, isPublic: asked } = readPublic(readText(command.text ?? ''), declared);
      const isPublic = asked || declared.forAll === true;
      const context = contextFor(bot, asker, !isPublic);
      if (!refused && text === '' && (await opened(bot, asker, declared, command))) return;
      const answer = refused ?? (await askText(text, context, { command: declared, called: bot.command }));
      remember(bot, asker, answer);
      const kept = KEPT_BY.get(declared);
      if (kept) await noteKept(bot.shared.state, asker, kept);
      // Only films and film nights are for all: a question back or an apology concerns the asker alone.
      const forAll =
        answer.kind === 'recommendations' || (answer.kind === 'notice' && answer.night !== undefined);
      const mode = isPublic && forAll && !answer.private ? 'public' : 'ephemeral';
      const target = toAsker(command.response_url, null, mode);
      const view = await viewFor(bot, asker, mode === 'public' ? 'all' : 'alone');
      await deliverAnswer(bot, asker, target, answer, view);
    });
  }
}

/** Slash commands, the command in a message's menu, and the lists while somebody types. */
import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  CommandInteractionOption,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { AnyCommand } from '../../../../commands/command.ts';
import { runCommand } from '../../../../commands/command.ts';
import { commandNamed } from '../../../../commands/index.ts';
import { movieSettings } from '../../../../commands/movie-settings.ts';
import { MOST_CSV } from '../../../conversation/letterboxd.ts';
import { sorry } from '../../../conversation/notices.ts';
import { type AttachedFile, MAX_SUGGESTIONS, type Suggestion } from '../../../conversation/options.ts';
import { request } from '../../../shared/http.ts';
import { answerAbout } from '../../common/about-message.ts';
import { withMoreSongs } from '../../common/engine-view.ts';
import { label } from '../../common/text.ts';
import type { Bot } from '../bot.ts';
import { interactionContext } from '../context.ts';
import { noteFailure } from '../failures.ts';
import { max } from '../limits.ts';
import { publicMode, replyWith } from '../reply.ts';
import { answerInTime } from '../respond.ts';
import { seen } from '../seen.ts';
import { onSettingsCommand } from './settings.ts';

/** Answers a slash command. */
export async function onCommand(bot: Bot, interaction: ChatInputCommandInteraction): Promise<void> {
  const command: AnyCommand | undefined = commandNamed(interaction.commandName);
  const given = interaction.options.data;
  const raw = Object.fromEntries(given.map(({ name, value }) => [name, value]));
  if (command?.name === movieSettings.name) return onSettingsCommand(bot, interaction, raw);
  const isPrivate = command?.alwaysPrivate !== false || raw.private === true;
  const mode = isPrivate ? 'ephemeral' : await publicMode(bot, interaction);
  await answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, mode === 'ephemeral');
    if (!command) return replyWith(bot, interaction, sorry(context, 'sorry.token'), 'ephemeral');
    if (command.forAll && mode === 'ephemeral') {
      return replyWith(bot, interaction, sorry(context, 'chat.notHere'), mode);
    }
    const values = { ...raw, ...(await attachedFiles(given)) };
    return replyWith(bot, interaction, await runCommand(command, values, context), mode);
  });
}

/** Milliseconds that a file may take to come. */
const FILE_MS = 10_000;

/** Attached files by option, with their text; a file that is too large or does not come has none. */
async function attachedFiles(
  given: readonly CommandInteractionOption[],
): Promise<Record<string, AttachedFile>> {
  const files: Record<string, AttachedFile> = {};
  for (const { name, attachment } of given) {
    if (!attachment) continue;
    const call = { source: 'Discord', url: attachment.url, timeoutMs: FILE_MS, maxBytes: MOST_CSV };
    const read = attachment.size > MOST_CSV ? null : await request(call).catch(() => null);
    files[name] = { name: attachment.name, text: read?.status === 200 ? read.text : '' };
  }
  return files;
}

/** Answers “Find films for this song” for the message it was chosen on. */
export async function onMenu(bot: Bot, interaction: MessageContextMenuCommandInteraction): Promise<void> {
  const mode = await publicMode(bot, interaction);
  await answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, mode === 'ephemeral');
    return replyWith(bot, interaction, await answerAbout(seen(interaction.targetMessage), context), mode);
  });
}

/** At most 25 choices that Discord takes, each value once. */
export function choicesFrom(suggestions: readonly Suggestion[]): { name: string; value: string }[] {
  const choices = new Map<string, { name: string; value: string }>();
  for (const { label: name, value } of suggestions) {
    if (choices.size === MAX_SUGGESTIONS) break;
    if (value === '' || value.length > max('choiceValue') || choices.has(value)) continue;
    choices.set(value, { name: label(name, max('choiceName')), value });
  }
  return [...choices.values()];
}

/** Answers the list below an option; whatever goes wrong, with an empty one. */
export async function onTyping(bot: Bot, interaction: AutocompleteInteraction): Promise<void> {
  let suggestions: readonly Suggestion[] = [];
  try {
    const { name, value } = interaction.options.getFocused(true);
    const option = commandNamed(interaction.commandName)?.options[name];
    const taken = await bot.cooldowns.typing.take(interaction.user.id);
    if (option?.autocomplete && taken.ok) {
      const context = await interactionContext(bot, interaction, true);
      const engine = () => withMoreSongs(context.engine(), MAX_SUGGESTIONS);
      suggestions = await option.autocomplete(String(value), { ...context, engine });
    }
  } catch (error) {
    noteFailure(bot, 'suggest', error);
  }
  try {
    await interaction.respond(choicesFrom(suggestions));
  } catch (error) {
    noteFailure(bot, 'autocomplete', error);
  }
}

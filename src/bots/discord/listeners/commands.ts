/** Slash commands, the command in a message's menu, and the lists while somebody types. */
import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { AnyCommand } from '../../../../commands/command.ts';
import { runCommand } from '../../../../commands/command.ts';
import { commandNamed } from '../../../../commands/index.ts';
import { movieSettings } from '../../../../commands/movie-settings.ts';
import { sorry } from '../../../conversation/notices.ts';
import { MAX_SUGGESTIONS, type Suggestion } from '../../../conversation/options.ts';
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
  const raw = Object.fromEntries(interaction.options.data.map(({ name, value }) => [name, value]));
  if (command?.name === movieSettings.name) return onSettingsCommand(bot, interaction, raw);
  const isPrivate = command?.alwaysPrivate !== false || raw.private === true;
  const mode = isPrivate ? 'ephemeral' : await publicMode(bot, interaction);
  await answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, mode === 'ephemeral');
    if (!command) return replyWith(bot, interaction, sorry(context, 'sorry.token'), 'ephemeral');
    if (command.forAll && mode === 'ephemeral') {
      return replyWith(bot, interaction, sorry(context, 'chat.notHere'), mode);
    }
    return replyWith(bot, interaction, await runCommand(command, raw, context), mode);
  });
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

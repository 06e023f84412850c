/** Slash commands, the command in a message's menu, and the lists while somebody types. */
import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Message,
  type MessageContextMenuCommandInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import type { AnyCommand } from '../../../../commands/command.ts';
import { runCommand } from '../../../../commands/command.ts';
import { commandNamed } from '../../../../commands/index.ts';
import { movieFor } from '../../../../commands/movie-for.ts';
import { sorry } from '../../../conversation/notices.ts';
import { MAX_SUGGESTIONS, type Suggestion } from '../../../conversation/options.ts';
import { questionIn } from '../../../conversation/pasted-links.ts';
import type { ChannelContext, ChannelSettingsPort } from '../../../conversation/settings.ts';
import { changeSettings, channelSettings } from '../../../conversation/settings.ts';
import { withMoreSongs } from '../../common/engine-view.ts';
import { label } from '../../common/text.ts';
import type { Bot } from '../bot.ts';
import { interactionContext, isAgeRestricted, settingsKey } from '../context.ts';
import { noteFailure } from '../failures.ts';
import { max } from '../limits.ts';
import { replyWith } from '../reply.ts';
import { answerInTime } from '../respond.ts';

/** The channel for `/movie-settings`; none outside servers. */
function settingsPort(bot: Bot, interaction: ChatInputCommandInteraction): ChannelSettingsPort | null {
  const { channel, channelId, guildId, memberPermissions } = interaction;
  if (!guildId || !channelId) return null;
  const { state } = bot.shared;
  const key = settingsKey(channel, channelId);
  return {
    manager:
      memberPermissions?.any([PermissionFlagsBits.ManageChannels, PermissionFlagsBits.ManageGuild]) === true,
    ageRestricted: isAgeRestricted(channel),
    readsMessages: bot.readsMessages,
    read: () => channelSettings(state, key),
    write: (change) => changeSettings(state, key, change),
  };
}

/** Answers a slash command. */
export async function onCommand(bot: Bot, interaction: ChatInputCommandInteraction): Promise<void> {
  const command: AnyCommand | undefined = commandNamed(interaction.commandName);
  const raw = Object.fromEntries(interaction.options.data.map(({ name, value }) => [name, value]));
  const isPrivate = command?.alwaysPrivate !== false || raw.private === true;
  const mode = isPrivate ? 'ephemeral' : 'public';
  await answerInTime(bot, interaction, mode, async () => {
    const context = await interactionContext(bot, interaction, isPrivate);
    if (!command) return replyWith(interaction, sorry(context, 'sorry.token'), 'ephemeral');
    const channel = settingsPort(bot, interaction);
    const here: ChannelContext = channel ? { ...context, channel } : context;
    return replyWith(interaction, await runCommand(command, raw, here), mode);
  });
}

/** What a message says: its words, else where its embeds lead. */
function textOf(message: Message): string {
  const { content, embeds, messageSnapshots } = message;
  const forwarded = messageSnapshots?.first()?.content ?? '';
  return content || forwarded || embeds.map((embed) => embed.url ?? '').join(' ');
}

/** Answers “Find films for this song” for the message it was chosen on. */
export async function onMenu(bot: Bot, interaction: MessageContextMenuCommandInteraction): Promise<void> {
  const song = questionIn(textOf(interaction.targetMessage));
  await answerInTime(bot, interaction, 'public', async () => {
    const context = await interactionContext(bot, interaction, false);
    const answer =
      song === '' ? sorry(context, 'chat.noSong') : await runCommand(movieFor, { song }, context);
    return replyWith(interaction, answer, 'public');
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

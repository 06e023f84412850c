/** `/movie-settings`: shown to all, changed by managers, by options or in a panel; the channel is told of a change. */
import { type ChatInputCommandInteraction, type MessageComponentInteraction, MessageFlags } from 'discord.js';
import { runCommand } from '../../../../commands/command.ts';
import { movieSettings } from '../../../../commands/movie-settings.ts';
import { sorry } from '../../../conversation/notices.ts';
import {
  type ChannelSettingsPort,
  changeSettings,
  DEFAULT_SETTINGS,
  LINK_MODES,
  ownSettings,
  type SettingsChange,
} from '../../../conversation/settings.ts';
import type { Bot } from '../bot.ts';
import { interactionContext, isAgeRestricted } from '../context.ts';
import { noteFailure } from '../failures.ts';
import { managesChannel } from '../permissions.ts';
import { changedText, INHERIT, type Panel, renderPanel } from '../render/settings.ts';
import { replyWith } from '../reply.ts';
import { type Answerable, answerInTime, edited } from '../respond.ts';
import {
  changeServer,
  LOOKS,
  placeSettings,
  type ServerSettings,
  serverSettings,
  settingsKey,
} from '../settings.ts';

/** The channel as the command sees it; none outside servers. @param written told once something was changed */
function settingsPort(bot: Bot, interaction: Answerable, written: () => void): ChannelSettingsPort | null {
  const { channel, channelId, guildId } = interaction;
  if (!guildId || !channelId) return null;
  const { state } = bot.shared;
  return {
    manager: managesChannel(interaction),
    ageRestricted: isAgeRestricted(channel),
    readsMessages: bot.readsMessages,
    read: () => placeSettings(state, guildId, channel, channelId),
    write: async (change) => {
      const { links } = await serverSettings(state, guildId);
      // The command takes no mode but Discord's here.
      const now = await changeSettings(state, settingsKey(channel, channelId), change as SettingsChange, {
        ...DEFAULT_SETTINGS,
        links,
      });
      written();
      return now;
    },
  };
}

async function panelOf(bot: Bot, interaction: Answerable, guild: string): Promise<Panel> {
  const { channel, channelId } = interaction;
  const { state } = bot.shared;
  return {
    own: await ownSettings(state, settingsKey(channel, channelId ?? '')),
    server: await serverSettings(state, guild),
    ageRestricted: isAgeRestricted(channel),
    readsMessages: bot.readsMessages,
  };
}

/** Says in the channel what somebody changed there. */
async function tell(bot: Bot, interaction: Answerable, field: string, panel: Panel): Promise<void> {
  try {
    const locale = interaction.guildLocale ?? interaction.locale;
    const content = changedText(field, panel, interaction.user.id, locale);
    await interaction.followUp({ content, flags: [MessageFlags.SuppressNotifications] });
  } catch (error) {
    noteFailure(bot, 'settings', error);
  }
}

/** Answers the command: with a panel to managers who set nothing by options, else in words. */
export async function onSettingsCommand(
  bot: Bot,
  interaction: ChatInputCommandInteraction,
  raw: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { guildId } = interaction;
  const written = new Set<string>();
  await answerInTime(bot, interaction, 'ephemeral', async () => {
    const context = await interactionContext(bot, interaction, true);
    if (guildId && Object.keys(raw).length === 0 && managesChannel(interaction)) {
      const message = renderPanel(await panelOf(bot, interaction, guildId), interaction.locale);
      return { mode: 'ephemeral', message };
    }
    const channel = settingsPort(bot, interaction, () => {
      for (const field of Object.keys(raw)) written.add(field);
    });
    const here = channel ? { ...context, channel } : context;
    return replyWith(bot, interaction, await runCommand(movieSettings, raw, here), 'ephemeral');
  });
  if (!guildId) return;
  for (const field of written) await tell(bot, interaction, field, await panelOf(bot, interaction, guildId));
}

type Change =
  | { readonly of: 'channel'; readonly change: SettingsChange }
  | { readonly of: 'server'; readonly change: Partial<ServerSettings> };

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | null =>
  all.find((one) => one === value) ?? null;

/** What a choice in the panel changes; null for what it can't say. */
function changeOf(field: string, values: readonly string[], panel: Panel): Change | null {
  const [value] = values;
  const mode = oneOf(LINK_MODES, value);
  switch (field) {
    case 'links':
      if (value === INHERIT) return { of: 'channel', change: { links: null } };
      return mode && { of: 'channel', change: { links: mode } };
    case 'adult':
      return { of: 'channel', change: { adult: panel.own.adult !== true } };
    case 'server-links':
      return mode && { of: 'server', change: { links: mode } };
    case 'look': {
      const look = oneOf(LOOKS, value);
      return look && { of: 'server', change: { look } };
    }
    case 'allowed':
      return { of: 'server', change: { allowed: values } };
    default:
      return null;
  }
}

/** Acts on a choice in the panel. @param field which menu of it */
export async function onSettings(
  bot: Bot,
  interaction: MessageComponentInteraction,
  field: string,
): Promise<void> {
  const { guildId, channel, channelId } = interaction;
  const { state } = bot.shared;
  const refuse = (key: 'chat.settings.managers' | 'sorry.token') =>
    answerInTime(bot, interaction, 'ephemeral', async () => {
      const context = await interactionContext(bot, interaction, true);
      return replyWith(bot, interaction, sorry(context, key), 'ephemeral');
    });
  if (!guildId || !managesChannel(interaction)) return refuse('chat.settings.managers');
  const values = interaction.isAnySelectMenu() ? interaction.values : [];
  const chosen = changeOf(field, values, await panelOf(bot, interaction, guildId));
  if (!chosen) return refuse('sorry.token');
  if (chosen.of === 'server') await changeServer(state, guildId, chosen.change);
  else await changeSettings(state, settingsKey(channel, channelId), chosen.change);
  const panel = await panelOf(bot, interaction, guildId);
  try {
    await interaction.update(edited(renderPanel(panel, interaction.locale)));
    await tell(bot, interaction, field, panel);
  } catch (error) {
    noteFailure(bot, 'settings', error);
  }
}

/** The neutral context of an interaction or a message. */
import { type BaseInteraction, type Channel, InteractionContextType, type Message } from 'discord.js';
import type { ChannelContext, ChannelSettings } from '../../conversation/settings.ts';
import { channelSettings } from '../../conversation/settings.ts';
import type { MatchEngine } from '../../engine/types.ts';
import { withUnfit } from '../common/engine-view.ts';
import type { Bot } from './bot.ts';

/** Whether a channel, or the one its thread belongs to, is marked as age-restricted. */
export function isAgeRestricted(channel: Channel | null): boolean {
  if (!channel) return false;
  if (channel.isThread()) return channel.parent?.nsfw === true;
  return 'nsfw' in channel && channel.nsfw === true;
}

/** Settings are the channel's; a thread has those of its channel. */
export function settingsKey(channel: Channel | null, channelId: string): string {
  const id = channel?.isThread() ? (channel.parentId ?? channel.id) : channelId;
  return `discord:${id}`;
}

/** Only the asker and the bot are there. */
export const isDirect = (interaction: BaseInteraction) =>
  interaction.context === InteractionContextType.BotDM ||
  (interaction.context === null && interaction.guildId === null);

function engineOf(bot: Bot, adult: boolean): () => MatchEngine {
  const { engine } = bot.shared;
  return adult ? () => withUnfit(engine()) : engine;
}

interface Asked {
  readonly locale: string;
  readonly user: string;
  readonly private: boolean;
  readonly channel: Channel | null;
  readonly settings: ChannelSettings | null;
}

function contextFor(bot: Bot, asked: Asked): ChannelContext {
  const ageRestricted = isAgeRestricted(asked.channel);
  return {
    ...bot.shared,
    engine: engineOf(bot, ageRestricted && asked.settings?.adult === true),
    locale: asked.locale,
    user: `discord:${asked.user}`,
    audience: { private: asked.private, ageRestricted },
  };
}

/** The context of an interaction. @param isPrivate whether the answer is the asker's alone */
export async function interactionContext(
  bot: Bot,
  interaction: BaseInteraction,
  isPrivate: boolean,
): Promise<ChannelContext> {
  const { channel, channelId, guildId, locale, user } = interaction;
  const settings =
    guildId && channelId ? await channelSettings(bot.shared.state, settingsKey(channel, channelId)) : null;
  return contextFor(bot, { locale, user: user.id, private: isPrivate, channel, settings });
}

/** The context of a message: its server's language, as a message does not tell its author's. */
export async function messageContext(bot: Bot, message: Message): Promise<ChannelContext> {
  const { channel, channelId, guild } = message;
  const settings = guild ? await channelSettings(bot.shared.state, settingsKey(channel, channelId)) : null;
  const locale = guild?.preferredLocale ?? 'en-US';
  return contextFor(bot, { locale, user: message.author.id, private: false, channel, settings });
}

/** The neutral context of an interaction or a message. */
import {
  type BaseInteraction,
  type Channel,
  InteractionContextType,
  Locale,
  type Message,
  PermissionFlagsBits,
} from 'discord.js';
import { lastLocale } from '../../conversation/last-locale.ts';
import type { ChannelContext, ChannelSettings } from '../../conversation/settings.ts';
import type { MatchEngine } from '../../engine/types.ts';
import { withUnfit } from '../common/engine-view.ts';
import type { Bot } from './bot.ts';
import { nightPort } from './night-port.ts';
import { ritualPort } from './ritual-port.ts';
import { placeSettings } from './settings.ts';

/** Whether a channel, or the one its thread belongs to, is marked as age-restricted. */
export function isAgeRestricted(channel: Channel | null): boolean {
  if (!channel) return false;
  if (channel.isThread()) return channel.parent?.nsfw === true;
  return 'nsfw' in channel && channel.nsfw === true;
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
  /** As the server shows it. */
  readonly name: string | null;
  readonly manages?: () => boolean;
  readonly private: boolean;
  readonly channel: Channel | null;
  readonly settings: ChannelSettings | null;
  readonly guild: string | null;
  readonly delivery: string;
}

function contextFor(bot: Bot, asked: Asked): ChannelContext {
  const ageRestricted = isAgeRestricted(asked.channel);
  return {
    ...bot.shared,
    engine: engineOf(bot, ageRestricted && asked.settings?.adult === true),
    locale: asked.locale,
    options: 'fields',
    user: `discord:${asked.user}`,
    name: asked.name,
    delivery: `discord:${asked.delivery}`,
    ...(asked.manages && { manages: asked.manages }),
    community: asked.guild && `discord:${asked.guild}`,
    audience: { private: asked.private, ageRestricted },
  };
}

/** What somebody is called in the server; null where they have no name of their own there. */
function nicknameOf({ member }: BaseInteraction): string | null {
  if (!member) return null;
  return 'displayName' in member ? member.displayName : (member.nick ?? null);
}

/** The context of an interaction. @param isPrivate whether the answer is the asker's alone */
export async function interactionContext(
  bot: Bot,
  interaction: BaseInteraction,
  isPrivate: boolean,
): Promise<ChannelContext> {
  const { channel, channelId, guildId, locale, user } = interaction;
  const { state } = bot.shared;
  const settings = guildId && channelId ? await placeSettings(state, guildId, channel, channelId) : null;
  const name = nicknameOf(interaction) ?? user.displayName;
  const manages = () => interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;
  const rituals = ritualPort(bot, interaction);
  const context = contextFor(bot, {
    locale,
    user: user.id,
    name,
    manages,
    private: isPrivate,
    channel,
    settings,
    guild: guildId,
    delivery: interaction.id,
  });
  const nights = nightPort(bot, interaction);
  const playing = bot.playing?.(user.id) ?? null;
  return { ...context, ...(playing && { playing }), ...(rituals && { rituals }), ...(nights && { nights }) };
}

/**
 * The context of a message, which does not tell its author's language: the one they last used with a command or a
 * button, else their server's.
 */
export async function messageContext(bot: Bot, message: Message): Promise<ChannelContext> {
  const { author, channel, channelId, guild } = message;
  const { state } = bot.shared;
  const settings = guild ? await placeSettings(state, guild.id, channel, channelId) : null;
  const locale =
    (await lastLocale(`discord:${author.id}`, state)) ?? guild?.preferredLocale ?? Locale.EnglishUS;
  return contextFor(bot, {
    locale,
    user: author.id,
    name: message.member?.displayName ?? author.displayName,
    private: false,
    channel,
    settings,
    guild: guild?.id ?? null,
    delivery: message.id,
  });
}

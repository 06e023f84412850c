/** The channel of an interaction, for what comes there by itself: who may change it, and whether it can be posted to. */
import { type BaseInteraction, MessageFlags, type SendableChannels } from 'discord.js';
import type { RitualPort } from '../../conversation/ritual-port.ts';
import { wordsFor } from '../../i18n/index.ts';
import type { Bot } from './bot.ts';
import { escaped } from './escape.ts';
import { noteFailure } from './failures.ts';
import { managesChannel, missingForReply, type NeededPermission } from './permissions.ts';
import { placeSettings, settledChannel } from './settings.ts';

/** What the bot needs to post five films. */
const VITAL: ReadonlySet<NeededPermission> = new Set(['ViewChannel', 'SendMessages', 'EmbedLinks']);

/** The channel, or why nothing can be posted there: permissions that are missing, or that managers want it elsewhere. */
export async function ritualChannel(
  bot: Bot,
  guild: string,
  id: string,
): Promise<SendableChannels | { missing: readonly NeededPermission[] } | 'elsewhere'> {
  const channel = await bot.client.channels.fetch(id).catch((error: unknown) => {
    noteFailure(bot, 'ritual', error);
    return null;
  });
  if (!channel?.isSendable() || channel.isDMBased()) return { missing: ['ViewChannel', 'SendMessages'] };
  const may = channel.permissionsFor(channel.guild.members.me ?? bot.client.user!.id);
  const missing = may ? missingForReply(may, false).filter((name) => VITAL.has(name)) : [];
  if (missing.length > 0) return { missing };
  const { isAllowed } = await placeSettings(bot.shared.state, guild, channel, id);
  return isAllowed ? channel : 'elsewhere';
}

/** The channel of an interaction, for what comes there by itself; none outside servers. */
export function ritualPort(bot: Bot, interaction: BaseInteraction): RitualPort | null {
  const { channel, channelId, guildId, locale, user } = interaction;
  if (!guildId || !channelId) return null;
  const id = settledChannel(channel, channelId);
  return {
    place: `discord:${guildId}:${id}`,
    manager: () => managesChannel(interaction),
    managers: 'chat.settings.managers',
    async tell(lines) {
      const { t, list } = wordsFor(locale);
      const found = await ritualChannel(bot, guildId, id);
      if (found === 'elsewhere') return t('chat.notHere');
      if ('missing' in found) {
        const permissions = list(found.missing.map((name) => t(`chat.permission.${name}`)));
        return t('ritual.need', { permissions });
      }
      const content = [t('ritual.told', { user: `<@${user.id}>` }), ...lines.map(escaped)].join('\n');
      await found.send({
        content,
        flags: [MessageFlags.SuppressNotifications],
        allowedMentions: { parse: [] },
      });
      return null;
    },
  };
}

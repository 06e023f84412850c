/** What a channel of Discord offers a film night: a poll of its own, and an event of the server. */
import {
  type BaseInteraction,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { NightPort, Refused } from '../../conversation/night-port.ts';
import { wordsFor } from '../../i18n/index.ts';
import type { Bot } from './bot.ts';
import { noteFailure } from './failures.ts';

/** Hours that a poll takes votes: as long as a film night lasts. */
const POLL_HOURS = 24;

/** What the bot needs, and whoever asks: nobody gets more done through it than by themselves. */
const NEEDED = {
  poll: { bot: ['SendMessages', 'SendPolls'], person: ['SendPolls'] },
  event: { bot: ['CreateEvents'], person: ['CreateEvents'] },
} as const;

type Needed = 'SendMessages' | 'SendPolls' | 'CreateEvents';

/** In a server; elsewhere there are neither. */
export function nightPort(bot: Bot, interaction: BaseInteraction): NightPort | null {
  const { guildId, channelId, channel, locale } = interaction;
  const guild = guildId && bot.client.guilds.cache.get(guildId);
  if (!guild || !channelId) return null;
  const missing = (what: keyof typeof NEEDED): Refused | null => {
    const { t, list } = wordsFor(locale);
    const named = (needed: readonly Needed[], has: typeof interaction.appPermissions | null) =>
      needed.filter((name) => !has?.has(PermissionFlagsBits[name]));
    const words = (names: readonly Needed[]) => list(names.map((name) => t(`chat.permission.${name}`)));
    const mine = named(NEEDED[what].bot, interaction.appPermissions);
    if (mine.length > 0) return { refused: t('night.needMe', { permissions: words(mine) }) };
    const theirs = named(NEEDED[what].person, interaction.memberPermissions);
    return theirs.length > 0 ? { refused: t('night.needYou', { permissions: words(theirs) }) } : null;
  };
  const pollOf = async (place: string) => {
    const [id = '', message = ''] = place.split(':');
    const found = await bot.client.channels.fetch(id);
    return found?.isTextBased()
      ? ((await found.messages.fetch({ message, force: true })).poll ?? null)
      : null;
  };
  return {
    where: channel && 'name' in channel && channel.name ? `#${channel.name}` : guild.name,
    async poll(question, answers) {
      const refused = missing('poll');
      if (refused) return refused;
      const place = await bot.client.channels.fetch(channelId);
      if (!place?.isSendable()) return { refused: wordsFor(locale).t('night.pollFailed') };
      const posted = await place.send({
        poll: {
          question: { text: question },
          answers: answers.map((text) => ({ text })),
          duration: POLL_HOURS,
          allowMultiselect: false,
        },
        flags: MessageFlags.SuppressNotifications,
      });
      return { place: `${channelId}:${posted.id}` };
    },
    async endPoll(place) {
      try {
        const poll = await pollOf(place);
        if (!poll) return null;
        if (!poll.resultsFinalized && (poll.expiresTimestamp ?? 0) > Date.now()) await poll.end();
        const ended = (await pollOf(place)) ?? poll;
        return [...ended.answers.values()].map(({ voteCount }) => voteCount);
      } catch (error) {
        noteFailure(bot, 'poll', error);
        return null;
      }
    },
    async plan({ name, description, starts, ends, where }) {
      const refused = missing('event');
      if (refused) return refused;
      const { id, url } = await guild.scheduledEvents.create({
        name,
        description,
        scheduledStartTime: starts,
        scheduledEndTime: ends,
        privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
        entityType: GuildScheduledEventEntityType.External,
        entityMetadata: { location: where },
      });
      return { id, url };
    },
    async unplan(id) {
      await guild.scheduledEvents.delete(id).catch((error) => noteFailure(bot, 'event', error));
    },
  };
}

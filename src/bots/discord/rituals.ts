/** Sending what is due in Discord, without a sound. */
import { MessageFlags } from 'discord.js';
import type { AnswerContext } from '../../conversation/context.ts';
import { localTime, type Ritual } from '../../conversation/rituals.ts';
import { hashOf } from '../../shared/hash.ts';
import type { RitualSender } from '../common/ritual-clock.ts';
import type { Bot } from './bot.ts';
import { noteFailure } from './failures.ts';
import { ownerSeal } from './message-ownership.ts';
import { draw } from './render/draw.ts';
import { payload } from './respond.ts';
import { ritualChannel } from './ritual-port.ts';
import { placeSettings } from './settings.ts';

const PLATFORM = 'discord';
/** Longest nonce that Discord takes. */
const NONCE = 25;

const partsOf = (place: string) => {
  const [, guild = '', channel = ''] = place.split(':');
  return { guild, channel };
};

/** How this process sends what is due in the servers that it is connected to. */
export function discordRituals(bot: Bot): RitualSender {
  return {
    state: bot.shared.state,
    counters: bot.counters,
    platform: PLATFORM,
    reaches: (place) => bot.client.guilds.cache.has(partsOf(place).guild),
    contextOf: ({ place, locale }): AnswerContext => ({
      ...bot.shared,
      locale,
      options: 'fields',
      user: null,
      community: `${PLATFORM}:${partsOf(place).guild}`,
      audience: { private: false, ageRestricted: false },
    }),
    async send({ place, locale, zone }: Ritual, answer) {
      const { guild, channel: id } = partsOf(place);
      const channel = await ritualChannel(bot, guild, id);
      if (channel === 'elsewhere' || 'missing' in channel) throw new Error('nothing can be posted there');
      const { look } = await placeSettings(bot.shared.state, guild, null, id);
      // Nobody's in particular: whoever presses gets an answer of their own.
      const seal = await ownerSeal(bot, place);
      const view = { locale, ephemeral: false, seal, look, commandIds: bot.commandIds };
      const may = channel.isDMBased() ? null : channel.permissionsFor(bot.client.user!.id);
      const drawn = await draw(answer, view, may);
      // Discord gives back the message that it has already, where a request is sent again.
      const nonce = hashOf(`${place} ${localTime(Date.now(), zone).date} ${answer.kind}`, NONCE);
      await channel.send({
        ...payload(drawn, MessageFlags.SuppressNotifications as const),
        nonce,
        enforceNonce: true,
      });
    },
    failed: (error) => void noteFailure(bot, 'ritual', error),
  };
}

/** Sending what is due in Slack. */
import type { WebClient } from '@slack/web-api';
import type { Ritual } from '../../conversation/rituals.ts';
import type { RitualSender } from '../common/ritual-clock.ts';
import type { Bot } from './bot.ts';
import { type Asker, contextFor, viewFor } from './context.ts';
import { noteFailure } from './failures.ts';
import { hasLeft } from './leaving.ts';
import { deliverAnswer } from './respond.ts';

const PLATFORM = 'slack';

function partsOf(place: string): { team: string; channel: string; organisation: string | null } {
  const [, team = '', channel = '', organisation = null] = place.split(':');
  return { team, channel, organisation };
}

/** @param clientOf the client of a workspace. @throws where the app is not installed there */
export function slackRituals(
  bot: Bot,
  clientOf: (team: string, organisation: string | null) => Promise<WebClient>,
): RitualSender {
  const nobody = ({ place, locale }: Ritual): Omit<Asker, 'client'> => ({
    ...partsOf(place),
    user: '',
    locale,
    name: null,
    botUser: null,
    delivery: null,
  });
  return {
    state: bot.shared.state,
    counters: bot.counters,
    platform: PLATFORM,
    reaches: async (place) => !(await hasLeft(bot.shared.state, partsOf(place).team)),
    contextOf: (ritual) => ({
      // Nothing is asked of Slack for it.
      ...contextFor(bot, { ...nobody(ritual), client: null as never }, false),
      user: null,
    }),
    async send(ritual, answer) {
      const { team, channel, organisation } = partsOf(ritual.place);
      const asker: Asker = { ...nobody(ritual), client: await clientOf(team, organisation) };
      // Nobody's in particular: whoever presses gets an answer of their own.
      const view = { ...(await viewFor(bot, asker, 'all')), owner: 'nobody' };
      await deliverAnswer(bot, asker, { kind: 'post', channel, thread: null }, answer, view);
    },
    failed: (error) => noteFailure(bot, 'ritual', error),
  };
}

/** Who asks where, and the neutral context of their answer. */
import type { WebClient } from '@slack/web-api';
import {
  type ChannelContext,
  type ChannelSettingsPort,
  changeSettings,
  channelSettings,
} from '../../conversation/settings.ts';
import type { Bot } from './bot.ts';
import { channelKey, setLinks } from './settings.ts';

/** Who asks where. Ids are Slack's own, from payloads that are signed or came over its socket. */
export interface Asker {
  readonly client: WebClient;
  readonly team: string;
  readonly user: string;
  /** Null in the Home tab and in modals opened from it. */
  readonly channel: string | null;
  /** BCP 47, such as `en-GB`. */
  readonly locale: string;
  /** The app's own user, where it is known. */
  readonly botUser: string | null;
  /** Scopes of the installation; null where Slack did not say. */
  readonly scopes: readonly string[] | null;
}

/** The name under which votes and cool-downs know a person. */
export const personOf = ({ team, user }: Pick<Asker, 'team' | 'user'>) => `slack:${team}:${user}`;

/** A direct conversation: nobody else is there. */
export const isDirect = (channel: string | null) => channel?.startsWith('D') === true;

function settingsPort(bot: Bot, team: string, channel: string): ChannelSettingsPort {
  const { state } = bot.shared;
  const key = channelKey(team, channel);
  return {
    // Slack has no right to manage a channel below administrators': whoever is in it may set how it is used.
    manager: true,
    ageRestricted: false,
    readsMessages: true,
    read: () => channelSettings(state, key),
    write: async (change) => {
      if (change.links) await setLinks(state, team, channel, change.links);
      return changeSettings(state, key, change);
    },
  };
}

/** @param isPrivate whether only the asker sees the answer */
export function contextFor(bot: Bot, asker: Asker, isPrivate: boolean): ChannelContext {
  const { team, channel } = asker;
  return {
    ...bot.shared,
    locale: asker.locale,
    audience: { private: isPrivate, ageRestricted: false },
    user: personOf(asker),
    ...(channel && !isDirect(channel) && { channel: settingsPort(bot, team, channel) }),
  };
}

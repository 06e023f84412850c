/** Who asks where, and what surrounds their answer: its neutral context, its view, the cool-down before it. */
import type { Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Answer } from '../../conversation/answer.ts';
import { sorry } from '../../conversation/notices.ts';
import type { ChannelContext, ChannelSettingsPort } from '../../conversation/settings.ts';
import type { Bot } from './bot.ts';
import { deliveryId } from './delivery-id.ts';
import { mayManage, tellChannel } from './managers.ts';
import type { View } from './render/view.ts';
import { ritualPort } from './ritual-port.ts';
import { LINK_CHOICES, setLinks, settingsOf } from './settings.ts';
import { knownOf } from './users.ts';

/** Who asks where. Ids are Slack's own, from payloads that are signed or came over its socket. */
export interface Asker {
  readonly client: WebClient;
  readonly team: string;
  /** The organisation that the workspace belongs to; null where it belongs to none. */
  readonly organisation: string | null;
  readonly user: string;
  /** Null in the Home tab and in modals opened from it. */
  readonly channel: string | null;
  /** BCP 47, such as `en-GB`. */
  readonly locale: string;
  /** As others see it; null where Slack did not say. */
  readonly name: string | null;
  /** Of what was said or pressed; null where Slack names it not. */
  readonly delivery: string | null;
  /** The app's own user, where it is known. */
  readonly botUser: string | null;
}

/** Who is behind a delivery. @param user as the payload names it; empty for none */
export async function askerOf(
  bot: Bot,
  args: { readonly client: WebClient; readonly context: Context; readonly body: unknown },
  user: string,
  channel: string | null,
): Promise<Asker> {
  const { client, context } = args;
  const team = context.teamId ?? context.enterpriseId ?? 'T';
  return {
    client,
    team,
    organisation: context.enterpriseId ?? null,
    user,
    channel,
    ...(await knownOf(bot, { client, team, user })),
    delivery: deliveryId(args.body),
    botUser: context.botUserId ?? null,
  };
}

/** The name under which votes and cool-downs know a person. */
export const personOf = ({ team, user }: Pick<Asker, 'team' | 'user'>) => `slack:${team}:${user}`;

/** A direct conversation: nobody else is there. */
export const isDirect = (channel: string | null) => channel?.startsWith('D') === true;

function settingsPort(bot: Bot, asker: Asker, channel: string): ChannelSettingsPort {
  const { state } = bot.shared;
  const { team } = asker;
  const now = async () => ({ links: (await settingsOf(state, team, channel)).links, adult: false });
  return {
    manager: () => mayManage(bot, asker),
    managers: 'slack.admins',
    // Slack marks no channel as for adults.
    ageRestricted: null,
    readsMessages: true,
    modes: LINK_CHOICES,
    read: now,
    write: async ({ links }) => {
      const wanted = LINK_CHOICES.find((choice) => choice === links);
      if (wanted) {
        await setLinks(state, team, channel, wanted);
        await tellChannel(bot, asker, channel, wanted);
      }
      return now();
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
    name: asker.name,
    delivery: asker.delivery && `slack:${team}:${asker.delivery}`,
    manages: () => mayManage(bot, asker),
    community: `slack:${team}`,
    details: 'list',
    ...(channel &&
      !isDirect(channel) && {
        channel: settingsPort(bot, asker, channel),
        rituals: ritualPort(bot, asker, channel),
      }),
  };
}

/** The apology to a person who asks too much at once; null while they may go on. */
export async function tooMany(bot: Bot, asker: Asker): Promise<Answer | null> {
  const taken = await bot.cooldowns.person.take(personOf(asker));
  if (taken.ok) return null;
  bot.counters.count('person.cooldown');
  return sorry(contextFor(bot, asker, true), 'sorry.tooMany', { seconds: taken.seconds });
}

/** Puts an answer on the list that its asker sees in the Home tab. */
export function remember(bot: Bot, asker: Asker, answer: Answer): void {
  if (answer.kind !== 'recommendations') return;
  bot.recent.add(personOf(asker), { heading: answer.heading, token: answer.token });
}

/** How an answer is drawn in the asker's channel. */
export async function viewFor(bot: Bot, asker: Asker, seenBy: View['seenBy']): Promise<View> {
  const { team, channel, user, locale } = asker;
  const drawn = channel && !isDirect(channel) ? await settingsOf(bot.shared.state, team, channel) : null;
  return { locale, seenBy, owner: user, layout: drawn?.layout ?? 'list' };
}

/** What is set where: for a channel, and for its whole server. */

import type { Channel } from 'discord.js';
import { z } from 'zod';
import {
  expireWithin,
  keepForGood,
  LEFT_TTL_MS,
  leaveCommunity,
  rejoinCommunity,
} from '../../conversation/communities.ts';
import {
  type ChannelSettings,
  channelSettings,
  DEFAULT_SETTINGS,
  LINK_MODES,
  type LinkMode,
} from '../../conversation/settings.ts';
import type { StateStore } from '../../state/store.ts';

/** How five films are drawn: embeds, or cards of Discord's newer components. */
export const LOOKS = ['embeds', 'cards'] as const;
export type Look = (typeof LOOKS)[number];

/** Most channels that a server can name: what one menu holds. */
export const MOST_ALLOWED = 25;

/** What a server's managers have set. */
export interface ServerSettings {
  /** For channels that have no setting of their own. */
  readonly links: LinkMode;
  readonly look: Look;
  /** Channels in which others see the bot; empty: all. */
  readonly allowed: readonly string[];
}

export interface PlaceSettings extends ChannelSettings, Pick<ServerSettings, 'look'> {
  /** Whether the bot may be seen by all here. */
  readonly isAllowed: boolean;
}

const DEFAULTS: ServerSettings = { links: DEFAULT_SETTINGS.links, look: 'embeds', allowed: [] };

const stored = z.object({
  links: z.enum(LINK_MODES).catch(DEFAULTS.links),
  look: z.enum(LOOKS).catch(DEFAULTS.look),
  allowed: z
    .array(z.string().regex(/^\d{15,20}$/))
    .max(MOST_ALLOWED)
    .catch([]),
});

const keyOf = (server: string) => `discord-server:${server}`;
const read = (value: unknown): ServerSettings => stored.safeParse(value ?? {}).data ?? DEFAULTS;

export async function serverSettings(state: StateStore, server: string): Promise<ServerSettings> {
  return read(await state.get(keyOf(server)));
}

export async function changeServer(
  state: StateStore,
  server: string,
  change: Partial<ServerSettings>,
): Promise<ServerSettings> {
  return read(await state.update<unknown>(keyOf(server), (now) => ({ ...read(now), ...change })));
}

/** The bot was removed: settings, votes and statistics go within thirty days. @param channels ids */
export async function leaveServer(
  state: StateStore,
  server: string,
  channels: Iterable<string> = [],
): Promise<void> {
  await expireWithin(keyOf(server), LEFT_TTL_MS, state);
  for (const id of channels) await expireWithin(`channel:discord:${id}`, LEFT_TTL_MS, state);
  await leaveCommunity(`discord:${server}`, state);
}

/** The bot is back: what has not gone yet stays. @param channels ids */
export async function rejoinServer(
  state: StateStore,
  server: string,
  channels: Iterable<string> = [],
): Promise<void> {
  await keepForGood(keyOf(server), state);
  for (const id of channels) await keepForGood(`channel:discord:${id}`, state);
  await rejoinCommunity(`discord:${server}`, state);
}

/** The channel that settings are kept for: a thread has those of its channel. */
export function settledChannel(channel: Channel | null, channelId: string): string {
  return channel?.isThread() ? (channel.parentId ?? channel.id) : channelId;
}

/** Settings are the channel's; a thread has those of its channel. */
export const settingsKey = (channel: Channel | null, channelId: string) =>
  `discord:${settledChannel(channel, channelId)}`;

/** The settings in force in a channel of a server. */
export async function placeSettings(
  state: StateStore,
  server: string,
  channel: Channel | null,
  channelId: string,
): Promise<PlaceSettings> {
  const { links, look, allowed } = await serverSettings(state, server);
  const beneath = { ...DEFAULT_SETTINGS, links };
  const own = await channelSettings(state, settingsKey(channel, channelId), beneath);
  const isAllowed = allowed.length === 0 || allowed.includes(settledChannel(channel, channelId));
  return { ...own, look, isAllowed };
}

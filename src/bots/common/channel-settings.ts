/** What the managers of a channel have set, kept in durable state. */
import { z } from 'zod';
import { type ChannelSettings, LINK_MODES } from '../../../commands/movie-settings.ts';
import type { StateStore } from '../../state/store.ts';

export const DEFAULT_SETTINGS: ChannelSettings = { links: 'offer', adult: false };

const stored = z.object({
  links: z.enum(LINK_MODES).catch(DEFAULT_SETTINGS.links),
  adult: z.boolean().catch(DEFAULT_SETTINGS.adult),
});

/** @param channel `<platform>:<id>` */
const keyOf = (channel: string) => `channel:${channel}`;

const read = (value: unknown): ChannelSettings => stored.safeParse(value).data ?? DEFAULT_SETTINGS;

/** The settings in force; the defaults where nothing, or nothing readable, is kept. */
export async function channelSettings(state: StateStore, channel: string): Promise<ChannelSettings> {
  return read(await state.get(keyOf(channel)));
}

/** Changes some of the settings and gives those now in force. */
export async function changeSettings(
  state: StateStore,
  channel: string,
  change: Partial<ChannelSettings>,
): Promise<ChannelSettings> {
  const now = await state.update<unknown>(keyOf(channel), (current) => ({ ...read(current), ...change }));
  return read(now);
}

/** Forgets a channel that is gone. */
export async function forgetChannel(state: StateStore, channel: string): Promise<void> {
  await state.delete(keyOf(channel));
}

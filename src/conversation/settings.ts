/** What the managers of a channel have set, kept in durable state. */
import { z } from 'zod';
import type { MessageKey } from '../i18n/index.ts';
import type { StateStore } from '../state/store.ts';
import type { AnswerContext } from './context.ts';

/** What happens under a pasted link: five films at once, one small button, or nothing. */
export const LINK_MODES = ['answer', 'offer', 'off'] as const;
export type LinkMode = (typeof LINK_MODES)[number];

export interface ChannelSettings {
  readonly links: LinkMode;
  /** Films flagged as unfit may come; counts only while the channel is age-restricted. */
  readonly adult: boolean;
}

/** Every mode of any platform. */
export type AnyLinkMode = LinkMode | 'private' | 'preview';

/** The settings as the command shows them. */
export interface ShownSettings {
  readonly links: AnyLinkMode;
  readonly adult: boolean;
}

/** A channel as the command sees it; adapters of platforms that have channels put one into the context. */
export interface ChannelSettingsPort {
  /** Whether the asker may change the settings. */
  readonly manager: boolean | (() => Promise<boolean>);
  /** Says who may, where that is not whoever manages the channel. */
  readonly managers?: MessageKey;
  /** Null where the platform marks no channel so. */
  readonly ageRestricted: boolean | null;
  /** The modes that can be chosen here, where they are not {@link LINK_MODES}. */
  readonly modes?: readonly AnyLinkMode[];
  /** Whether pasted links can be read at all. */
  readonly readsMessages: boolean;
  read(): Promise<ShownSettings>;
  /** Keeps the change and gives the settings now in force. */
  write(change: { readonly links?: AnyLinkMode; readonly adult?: boolean }): Promise<ShownSettings>;
}

/** A context in a channel. */
export interface ChannelContext extends AnswerContext {
  readonly channel?: ChannelSettingsPort;
}

export const DEFAULT_SETTINGS: ChannelSettings = { links: 'offer', adult: false };

const stored = z.object({
  links: z.enum(LINK_MODES).optional().catch(undefined),
  adult: z.boolean().optional().catch(undefined),
});

/** What is to change; null takes a setting back, so that the one beneath counts again. */
export type SettingsChange = { readonly [K in keyof ChannelSettings]?: ChannelSettings[K] | null };

/** @param channel `<platform>:<id>` */
const keyOf = (channel: string) => `channel:${channel}`;

/** What was set, without what was not. */
function read(value: unknown): Partial<ChannelSettings> {
  const { links, adult } = stored.safeParse(value).data ?? {};
  return { ...(links !== undefined && { links }), ...(adult !== undefined && { adult }) };
}

/** What is set for this channel alone. */
export async function ownSettings(state: StateStore, channel: string): Promise<Partial<ChannelSettings>> {
  return read(await state.get(keyOf(channel)));
}

/**
 * The settings in force.
 *
 * @param beneath what counts where nothing, or nothing readable, is set for the channel
 */
export async function channelSettings(
  state: StateStore,
  channel: string,
  beneath: ChannelSettings = DEFAULT_SETTINGS,
): Promise<ChannelSettings> {
  return { ...beneath, ...(await ownSettings(state, channel)) };
}

/** Changes some of the settings and gives those now in force. */
export async function changeSettings(
  state: StateStore,
  channel: string,
  change: SettingsChange,
  beneath: ChannelSettings = DEFAULT_SETTINGS,
): Promise<ChannelSettings> {
  const now = await state.update<unknown>(keyOf(channel), (current) =>
    Object.fromEntries(Object.entries({ ...read(current), ...change }).filter(([, value]) => value !== null)),
  );
  return { ...beneath, ...read(now) };
}

/** Forgets a channel that is gone. */
export async function forgetChannel(state: StateStore, channel: string): Promise<void> {
  await state.delete(keyOf(channel));
}

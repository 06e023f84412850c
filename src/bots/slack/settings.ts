/** What is set for a channel of Slack, and who may set it. */
import { z } from 'zod';
import { forgetChannel, ownSettings } from '../../conversation/settings.ts';
import type { StateStore } from '../../state/store.ts';
import { LAYOUTS, type Layout } from './render/view.ts';

/** `private`: an offer that only the poster sees; `preview`: under the link instead of a message of ours. */
export const LINK_CHOICES = ['private', 'offer', 'answer', 'preview', 'off'] as const;
export type LinkChoice = (typeof LINK_CHOICES)[number];

/** Where nothing is set. */
const QUIET: LinkChoice = 'private';

export interface SlackSettings {
  readonly links: LinkChoice;
  readonly layout: Layout;
}

const own = z.object({
  links: z.enum(LINK_CHOICES).optional().catch(undefined),
  /** What older versions kept. */
  unfurl: z.boolean().optional().catch(undefined),
  layout: z.enum(LAYOUTS).catch('list'),
});
type Own = z.infer<typeof own>;

/** The channel's name in the settings that all platforms share: older versions kept links there. */
const channelKey = (team: string, channel: string) => `slack:${team}:${channel}`;
const ownKey = (team: string, channel: string) => `slack-channel:${team}:${channel}`;
/** Where it stands who besides admins may change settings. */
export const managersKey = (team: string) => `slack-managers:${team}`;

const readOwn = (value: unknown): Own => own.safeParse(value ?? {}).data ?? { layout: 'list' };

/** The settings in force. Team and channel ids come from Slack's signed payloads. */
export async function settingsOf(state: StateStore, team: string, channel: string): Promise<SlackSettings> {
  const { links, unfurl, layout } = readOwn(await state.get(ownKey(team, channel)));
  if (links) return { links, layout };
  if (unfurl) return { links: 'preview', layout };
  return { links: (await ownSettings(state, channelKey(team, channel))).links ?? QUIET, layout };
}

async function changeOwn(
  state: StateStore,
  team: string,
  channel: string,
  change: Partial<Own>,
): Promise<void> {
  await state.update<unknown>(ownKey(team, channel), (now) => ({ ...readOwn(now), ...change }));
}

/** Sets what happens under a pasted link. */
export async function setLinks(
  state: StateStore,
  team: string,
  channel: string,
  links: LinkChoice,
): Promise<void> {
  await changeOwn(state, team, channel, { links });
  await forgetChannel(state, channelKey(team, channel));
}

/** Whom the admins of a workspace let change settings besides themselves. */
export async function managersOf(state: StateStore, team: string): Promise<readonly string[]> {
  return z
    .array(z.string())
    .catch([])
    .parse(await state.get(managersKey(team)));
}

export async function setManagers(state: StateStore, team: string, users: readonly string[]): Promise<void> {
  if (users.length > 0) await state.set(managersKey(team), users);
  else await state.delete(managersKey(team));
}

export async function setLayout(
  state: StateStore,
  team: string,
  channel: string,
  layout: Layout,
): Promise<void> {
  await changeOwn(state, team, channel, { layout });
}

/** What the keys of a workspace's channels begin with. */
export const settingsUnder = (team: string) => [`channel:${channelKey(team, '')}`, ownKey(team, '')];

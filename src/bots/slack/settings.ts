/** What is set for a channel: the settings that all platforms share, and Slack's own. */
import { z } from 'zod';
import type { LinkMode } from '../../conversation/settings.ts';
import { changeSettings, channelSettings } from '../../conversation/settings.ts';
import type { StateStore } from '../../state/store.ts';
import { LAYOUTS, type Layout } from './render/view.ts';

/** `unfurl`: a preview under the link instead of a message of ours. */
export const LINK_CHOICES = ['answer', 'offer', 'unfurl', 'off'] as const;
export type LinkChoice = (typeof LINK_CHOICES)[number];

export interface SlackSettings {
  readonly links: LinkChoice;
  readonly layout: Layout;
}

const own = z.object({ unfurl: z.boolean().catch(false), layout: z.enum(LAYOUTS).catch('list') });
type Own = z.infer<typeof own>;

/** The channel's name in the shared settings. Team and channel ids come from Slack's signed payloads. */
export const channelKey = (team: string, channel: string) => `slack:${team}:${channel}`;
const ownKey = (team: string, channel: string) => `slack-channel:${team}:${channel}`;

const readOwn = (value: unknown): Own => own.safeParse(value ?? {}).data ?? { unfurl: false, layout: 'list' };

/** The settings in force; offers in plain lists where nothing is kept. */
export async function settingsOf(state: StateStore, team: string, channel: string): Promise<SlackSettings> {
  const { links } = await channelSettings(state, channelKey(team, channel));
  const { unfurl, layout } = readOwn(await state.get(ownKey(team, channel)));
  return { links: unfurl ? 'unfurl' : links, layout };
}

async function changeOwn(
  state: StateStore,
  team: string,
  channel: string,
  change: Partial<Own>,
): Promise<void> {
  await state.update<unknown>(ownKey(team, channel), (now) => ({ ...readOwn(now), ...change }));
}

/** Sets what happens under a pasted link. While `unfurl` is chosen, the shared setting is `off`. */
export async function setLinks(
  state: StateStore,
  team: string,
  channel: string,
  links: LinkChoice,
): Promise<void> {
  const shared: LinkMode = links === 'unfurl' ? 'off' : links;
  await changeSettings(state, channelKey(team, channel), { links: shared });
  await changeOwn(state, team, channel, { unfurl: links === 'unfurl' });
}

export async function setLayout(
  state: StateStore,
  team: string,
  channel: string,
  layout: Layout,
): Promise<void> {
  await changeOwn(state, team, channel, { layout });
}

/** Forgets every channel of a workspace that removed the app. */
export async function forgetTeam(state: StateStore, team: string): Promise<void> {
  for (const prefix of [`channel:${channelKey(team, '')}`, ownKey(team, '')]) {
    for (const { key } of await state.list(prefix)) await state.delete(key);
  }
}

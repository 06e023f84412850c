/** `/movie-settings`: what a channel does with pasted links, and whether films for adults may come. */
import { z } from 'zod';
import { parseYesNo } from '../src/answers/filter-values.ts';
import { reads } from '../src/answers/filters.ts';
import { wordsFor } from '../src/answers/messages/index.ts';
import { notice, sorry } from '../src/answers/notices.ts';
import type { OptionSpec } from '../src/answers/options.ts';
import { type CommandContext, defineCommand } from './command.ts';

/** What happens under a pasted link: five films at once, one small button, or nothing. */
export const LINK_MODES = ['answer', 'offer', 'off'] as const;
export type LinkMode = (typeof LINK_MODES)[number];

export interface ChannelSettings {
  readonly links: LinkMode;
  /** Films flagged as unfit may come; counts only while the channel is age-restricted. */
  readonly adult: boolean;
}

/** A channel as the command sees it; adapters of platforms that have channels put one into the context. */
export interface ChannelDesk {
  /** Whether the asker may change the settings. */
  readonly manager: boolean;
  readonly ageRestricted: boolean;
  /** Whether pasted links can be read at all. */
  readonly readsMessages: boolean;
  read(): Promise<ChannelSettings>;
  /** Keeps the change and gives the settings now in force. */
  write(change: Partial<ChannelSettings>): Promise<ChannelSettings>;
}

/** A context in a channel. */
export interface ChannelContext extends CommandContext {
  readonly channel?: ChannelDesk;
}

export const movieSettings = defineCommand({
  name: 'movie-settings',
  description: 'chat.settings.description',
  alwaysPrivate: true,
  slow: false,
  options: {
    links: {
      name: 'links',
      kind: 'string',
      description: 'chat.settings.links',
      label: 'chat.settings.linksLabel',
      required: false,
      choices: LINK_MODES.map((value) => ({ label: `chat.settings.modeName.${value}` as const, value })),
      schema: z.enum(LINK_MODES, { error: 'sorry.unreadable' }),
    } satisfies OptionSpec<LinkMode>,
    adult: {
      name: 'adult',
      kind: 'boolean',
      description: 'chat.settings.adult',
      label: 'chat.settings.adultLabel',
      required: false,
      schema: reads(z.union([z.boolean(), z.string().max(10)]), parseYesNo, 'sorry.yesNo'),
    } satisfies OptionSpec<boolean>,
  },
  async run({ links, adult }, context: ChannelContext) {
    const { channel } = context;
    const { t } = wordsFor(context.locale);
    const mine = { ...context, audience: { ...context.audience, private: true } };
    if (!channel) return sorry(mine, 'chat.settings.nowhere');
    const change = { ...(links && { links }), ...(adult !== undefined && { adult }) };
    const changes = Object.keys(change).length > 0;
    if (changes && !channel.manager) return sorry(mine, 'chat.settings.managers');
    const now = changes ? await channel.write(change) : await channel.read();
    const adults = !channel.ageRestricted ? 'adultNowhere' : now.adult ? 'adultOn' : 'adultOff';
    return notice(mine, 'info', t('chat.settings.title'), [
      t(`chat.settings.mode.${now.links}`),
      ...(channel.readsMessages || now.links === 'off'
        ? []
        : [t('chat.settings.unseen', { command: t('chat.findFilms') })]),
      t(`chat.settings.${adults}`),
    ]);
  },
});

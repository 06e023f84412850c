/** `/movie-settings`: what a channel does with pasted links, and whether films for adults may come. */
import { z } from 'zod';
import { reads } from '../src/conversation/filters/index.ts';
import { parseYesNo } from '../src/conversation/filters/values.ts';
import { notice, sorry } from '../src/conversation/notices.ts';
import type { OptionSpec } from '../src/conversation/options.ts';
import { type ChannelContext, LINK_MODES, type LinkMode } from '../src/conversation/settings.ts';
import { wordsFor } from '../src/i18n/index.ts';
import { defineCommand } from './command.ts';

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

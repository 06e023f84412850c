/** `/movie-settings`: what a channel does with pasted links, and whether films for adults may come. */
import { z } from 'zod';
import { privately } from '../src/conversation/context.ts';
import { reads } from '../src/conversation/filters/index.ts';
import { parseYesNo } from '../src/conversation/filters/values.ts';
import { notice, sorry } from '../src/conversation/notices.ts';
import type { OptionSpec } from '../src/conversation/options.ts';
import { type ChannelContext, type ChannelSettingsPort, LINK_MODES } from '../src/conversation/settings.ts';
import { wordsFor } from '../src/i18n/index.ts';
import { clean } from '../src/shared/text.ts';
import { defineCommand } from './command.ts';

const isManager = async ({ manager }: ChannelSettingsPort) =>
  typeof manager === 'function' ? manager() : manager;

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
      // What can be chosen depends on the place; there an unknown value lists it.
      schema: z.string().max(40, { error: 'sorry.unreadable' }),
    } satisfies OptionSpec<string>,
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
    const mine = privately(context);
    if (!channel) return sorry(mine, 'chat.settings.nowhere');
    const modes = channel.modes ?? LINK_MODES;
    const mode = modes.find((one) => one === links?.trim().toLowerCase());
    if (links !== undefined && mode === undefined) {
      return sorry(mine, 'chat.settings.unknown', { value: clean(links, 40), modes: modes.join(', ') });
    }
    const adults = channel.ageRestricted === null ? undefined : adult;
    if (adult !== adults) return sorry(mine, 'sorry.option', { name: 'adult' });
    const change = { ...(mode && { links: mode }), ...(adults !== undefined && { adult: adults }) };
    const changes = Object.keys(change).length > 0;
    if (changes && !(await isManager(channel)))
      return sorry(mine, channel.managers ?? 'chat.settings.managers');
    const now = changes ? await channel.write(change) : await channel.read();
    const shown = !channel.ageRestricted ? 'adultNowhere' : now.adult ? 'adultOn' : 'adultOff';
    return notice(mine, 'info', t('chat.settings.title'), [
      t(`chat.settings.mode.${now.links}`),
      ...(channel.readsMessages || now.links === 'off'
        ? []
        : [t('chat.settings.unseen', { command: t('chat.findFilms') })]),
      ...(channel.modes ? [t('chat.settings.modes', { modes: modes.join(', ') })] : []),
      ...(channel.ageRestricted === null ? [] : [t(`chat.settings.${shown}`)]),
    ]);
  },
});

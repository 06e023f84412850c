/** The Home tab: how to use it, recent answers, settings of channels. */
import type { HomeView, KnownBlock, PlainTextOption, StaticSelect } from '@slack/types';
import { z } from 'zod';
import { helpLines } from '../../../../commands/movie-help.ts';
import { wordsFor } from '../../../i18n/index.ts';
import type { Recent } from '../../common/recent.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { LINK_CHOICES, type SlackSettings } from '../settings.ts';
import { aside, Buttons, header, mrkdwn, paragraph, plain, readMetadata, section } from './kit.ts';
import { LAYOUTS } from './view.ts';

/** `action_id`s of the Home tab. */
export const HOME = {
  channel: 'home:channel',
  links: 'home:links',
  layout: 'home:layout',
  managers: 'home:managers',
} as const;

const metadata = z.object({
  channel: z
    .string()
    .regex(/^[CDG][A-Z0-9]{2,30}$/)
    .nullable(),
});

/** The channel whose settings the tab shows, from the metadata that we gave it. */
export const chosenChannel = (text: string | undefined) => readMetadata(metadata, text)?.channel ?? null;

/** A channel id as the chooser sends it, or null. */
export function channelId(text: unknown): string | null {
  return metadata.safeParse({ channel: text }).data?.channel ?? null;
}

export interface HomeState {
  /** How the main command is called here. */
  readonly command: string;
  readonly recent: readonly Recent[];
  /** The channel chosen, with what is in force there. */
  readonly channel: {
    readonly id: string;
    readonly settings: SlackSettings;
    /** Whether the viewer may change them. */
    readonly manages: boolean;
    /** Who may besides admins; null for viewers who are none. */
    readonly managers: readonly string[] | null;
  } | null;
}

function select(actionId: string, choices: Readonly<Record<string, string>>, now: string): StaticSelect {
  const options: PlainTextOption[] = Object.entries(choices).map(([value, text]) => ({
    text: plain(text, max('optionText')),
    value,
  }));
  const initial = options.find((option) => option.value === now);
  return { type: 'static_select', action_id: actionId, options, ...(initial && { initial_option: initial }) };
}

function recentBlocks(recent: readonly Recent[], locale: string): KnownBlock[] {
  const { t } = wordsFor(locale);
  const buttons = new Buttons();
  if (recent.length === 0) return [aside(t('slack.home.noRecent'))];
  return recent.map((one) =>
    section(plain(one.heading, 300), buttons.make('open', t('slack.openList'), one.token)),
  );
}

/** Whom admins let change settings. */
function managersBlock(managers: readonly string[], text: string): KnownBlock {
  return {
    type: 'section',
    text: plain(text, max('sectionText')),
    accessory: {
      type: 'multi_users_select',
      action_id: HOME.managers,
      max_selected_items: 20,
      placeholder: plain(text, max('placeholder')),
      ...(managers.length > 0 && { initial_users: [...managers] }),
    },
  };
}

function settingBlocks(state: HomeState, locale: string): KnownBlock[] {
  const { t } = wordsFor(locale);
  const { channel } = state;
  const chooser: KnownBlock = {
    type: 'section',
    text: plain(t('slack.home.choose'), max('sectionText')),
    accessory: {
      type: 'conversations_select',
      action_id: HOME.channel,
      filter: { include: ['public', 'private', 'mpim'], exclude_bot_users: true },
      ...(channel && { initial_conversation: channel.id }),
    },
  };
  if (!channel) return [chooser, aside(t('slack.home.everyone'))];
  const links = Object.fromEntries(LINK_CHOICES.map((mode) => [mode, t(`slack.mode.${mode}`)]));
  const layouts = Object.fromEntries(LAYOUTS.map((layout) => [layout, t(`slack.layout.${layout}`)]));
  const { settings, manages, managers } = channel;
  if (!manages)
    return [chooser, aside(`${t('slack.home.links')}: ${links[settings.links]}`), aside(t('slack.admins'))];
  // A select keeps what is shown when its ids stay the same: another channel needs other ids.
  return [
    chooser,
    {
      type: 'section',
      block_id: `links:${channel.id}`,
      text: plain(t('slack.home.links'), max('sectionText')),
      accessory: select(HOME.links, links, settings.links),
    },
    {
      type: 'section',
      block_id: `layout:${channel.id}`,
      text: plain(t('slack.home.layout'), max('sectionText')),
      accessory: select(HOME.layout, layouts, settings.layout),
    },
    ...(managers ? [managersBlock(managers, t('slack.home.managers'))] : []),
    aside(t('slack.home.everyone')),
  ];
}

export function homeView(state: HomeState, locale: string): HomeView {
  const words = wordsFor(locale);
  const { t } = words;
  const lines = helpLines(words, state.command, { details: 'list' });
  const help = lines.map((line) => escapedWithin(line, 500));
  const places = (['mention', 'menu', 'direct', 'invite'] as const).map((way) => t(`slack.home.${way}`));
  const blocks: KnownBlock[] = [
    header(t('page.title')),
    paragraph(t('page.lead')),
    { type: 'divider' },
    header(t('slack.home.how')),
    section(
      mrkdwn(
        help
          .map((line) => `• ${line}`)
          .join('\n')
          .slice(0, max('sectionText')),
      ),
    ),
    section(mrkdwn(places.map((line) => `• ${line}`).join('\n'))),
    { type: 'divider' },
    header(t('slack.home.recent')),
    ...recentBlocks(state.recent, locale),
    { type: 'divider' },
    header(t('slack.home.settings')),
    ...settingBlocks(state, locale),
    { type: 'divider' },
    aside(t('answer.attribution')),
  ];
  return {
    type: 'home',
    private_metadata: JSON.stringify({ channel: state.channel?.id ?? null }),
    blocks: blocks.slice(0, max('viewBlocks')),
  };
}

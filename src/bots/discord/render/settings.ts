/** The panel of `/movie-settings`: what is in force, and a menu for each setting. */
import {
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APISelectMenuOption,
  ButtonStyle,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord.js';
import { type ChannelSettings, LINK_MODES, type LinkMode } from '../../../conversation/settings.ts';
import { type Words, wordsFor } from '../../../i18n/index.ts';
import { label } from '../../common/text.ts';
import { settingsId } from '../custom-id.ts';
import { escapedWithin } from '../escape.ts';
import { max } from '../limits.ts';
import { LOOKS, MOST_ALLOWED, type ServerSettings } from '../settings.ts';
import { NEUTRAL_COLOUR } from './colour.ts';
import { withinLimits } from './fit.ts';
import type { DiscordMessage, Row } from './message.ts';

/** What is set, for a channel and its server. */
export interface Panel {
  readonly own: Partial<ChannelSettings>;
  readonly server: ServerSettings;
  readonly ageRestricted: boolean;
  readonly readsMessages: boolean;
}

/** The choice of a channel to do as its server. */
export const INHERIT = 'inherit';

const row = (component: APIComponentInMessageActionRow): Row => ({
  type: ComponentType.ActionRow,
  components: [component],
});

/** A menu of texts, each beginning with what is set by it. */
function menu(field: string, name: string, choices: readonly [string, string][], chosen: string): Row {
  const options: APISelectMenuOption[] = choices.map(([value, text]) => ({
    label: label(`${name}: ${text}`, max('selectOptionLabel')),
    value,
    default: value === chosen,
  }));
  return row({ type: ComponentType.StringSelect, custom_id: settingsId(field), options });
}

const modeName = (mode: LinkMode, words: Words) => words.t(`chat.settings.modeName.${mode}`);

function allowedText(allowed: readonly string[], words: Words): string {
  return allowed.length === 0
    ? words.t('chat.settings.everywhere')
    : allowed.map((channel) => `<#${channel}>`).join(' ');
}

function adultButton(own: Panel['own'], words: Words): APIButtonComponentWithCustomId {
  const on = own.adult === true;
  return {
    type: ComponentType.Button,
    style: on ? ButtonStyle.Primary : ButtonStyle.Secondary,
    custom_id: settingsId('adult'),
    label: label(words.t(on ? 'chat.settings.adultOn' : 'chat.settings.adultOff'), max('buttonLabel')),
  };
}

export function renderPanel(
  { own, server, ageRestricted, readsMessages }: Panel,
  locale: string,
): DiscordMessage {
  const words = wordsFor(locale);
  const { t } = words;
  const modes = LINK_MODES.map((mode): [string, string] => [mode, modeName(mode, words)]);
  const inherited = t('chat.settings.asServer', { mode: modeName(server.links, words) });
  const lines = [
    t(`chat.settings.mode.${own.links ?? server.links}`),
    ...(readsMessages ? [] : [t('chat.settings.unseen', { command: t('chat.findFilms') })]),
    ...(ageRestricted ? [] : [t('chat.settings.adultNowhere')]),
    t('chat.settings.told'),
  ];
  return withinLimits({
    content: '',
    embeds: [
      {
        title: escapedWithin(t('chat.settings.panel'), 200),
        description: lines.map((line) => escapedWithin(line, 400)).join('\n'),
        color: NEUTRAL_COLOUR,
      },
    ],
    components: [
      menu('links', t('chat.settings.here'), [[INHERIT, inherited], ...modes], own.links ?? INHERIT),
      menu('server-links', t('chat.settings.server'), modes, server.links),
      menu(
        'look',
        t('chat.settings.look'),
        LOOKS.map((look): [string, string] => [look, t(`chat.settings.lookName.${look}`)]),
        server.look,
      ),
      row({
        type: ComponentType.ChannelSelect,
        custom_id: settingsId('allowed'),
        placeholder: label(t('chat.settings.allowed'), max('selectPlaceholder')),
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum],
        min_values: 0,
        max_values: MOST_ALLOWED,
        default_values: server.allowed.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel })),
      }),
      ...(ageRestricted ? [row(adultButton(own, words))] : []),
    ],
    files: [],
  });
}

/** What the channel is told of a change. @param user who made it: a snowflake */
export function changedText(field: string, { own, server }: Panel, user: string, locale: string): string {
  const words = wordsFor(locale);
  const { t } = words;
  const what: Readonly<Record<string, string>> = {
    links: t(`chat.settings.mode.${own.links ?? server.links}`),
    adult: t(own.adult ? 'chat.settings.adultOn' : 'chat.settings.adultOff'),
    'server-links': `${t('chat.settings.server')}: ${modeName(server.links, words)}`,
    look: `${t('chat.settings.look')}: ${t(`chat.settings.lookName.${server.look}`)}`,
    allowed: `${t('chat.settings.allowed')}: ${allowedText(server.allowed, words)}`,
  };
  return `-# ⚙️ ${t('chat.settings.changed', { user: `<@${user}>` })} ${what[field] ?? ''}`.trim();
}

/** The neutral commands as Discord's: names, texts and options in every language, where they may be used. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { AnyCommand } from '../../../commands/command.ts';
import { COMMANDS } from '../../../commands/index.ts';
import { movieSettings } from '../../../commands/movie-settings.ts';
import type { OptionSpec } from '../../conversation/options.ts';
import { type MessageKey, wordsFor } from '../../i18n/index.ts';
import { label } from '../common/text.ts';
import { max } from './limits.ts';

/**
 * Discord's locales for the languages that the product speaks
 * (discord.com/developers/docs/reference#locales). English is the text without a locale.
 */
const LOCALES = ['es-ES', 'es-419', 'pt-BR', 'fr', 'de', 'ja', 'ko'] as const;

/** The command in a message's menu; its name is what people see, so it has none in code but this. */
export const FIND_FILMS = wordsFor('en').t('chat.findFilms');

type Localisations = Readonly<Record<string, string>>;

/** A command as the API takes it, in the shape that it gives back too. */
export interface CommandJson {
  readonly type: number;
  readonly name: string;
  readonly name_localizations: Localisations;
  readonly description: string;
  readonly description_localizations: Localisations;
  readonly options: readonly OptionJson[];
  readonly default_member_permissions: number | null;
  readonly integration_types?: readonly number[];
  readonly contexts?: readonly number[];
}

export interface OptionJson {
  readonly type: number;
  readonly name: string;
  readonly name_localizations: Localisations;
  readonly description: string;
  readonly description_localizations: Localisations;
  readonly required: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { name: string; name_localizations: Localisations; value: string }[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly max_length?: number;
}

const TYPES = {
  string: ApplicationCommandOptionType.String,
  integer: ApplicationCommandOptionType.Integer,
  number: ApplicationCommandOptionType.Number,
  boolean: ApplicationCommandOptionType.Boolean,
  file: ApplicationCommandOptionType.Attachment,
} as const;

function localised(key: MessageKey, longest: number): Localisations {
  return Object.fromEntries(LOCALES.map((locale) => [locale, label(wordsFor(locale).t(key), longest)]));
}

const texts = (key: MessageKey) => ({
  description: label(wordsFor('en').t(key), max('commandDescription')),
  description_localizations: localised(key, max('commandDescription')),
});

const optionName = (name: string) => `chat.option.${name}` as MessageKey;

function optionJson(option: OptionSpec): OptionJson {
  return {
    type: TYPES[option.kind],
    name: option.name,
    name_localizations: localised(optionName(option.name), max('commandName')),
    ...texts(option.description),
    required: option.required,
    ...(option.autocomplete && { autocomplete: true }),
    ...(option.choices && {
      choices: option.choices.slice(0, max('commandChoices')).map((choice) => ({
        name: label(wordsFor('en').t(choice.label), max('choiceName')),
        name_localizations: localised(choice.label, max('choiceName')),
        value: choice.value,
      })),
    }),
    ...(option.min !== undefined && { min_value: option.min }),
    ...(option.max !== undefined && { max_value: option.max }),
    ...(option.kind === 'string' &&
      option.maxLength !== undefined && { max_length: Math.min(option.maxLength, max('optionMaxLength')) }),
  };
}

/** Servers, the bot's direct messages, and other conversations of people who installed it for themselves. */
const EVERYWHERE = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

/** Only where the bot itself is a member: elsewhere it sees no links. */
const SERVERS = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};

function slashJson(command: AnyCommand): CommandJson {
  const isSettings = command.name === movieSettings.name;
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    name_localizations: localised(`chat.command.${command.name}` as MessageKey, max('commandName')),
    ...texts(command.description),
    options: Object.values(command.options).map(optionJson),
    // Discord would show a command only to members with all of the permissions given here. Whoever manages channels
    // or the server, either of them, is to see the settings: so all see them, and the bot says who may change them.
    default_member_permissions: null,
    ...(isSettings ? SERVERS : EVERYWHERE),
  };
}

const menuJson = (): CommandJson => ({
  type: ApplicationCommandType.Message,
  name: FIND_FILMS,
  name_localizations: localised('chat.findFilms', max('commandName')),
  description: '',
  description_localizations: {},
  options: [],
  default_member_permissions: null,
  ...EVERYWHERE,
});

/**
 * Every command.
 *
 * @param global false for one server: there, places of use can't be given
 */
export function commandDefinitions(global = true): CommandJson[] {
  const all = [...COMMANDS.map(slashJson), menuJson()];
  return global ? all : all.map(({ integration_types: _, contexts: __, ...command }) => command);
}

/** The commands as Discord gets them, and the page that explains them. */
import { readFileSync } from 'node:fs';
import { ContextMenuCommandBuilder, SlashCommandBuilder, type SlashCommandStringOption } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { commandDefinitions, FIND_FILMS } from '../../../src/bots/discord/definitions.ts';
import { LIMITS, max } from '../../../src/bots/discord/limits.ts';
import { INVITE_PERMISSIONS, NEEDED } from '../../../src/bots/discord/permissions.ts';
import { sameCommands } from '../../../src/bots/discord/register.ts';
import { VARIABLES } from '../../../src/config.ts';
import { wordsFor } from '../../../src/i18n/index.ts';
import { hasSpec, openapiFaults } from './support/openapi.ts';

const LOCALES = ['de', 'es-419', 'es-ES', 'fr', 'ja', 'ko', 'pt-BR'];
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

describe('commands', () => {
  const all = commandDefinitions();
  const slash = all.filter(({ type }) => type === 1);

  test('are those of the product and one on messages, which anyone can use anywhere', () => {
    expect(slash.map(({ name }) => name)).toEqual([
      'movie-for',
      'song-for',
      'movie-mood',
      'movie-list',
      'movie-night',
      'my-movies',
      'movie-now',
      'movie-stats',
      'movie-rituals',
      'movie-help',
      'movie-privacy',
      'movie-settings',
    ]);
    expect(all.at(-1)).toMatchObject({
      type: 3,
      name: FIND_FILMS,
      contexts: [0, 1, 2],
      integration_types: [0, 1],
    });
    expect(all.find(({ name }) => name === 'movie-for')).toMatchObject({
      contexts: [0, 1, 2],
      integration_types: [0, 1],
    });
    const settings = all.find(({ name }) => name === 'movie-settings');
    // Of several permissions Discord wants all: to be seen by either manager, it is seen by all.
    expect(settings).toMatchObject({
      contexts: [0],
      integration_types: [0],
      default_member_permissions: null,
    });
  });

  test('have a name and a text in every language, by Discord’s rules', () => {
    for (const command of slash) {
      for (const item of [command, ...command.options]) {
        expect(Object.keys(item.name_localizations).sort()).toEqual(LOCALES);
        expect(Object.keys(item.description_localizations).sort()).toEqual(LOCALES);
        for (const name of [item.name, ...Object.values(item.name_localizations)]) {
          expect(name).toMatch(NAME);
          expect(name).toBe(name.toLowerCase());
        }
        const texts = [item.description, ...Object.values(item.description_localizations)];
        expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(max('commandDescription'));
        // Cut texts would end in an ellipsis: translations are short enough as they are.
        expect(texts.filter((text) => text.endsWith('…'))).toEqual([]);
      }
      for (const locale of LOCALES) {
        const names = command.options.map((option) => option.name_localizations[locale]);
        expect(new Set(names).size).toBe(names.length);
      }
    }
  });

  test('pass discord.js’s builders', () => {
    for (const command of slash) {
      const builder = new SlashCommandBuilder()
        .setName(command.name)
        .setNameLocalizations(command.name_localizations)
        .setDescription(command.description)
        .setDescriptionLocalizations(command.description_localizations);
      for (const option of command.options) {
        builder.addStringOption((built: SlashCommandStringOption) => {
          built
            .setName(option.name)
            .setNameLocalizations(option.name_localizations)
            .setDescription(option.description)
            .setDescriptionLocalizations(option.description_localizations)
            .setRequired(option.required);
          if (option.choices) built.setChoices(...option.choices);
          else built.setAutocomplete(option.autocomplete === true);
          return built;
        });
      }
      expect(builder.toJSON().options).toHaveLength(command.options.length);
    }
    new ContextMenuCommandBuilder()
      .setName(FIND_FILMS)
      .setType(3)
      .setNameLocalizations(all.at(-1)!.name_localizations)
      .toJSON();
  });

  test.skipIf(!hasSpec)('fit Discord’s OpenAPI description (../shared/specs)', () => {
    const path = '/applications/1/commands';
    expect(openapiFaults({ method: 'PUT', path, body: JSON.parse(JSON.stringify(all)) })).toEqual([]);
    const inGuild = JSON.parse(JSON.stringify(commandDefinitions(false)));
    expect(
      openapiFaults({ method: 'PUT', path: '/applications/1/guilds/2/commands', body: inGuild }),
    ).toEqual([]);
  });

  test('are compared as Discord gives them back', () => {
    const back = all
      .map((command) => ({
        ...command,
        id: '1',
        version: '2',
        nsfw: false,
        dm_permission: true,
        contexts: [...(command.contexts ?? [])].reverse(),
        default_member_permissions:
          command.default_member_permissions === null ? null : String(command.default_member_permissions),
        options: command.options.map(({ required, ...option }) =>
          required ? { required, ...option } : option,
        ),
      }))
      .reverse();
    expect(sameCommands(back, all)).toBe(true);
    expect(sameCommands(back.slice(1), all)).toBe(false);
    expect(
      sameCommands(
        back.map((one) => ({ ...one, contexts: [0] })),
        all,
      ),
    ).toBe(false);
    expect(sameCommands([], all)).toBe(false);
  });
});

test('every limit says where it is written', () => {
  for (const { value, source } of Object.values(LIMITS)) {
    expect(value).toBeGreaterThan(0);
    expect(source).toMatch(/^discord\.com\/developers\/docs\/.+#.+/);
  }
});

test('the invite asks for what is needed and no more', () => {
  expect(Object.keys(NEEDED)).toHaveLength(6);
  expect(INVITE_PERMISSIONS).toBe(274_878_024_704n);
});

test('docs/discord.md names every command, option, permission and setting', () => {
  const page = readFileSync(new URL('../../../docs/discord.md', import.meta.url), 'utf8');
  const { t } = wordsFor('en');
  for (const [name, why] of Object.entries(NEEDED)) {
    expect(page).toContain(`| ${t(`chat.permission.${name as keyof typeof NEEDED}`)} | ${why} |`);
  }
  expect(page).toContain(`permissions=${INVITE_PERMISSIONS}`);
  for (const { name, options } of commandDefinitions()) {
    expect(page).toContain(name);
    if (name === 'movie-for')
      for (const option of options.slice(1)) expect(page).toContain(`\`${option.name}\``);
  }
  for (const variable of VARIABLES.filter((one) => one.startsWith('DISCORD_')))
    expect(page).toContain(`\`${variable}\``);
});

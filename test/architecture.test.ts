import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkLayers, faultsOf } from '../scripts/check-layers.ts';

test('imports point one way', () => {
  expect(checkLayers(fileURLToPath(new URL('..', import.meta.url)))).toEqual([]);
});

test.each([
  ['src/engine/engine.ts', "import { x } from '../bots/discord/start.ts';", 'src/bots/discord/start.ts'],
  ['src/engine/engine.ts', "import { Client } from 'discord.js';", 'discord.js'],
  ['src/bots/web/start.ts', "import { App } from '@slack/bolt';", '@slack/bolt'],
  ['src/bots/slack/bot.ts', "import { x } from '../discord/limits.ts';", 'src/bots/discord/limits.ts'],
  [
    'commands/movie-for.ts',
    "const x = await import('../src/bots/web/render/page.ts');",
    'src/bots/web/render/page.ts',
  ],
  ['src/indexer/build.ts', "import { f } from '../fitting/fit.ts';", 'src/fitting/fit.ts'],
])('%s may not say %s', (file, source, named) => {
  expect(faultsOf(file, source)).toEqual([`${file} may not import ${named}`]);
});

test('a folder without a layer is a fault', () => {
  expect(faultsOf('src/misc/helpers.ts', '')).toHaveLength(1);
});

test('an import in the right direction is none', () => {
  expect(faultsOf('commands/movie-for.ts', "import { a } from '../src/conversation/answer.ts';")).toEqual([]);
  expect(faultsOf('src/bots/discord/client.ts', "import { Client } from 'discord.js';")).toEqual([]);
});

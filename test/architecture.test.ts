import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkLayers, circlesOf, faultsOf } from '../scripts/check-layers.ts';

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

test('files that lead back to themselves are a circle, however long the way', () => {
  const files = new Map([
    ['src/a.ts', "import { b } from './b/index.ts';"],
    ['src/b/index.ts', "export type { C } from './c.ts';"],
    ['src/b/c.ts', "const a = await import('../a.ts');\nimport 'node:fs';\nimport { d } from '../d.ts';"],
    ['src/d.ts', "import { e } from './e.ts';\nimport { gone } from './gone.ts';"],
    ['src/e.ts', ''],
    ['src/f.ts', "import { a } from './a.ts';\nimport { e } from './e.ts';"],
  ]);
  expect(circlesOf(files)).toEqual([['src/a.ts', 'src/b/c.ts', 'src/b/index.ts']]);
  expect(circlesOf(new Map([...files].filter(([file]) => file !== 'src/b/c.ts')))).toEqual([]);
});

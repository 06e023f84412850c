/** One program, one role: what each process does, and what it leaves to others. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { FakeDiscord, TOKEN, until } from '../bots/discord/support/server.ts';
import { starterCatalogue, temporaryFolder } from '../support/catalogue.ts';
import { programs } from '../support/program.ts';

vi.setConfig({ testTimeout: 120_000 });

const LOG_IMPORTS = new URL('../support/log-imports.mjs', import.meta.url).href;

let discord: FakeDiscord;
beforeAll(async () => {
  await starterCatalogue();
  discord = await FakeDiscord.start();
}, 300_000);
afterAll(() => discord.stop());

const run = programs();
const puts = () => discord.matching(/^PUT .*\/commands$/).length;
const statusOf = async (url: string) => (await fetch(url)).status;
const start = (roles: string, more: Record<string, string> = {}) =>
  run({ MUSIC2MOVIE_ROLES: roles, DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.api, ...more });
const surfacesAt = async (url: string) =>
  ((await (await fetch(`${url}/readyz`)).json()) as { surfaces: Record<string, string> }).surfaces;

it('the gateway answers without a page and leaves the commands alone; registration registers them and ends there', async () => {
  const gateway = await start('discord');
  const url = await gateway.url();
  await until(() => gateway.out().includes('The Discord bot is running.'), 'the gateway', 60_000);
  expect(discord.identified).toHaveLength(1);
  expect([await statusOf(`${url}/`), await statusOf(`${url}/readyz`)]).toEqual([404, 200]);
  expect(puts()).toBe(0);

  const registration = await start('registration');
  await until(() => registration.out().includes('Discord knows the commands.'), 'the commands', 60_000);
  expect([puts(), discord.identified.length]).toEqual([1, 1]);
  expect(await surfacesAt(await registration.url())).toEqual({ registration: 'ready' });
});

it('the page alone starts no bot, whatever tokens are set, and loads nothing of bots or of many machines', async () => {
  const before = discord.sent.length;
  const loaded = path.join(await temporaryFolder(), 'loaded');
  const page = await start('page', { NODE_OPTIONS: `--import ${LOG_IMPORTS}`, LOADED: loaded });
  const url = await page.url();
  expect(await statusOf(`${url}/`)).toBe(200);
  expect(await surfacesAt(url)).toEqual({});
  expect(discord.sent.length).toBe(before);
  const packages = readFileSync(loaded, 'utf8').split('\n');
  expect(packages).toEqual(expect.arrayContaining(['fastify', 'lmdb', 'pino']));
  const others = ['ioredis', 'bullmq', 'aws4fetch', 'discord.js', '@slack/bolt', 'onnxruntime-node'];
  expect(packages.filter((name) => others.includes(name))).toEqual([]);
});

/** Connections split among processes that share a state: turns at identifying, and another split without a loss. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sharedThrottler } from '../../../src/bots/discord/identify.ts';
import type { DiscordBot } from '../../../src/bots/discord/start.ts';
import { loadConfig } from '../../../src/config.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { run } from './support/bot.ts';
import { GUILD, guildPayload, slash } from './support/payloads.ts';
import { FakeDiscord, until } from './support/server.ts';

const HOLD_ON = 'spotify:track:5vjLSffimiIP26QG5WcN2K';

let discord: FakeDiscord;
const bots: DiscordBot[] = [];
beforeEach(async () => {
  discord = await FakeDiscord.start();
  discord.concurrency = 16;
});
afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.stop()));
  await discord.stop();
});

test('a range of connections is read from the settings', () => {
  const shards = (DISCORD_SHARDS: string) =>
    loadConfig({ DISCORD_TOKEN: 'token', DISCORD_SHARDS }).discord!.shards;
  expect(shards('2-4/8')).toEqual({ ids: [2, 3, 4], count: 8 });
  expect(shards('7/8')).toEqual({ ids: [7], count: 8 });
  for (const wrong of ['8/8', '4-2/8', '0-8/8', '1', 'all', '0-1/', '-1/8']) {
    expect(() => shards(wrong)).toThrow(/DISCORD_SHARDS must be/);
  }
});

test('of all processes, one shard identifies at each place and time', async () => {
  let now = 1_000;
  const state = openMemoryState(() => now);
  const [one, two] = [sharedThrottler(state, 2, 5_000, 1), sharedThrottler(state, 2, 5_000, 1)];
  const { signal } = new AbortController();
  const granted: number[] = [];
  const waiting = [0, 1, 2, 3, 4].map((shard) =>
    [one, two][shard % 2]!.waitForIdentify(shard, signal).then(() => granted.push(shard)),
  );
  const given = async (count: number) => {
    await until(() => granted.length >= count, `${count} grants`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(granted).toHaveLength(count);
  };
  await given(2);
  expect(granted.map((shard) => shard % 2).sort()).toEqual([0, 1]);
  now += 4_999;
  await given(2);
  now += 1;
  await given(4);
  now += 5_000;
  await Promise.all(waiting);
  const leaving = new AbortController();
  const left = one.waitForIdentify(0, leaving.signal);
  leaving.abort();
  await expect(left).rejects.toThrow();
});

test('from two connections to four while people ask: each is answered once', async () => {
  const servers = [0n, 1n, 2n, 3n].map((at) => String(BigInt(GUILD) + (at << 22n)));
  discord.guilds = servers.map((id) => ({ ...guildPayload(), id }));
  const state = openMemoryState();
  const start = async (DISCORD_SHARDS: string) => {
    const { bot } = await run(discord, { DISCORD_SHARDS }, { state });
    bots.push(bot);
    return bot;
  };
  const old = [await start('0/2'), await start('1/2')];
  let user = 400n;
  const asked: string[] = [];
  const ask = () => {
    for (const guild of servers) {
      const place = { user: String(user++) };
      const interaction = { ...slash('movie-for', { song: HOLD_ON }, place), guild_id: guild };
      asked.push(interaction.id);
      discord.dispatch('INTERACTION_CREATE', interaction);
    }
  };
  let asking = true;
  const people = (async () => {
    while (asking) {
      ask();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  await Promise.all([start('0-1/4'), start('2-3/4')]);
  for (const bot of old) await bot.stop();
  bots.splice(0, 2);
  asking = false;
  await people;
  ask();
  for (const id of asked) await discord.callback(id);
  expect(asked.map((id) => discord.callbacks(id).length)).toEqual(asked.map(() => 1));
  expect(discord.identified.map(({ shard }) => shard!.join('/')).sort()).toEqual([
    '0/2',
    '0/4',
    '1/2',
    '1/4',
    '2/4',
    '3/4',
  ]);
  const puts = discord.sent.filter(({ method }) => method === 'PUT');
  expect(puts).toHaveLength(1);
});

test('what a process died with is gone on with by another that holds the same connection', async () => {
  const state = openMemoryState();
  const { bot } = await run(discord, { DISCORD_SHARDS: '0/1' }, { state });
  bots.push(bot);
  const lost = slash('movie-for', { song: HOLD_ON });
  await state.set(`seen:discord:interaction:${lost.id}`, 'a process that died 0');
  discord.dispatch('INTERACTION_CREATE', lost);
  expect((await discord.callback(lost.id)).body.data.embeds).toHaveLength(5);

  // It died after it had said that it was thinking.
  const announced = slash('movie-for', { song: HOLD_ON }, { user: '777' });
  await state.set(`seen:discord:interaction:${announced.id}`, 'a process that died 0');
  discord.respond(announced.id);
  discord.dispatch('INTERACTION_CREATE', announced);
  const edits = () => discord.matching(/^PATCH \/webhooks\/.*@original/);
  await until(() => edits().length > 0, 'the answer in the place of the thinking');
  expect(edits()[0]!.body.embeds).toHaveLength(5);
  expect(bot.counters.of('interaction.taken-over')).toBe(2);
});

test('what a process had announced before it died is answered in its place, though that takes longer', async () => {
  const state = openMemoryState();
  const { bot, resolver } = await run(discord, { DISCORD_SHARDS: '0/1' }, { state, deferAfter: 1 });
  bots.push(bot);
  const go = resolver.slow();
  const announced = slash('movie-for', { song: HOLD_ON });
  await state.set(`seen:discord:interaction:${announced.id}`, 'a process that died 0');
  discord.respond(announced.id);
  discord.dispatch('INTERACTION_CREATE', announced);
  await discord.callback(announced.id);
  go();
  const edits = () => discord.matching(/^PATCH \/webhooks\/.*@original/);
  await until(() => edits().length > 0, 'the answer in the place of the thinking');
  expect(edits()[0]!.body.embeds).toHaveLength(5);
});

test('whoever asks while the state cannot be reached is told so', async () => {
  const whole = openMemoryState();
  const state = new Proxy(whole, {
    get(target, name) {
      if (name === 'get') return () => Promise.reject(new Error('the state cannot be reached'));
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  bots.push((await run(discord, {}, { state })).bot);
  const asked = slash('movie-for', { song: HOLD_ON });
  discord.dispatch('INTERACTION_CREATE', asked);
  const { content, flags } = (await discord.callback(asked.id)).body.data;
  expect([content, flags]).toEqual([expect.stringMatching(/\w+ \w+/), 64]);
});

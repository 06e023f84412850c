/** Logging in, registering, and everything that goes wrong on the line. */

import { GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Runtime } from '../../../src/bots/common/runtime.ts';
import { type DiscordBot, startBot, startDiscord } from '../../../src/bots/discord/start.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { configFor, type RunningTest, run } from './support/bot.ts';
import { personMessage, slash, snowflake, typing } from './support/payloads.ts';
import { FakeDiscord, type Sent, TOKEN, until } from './support/server.ts';
import { checkEverythingSent } from './support/validate.ts';

const HOLD_ON = 'spotify:track:5vjLSffimiIP26QG5WcN2K';
const GUILD = '200000000000000001';
const COMMANDS = '/applications/123456789012345678/commands';

const everything: Sent[] = [];
const bots: DiscordBot[] = [];
let discord: FakeDiscord;

beforeEach(async () => {
  discord = await FakeDiscord.start();
});
afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
  await discord.stop();
  everything.push(...discord.sent);
});

async function start(env?: Record<string, string>, more?: Parameters<typeof run>[2]): Promise<RunningTest> {
  const running = await run(discord, env, more);
  bots.push(running.bot);
  return running;
}

const puts = () => discord.sent.filter(({ method }) => method === 'PUT');
const asked = (place?: Parameters<typeof slash>[2]) => slash('movie-for', { song: HOLD_ON }, place);
async function answered(interaction = asked()) {
  discord.dispatch('INTERACTION_CREATE', interaction);
  return discord.callback(interaction.id);
}

describe('starting', () => {
  test('logs in, registers everywhere, prints both invites', async () => {
    const { bot, lines } = await start();
    expect(bot.ready()).toBe(true);
    expect(discord.identified[0]!.intents & GatewayIntentBits.MessageContent).toBeGreaterThan(0);
    expect(puts().map(({ path }) => path)).toEqual([COMMANDS]);
    const log = lines.join('');
    expect(log).toContain('scope=bot+applications.commands&permissions=274878024704&integration_type=0');
    expect(log).toContain('scope=applications.commands&integration_type=1');
    expect(log).not.toContain(TOKEN);
  });

  test('registers only when the commands differ', async () => {
    await start();
    const second = await start();
    expect(puts()).toHaveLength(1);
    expect(second.bot.counters.of('commands.unchanged')).toBe(1);
    const [first] = discord.commands.get(COMMANDS) as { description: string }[];
    first!.description = 'Something older';
    await start();
    expect(puts()).toHaveLength(2);
  });

  test('registers in one server where one is named', async () => {
    await start({ DISCORD_GUILD_ID: GUILD });
    expect(puts().map(({ path }) => path)).toEqual([
      `/applications/123456789012345678/guilds/${GUILD}/commands`,
    ]);
    await start({ DISCORD_GUILD_ID: GUILD });
    expect(puts()).toHaveLength(1);
  });

  test('goes on without the intent that the portal refuses', async () => {
    discord.disallowed = GatewayIntentBits.MessageContent;
    const { bot, lines } = await start();
    expect(bot.readsMessages).toBe(false);
    expect(lines.join('')).toContain('Message Content Intent');
    expect((await answered()).body.data.embeds).toHaveLength(5);
  });

  test('a refused token is a fault of the settings, and shows no token', async () => {
    const context = {
      engine: () => null as never,
      resolver: null as never,
      state: openMemoryState(),
      imageHost: null,
    };
    const logger = { info() {}, warn() {}, error() {}, debug() {} };
    const wrong = configFor(discord, { DISCORD_TOKEN: 'canary.canary.canary' });
    const failure = await startDiscord({ context, config: wrong, logger }).catch((error: Error) => error);
    expect(failure).toMatchObject({ id: 'discord.token', exitCode: 2 });
    expect(JSON.stringify(failure)).not.toContain('canary');
    expect(discord.matching(/gateway/)).toHaveLength(1);
  });

  test('beside the page, an unreachable Discord is tried again rather than an exit', async () => {
    const stop = new AbortController();
    const running = await start();
    const config = configFor(discord, { DISCORD_API_URL: 'http://127.0.0.1:9/api' });
    const logger = { info() {}, warn() {}, error() {}, debug() {} };
    const runtime = { config, context: running.context } as unknown as Runtime;
    const bot = await startBot(runtime, logger as never);
    expect(bot.ready()).toBe(false);
    await bot.stop();
    stop.abort();
  });

  test('commands that can’t be registered do not stop the bot', async () => {
    discord.failNext(/^PUT /, { status: 403, body: { code: 50001, message: 'Missing Access' } });
    const { bot } = await start();
    expect(bot.counters.of('failure.no-access')).toBe(1);
    expect((await answered()).body.data.embeds).toHaveLength(5);
  });
});

describe('on the line', () => {
  test('opens as many connections as Discord recommends, and answers on each', async () => {
    // The server of these tests belongs to the fifth of eight.
    discord.shards = 8;
    const { bot } = await start();
    await until(() => discord.identified.length === 8, 'every connection');
    expect(discord.identified.map(({ shard }) => shard)).toEqual(
      Array.from({ length: 8 }, (_, id) => [id, 8]),
    );
    const interaction = asked();
    expect((await answered(interaction)).body.data.embeds).toHaveLength(5);
    expect(discord.callbacks(interaction.id)).toHaveLength(1);
    discord.drop(null);
    await until(() => bot.counters.of('gateway.resumed') === 8, 'every resume');
    expect((await answered()).body.data.embeds).toHaveLength(5);
    expect(puts()).toHaveLength(1);
  });

  test('a dropped socket is resumed, and answers go on', async () => {
    const { bot } = await start();
    discord.drop(null);
    await until(() => discord.resumed === 1, 'the resume');
    await until(() => bot.counters.of('gateway.resumed') === 1, 'the count');
    expect(discord.identified).toHaveLength(1);
    expect((await answered()).body.data.embeds).toHaveLength(5);
  });

  test('the same interaction twice is answered once, also after a restart', async () => {
    const { bot } = await start();
    const interaction = asked();
    await answered(interaction);
    discord.dispatch('INTERACTION_CREATE', interaction);
    await until(() => bot.counters.of('interaction.duplicate') === 1, 'the second delivery');
    expect(discord.callbacks(interaction.id)).toHaveLength(1);
  });

  test('an expired token is logged and counted, and nothing more is tried', async () => {
    const { bot, lines } = await start();
    const late = asked();
    discord.failNext(new RegExp(late.id), {
      status: 404,
      body: { code: 10062, message: 'Unknown interaction' },
    });
    await answered(late);
    await until(() => bot.counters.of('failure.expired-interaction') === 1, 'the count');
    expect(lines.join('')).toContain('expired-interaction');
    expect(discord.matching(new RegExp(`token-${late.id}`))).toHaveLength(1);
    expect((await answered()).body.data.embeds).toHaveLength(5);
  });

  test('the edit of an announced answer may come too late, too', async () => {
    const { bot, resolver } = await start({}, { deferAfter: 0 });
    const go = resolver.slow();
    const late = asked();
    await answered(late);
    discord.failNext(/^PATCH /, { status: 401, body: { code: 50027, message: 'Invalid Webhook Token' } });
    go();
    await until(() => bot.counters.of('failure.expired-token') === 1, 'the count');
    expect(discord.matching(/^PATCH /)).toHaveLength(1);
  });

  test('a 429 is waited for, and the answer still comes', async () => {
    await start();
    const interaction = asked();
    discord.failNext(new RegExp(`/${interaction.id}/`), {
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: 0.05, global: false },
      headers: { 'retry-after': '0.05', 'x-ratelimit-scope': 'user', via: '1.1 google' },
    });
    discord.dispatch('INTERACTION_CREATE', interaction);
    await until(() => discord.callbacks(interaction.id).length === 2, 'the second try');
  });

  test.each([
    ['no JSON', '{"op":0,'],
    ['an event without data', JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: 90, d: null })],
    [
      'a thread that is null',
      JSON.stringify({ op: 0, t: 'MESSAGE_CREATE', s: 91, d: { ...personMessage('x'), thread: null } }),
    ],
    [
      'an interaction of no kind',
      JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: 92, d: { id: snowflake(), type: 77 } }),
    ],
    [
      'a command without options',
      JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: 93, d: { ...asked(), data: { type: 1 } } }),
    ],
    [
      'a message without an author',
      JSON.stringify({
        op: 0,
        t: 'MESSAGE_CREATE',
        s: 94,
        d: { id: snowflake(), channel_id: '300000000000000001' },
      }),
    ],
    [
      'a guild of nonsense',
      JSON.stringify({ op: 0, t: 'GUILD_CREATE', s: 95, d: { id: 5, channels: 'no' } }),
    ],
    ['an op that does not exist', JSON.stringify({ op: 99, d: {} })],
  ])('a packet with %s is passed over', async (_, packet) => {
    const { bot } = await start();
    discord.raw(packet);
    expect((await answered()).body.data.embeds).toHaveLength(5);
    expect(bot.ready()).toBe(true);
  });

  test('a list that comes too late is nobody’s trouble', async () => {
    const { bot } = await start();
    const late = typing('movie-for', 'song', 'hold');
    discord.failNext(new RegExp(late.id), {
      status: 404,
      body: { code: 10062, message: 'Unknown interaction' },
    });
    await answered(late as never);
    await until(() => bot.counters.of('failure.expired-interaction') === 1, 'the count');
  });

  test('stopping lets a running answer end', async () => {
    const { bot, resolver } = await start({}, { deferAfter: 0 });
    const go = resolver.slow();
    await answered();
    const stopping = bot.stop();
    go();
    await stopping;
    expect(discord.matching(/^PATCH .*@original/)).toHaveLength(1);
  });
});

checkEverythingSent(() => everything);

/** `/readyz` tells the truth, and every shard answers as soon as it is up. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningBot, Runtime } from '../../../src/bots/common/runtime.ts';
import { type DiscordBot, startBot } from '../../../src/bots/discord/start.ts';
import { configFor, run } from './support/bot.ts';
import { APPLICATION, CHANNEL, personMessage, slash } from './support/payloads.ts';
import { FakeDiscord, until } from './support/server.ts';

const HOLD_ON = 'spotify:track:5vjLSffimiIP26QG5WcN2K';

let discord: FakeDiscord;
const running: (DiscordBot | RunningBot)[] = [];

beforeEach(async () => {
  discord = await FakeDiscord.start();
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot.stop();
  await discord.stop();
});

/** The bot as it runs beside the page, with pauses that a test can wait for. */
async function beside(): Promise<{ bot: RunningBot; lines: string[] }> {
  const first = await run(discord);
  await first.bot.stop();
  const lines: string[] = [];
  const log = (_: unknown, text?: string) => void lines.push(text ?? String(_));
  const logger = { info: log, warn: log, error: log, debug: log } as never;
  const runtime = { config: configFor(discord), context: first.context } as unknown as Runtime;
  const bot = await startBot(runtime, logger, 20);
  running.push(bot);
  return { bot, lines };
}

describe('a connection that Discord ends for good', () => {
  test.each([
    [4004, 'Discord does not accept DISCORD_TOKEN.', 'Reset Token'],
    [4013, 'Discord does not accept the intents', 'install a newer Music2Movie'],
    [4012, 'Discord does not accept the connection', 'Install a newer Music2Movie'],
  ])(
    'with %i makes it not ready, says what to do, and is tried again until it stands',
    async (code, what, how) => {
      const { bot, lines } = await beside();
      expect(bot.ready()).toBe(true);
      discord.refusing = code;
      const before = discord.identified.length;
      discord.drop(code);
      await until(() => !bot.ready(), 'the loss');
      await until(() => discord.identified.length >= before + 2, 'two more attempts');
      expect(bot.ready()).toBe(false);
      const log = lines.join('\n');
      expect(log).toContain(what);
      expect(log).toContain(how);
      expect(log).not.toContain('connection to the internet');
      discord.refusing = null;
      await until(() => bot.ready(), 'the new connection', 20_000);
      const asked = slash('movie-for', { song: HOLD_ON });
      discord.dispatch('INTERACTION_CREATE', asked);
      expect((await discord.callback(asked.id)).body.data.embeds).toHaveLength(5);
    },
  );

  test('with 4014 goes on without the intent', async () => {
    const { bot, lines } = await beside();
    discord.disallowed = 1 << 15;
    discord.drop(4014);
    await until(() => lines.some((line) => line.includes('Going on without')), 'the way out', 20_000);
    await until(() => bot.ready(), 'the new connection', 20_000);
  });

  test('with a 401 while it runs is not ready, either', async () => {
    const { bot, lines } = await beside();
    discord.failNext(/^POST \/channels/, { status: 401, body: { message: '401: Unauthorized', code: 0 } });
    discord.dispatch('MESSAGE_CREATE', personMessage(`<@${APPLICATION}> ${HOLD_ON}`));
    await until(() => lines.some((line) => line.includes('DISCORD_TOKEN')), 'the loss');
    await until(() => bot.ready(), 'the new connection', 20_000);
    discord.dispatch('MESSAGE_CREATE', personMessage(`<@${APPLICATION}> ${HOLD_ON}`));
    await until(() => discord.matching(/^POST \/channels/).length === 2, 'an answer');
  });

  test('but not with the 401 of an interaction’s own token', async () => {
    const { bot, lines } = await run(discord);
    running.push(bot);
    const late = slash('movie-for', { song: HOLD_ON });
    discord.failNext(new RegExp(late.id), {
      status: 401,
      body: { message: 'Invalid Webhook Token', code: 50027 },
    });
    discord.dispatch('INTERACTION_CREATE', late);
    await until(() => bot.counters.of('failure.expired-token') === 1, 'the failure');
    expect(bot.ready()).toBe(true);
    expect(lines.join('')).not.toContain('DISCORD_TOKEN');
  });
});

test('refused intents at the start are named, not the internet', async () => {
  discord.refusing = 4013;
  const failure = await run(discord).catch((error: Error) => error);
  expect(failure).toMatchObject({ id: 'discord.invalid-intents' });
});

describe('with several shards', () => {
  test('an interaction before the last of three identifies is answered at once', async () => {
    discord.shards = 3;
    // One every five seconds, as Discord wants it; the server of these tests belongs to the first.
    discord.concurrency = 1;
    const starting = run(discord);
    await until(() => discord.identified.length === 1, 'the first shard');
    const asked = slash('movie-for', { song: HOLD_ON });
    discord.dispatch('INTERACTION_CREATE', asked);
    const { body } = await discord.callback(asked.id);
    expect(body.data.embeds).toHaveLength(5);
    expect(discord.identified.length).toBeLessThan(3);
    running.push((await starting).bot);
  }, 60_000);

  test('a restart of ten loses no interaction and no message of a shard that is up', async () => {
    discord.shards = 10;
    for (const shard of [7, 8, 9]) discord.held.add(shard);
    const starting = run(discord);
    await until(() => discord.identified.length === 10, 'every shard');
    const asked = Array.from({ length: 5 }, () => slash('movie-for', { song: HOLD_ON }));
    for (const one of asked) discord.dispatch('INTERACTION_CREATE', one);
    for (const one of asked) await discord.callback(one.id);
    await until(() => {
      discord.dispatch('MESSAGE_CREATE', personMessage(`<@${APPLICATION}> ${HOLD_ON}`));
      return discord.matching(new RegExp(`^POST /channels/${CHANNEL}/`)).length > 0;
    }, 'an answer to a message');
    for (const one of asked) expect(discord.callbacks(one.id)).toHaveLength(1);
    for (const shard of [7, 8, 9]) discord.release(shard);
    const { bot } = await starting;
    running.push(bot);
    expect(bot.ready()).toBe(true);
  }, 60_000);
});

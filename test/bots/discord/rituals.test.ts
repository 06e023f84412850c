/** Rituals in a channel: set by its managers, told to it, and sent once however many processes look. */
import { afterAll, expect, test } from 'vitest';
import { openMemoryState } from '../../../src/state/memory.ts';
import { run } from './support/bot.ts';
import { ALL_PERMISSIONS, ASKER, CHANNEL, MUTE_CHANNEL, slash } from './support/payloads.ts';
import { FakeDiscord, until } from './support/server.ts';
import { checkEverythingSent } from './support/validate.ts';

// biome-ignore lint/suspicious/noExplicitAny: payloads as Discord gets them
type Data = any;
const SILENT = 4096;
const MANAGER = String(BigInt(ALL_PERMISSIONS) | (1n << 4n));
const NOBODY = String(BigInt(ALL_PERMISSIONS) & ~(1n << 4n) & ~(1n << 5n) & ~(1n << 3n));
let now = Date.now();
const timing = { lookMs: 10, now: () => now };

const discord = await FakeDiscord.start();
const state = openMemoryState();
const bots = [
  await run(discord, {}, { state, rituals: timing }),
  await run(discord, {}, { state, rituals: timing }),
];
afterAll(async () => {
  for (const { bot } of bots) await bot.stop();
  await discord.stop();
});
const posted = (channel = CHANNEL) => discord.matching(new RegExp(`^POST /channels/${channel}/messages$`));
const counted = (name: string) => bots.reduce((sum, { bot }) => sum + bot.counters.of(name), 0);

async function ask(options: Record<string, string>, permissions = MANAGER, channel = CHANNEL): Promise<Data> {
  const interaction = slash('movie-rituals', options, { user: ASKER, channel });
  (interaction.member as Data).permissions = permissions;
  discord.dispatch('INTERACTION_CREATE', interaction);
  return (await discord.callback(interaction.id)).body.data;
}

test('sends a daily song, asked for by a manager, once, without a sound and to nobody', async () => {
  const refused = await ask({ action: 'daily' }, NOBODY);
  expect(refused.embeds[0].description).toContain('Only those who manage this channel');
  const set = await ask({ action: 'daily', at: '18:30', zone: 'UTC' });
  expect(set.flags & 64).toBe(64);
  expect(set.embeds[0].description).toContain('Every day at');
  expect(posted()[0]!.body).toMatchObject({ flags: SILENT, allowed_mentions: { parse: [] } });
  expect(posted()[0]!.body.content).toContain(`<@${ASKER}> changed what I send here by myself:`);
  now = Date.parse(`${new Date(now + 2 * 24 * 3600_000).toISOString().slice(0, 10)}T18:31Z`);
  await until(() => counted('ritual.daily') > 0, 'the song of the day');
  now += 3600_000;
  // Both have looked many times since.
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([counted('ritual.daily'), posted()]).toMatchObject([1, { length: 2 }]);
  const { body } = posted()[1]!;
  expect(body.flags & SILENT).toBe(SILENT);
  expect(body.embeds).toHaveLength(5);
  expect(body.content).toContain('The song of the day here.');
});

test('says in one sentence what is missing where it may not write', async () => {
  const data = await ask({ action: 'weekly' }, MANAGER, MUTE_CHANNEL);
  expect(data.embeds[0].description).toContain('For that I need Send Messages in this channel.');
  expect(posted(MUTE_CHANNEL)).toEqual([]);
  expect(await state.list('ritual')).toHaveLength(1);
});

test('forgets what a channel had when it is deleted', async () => {
  const { guilds } = discord as Data;
  const channel = guilds[0].channels.find(({ id }: Data) => id === CHANNEL);
  discord.dispatch('CHANNEL_DELETE', { ...channel, guild_id: guilds[0].id });
  await expect.poll(() => state.list('ritual')).toEqual([]);
});

checkEverythingSent(() => discord.sent);

/** `/movie-now` from somebody's status in Discord: only where the host asked for it, in memory alone. */
import { GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SONGS } from '../../support/fake-engine.ts';
import { type RunningTest, run } from './support/bot.ts';
import { ASKER, GUILD, slash } from './support/payloads.ts';
import { FakeDiscord } from './support/server.ts';

let discord: FakeDiscord;
let running: RunningTest;
beforeEach(async () => {
  discord = await FakeDiscord.start();
});
afterEach(async () => {
  await running.bot.stop();
  await discord.stop();
});

const status = (activities: readonly object[]) => ({
  user: { id: ASKER },
  guild_id: GUILD,
  status: 'online',
  activities,
  client_status: { desktop: 'online' },
});
const spotify = (details: string, state: string, sync_id?: string) => ({
  id: 'spotify:1',
  name: 'Spotify',
  type: 2,
  created_at: 0,
  details,
  state,
  ...(sync_id && { sync_id }),
});
async function now(): Promise<string> {
  const asked = slash('movie-now', {}, { user: ASKER });
  discord.dispatch('INTERACTION_CREATE', asked);
  const { data } = (await discord.callback(asked.id)).body;
  return [
    data.content,
    ...(data.embeds ?? []).flatMap((one: { description?: string }) => one.description),
  ].join('\n');
}
const intents = () => (discord.identified.at(-1) as unknown as { intents: number }).intents;

test('follows what the status says, until it says nothing', async () => {
  discord.guilds = [{ ...discord.guilds[0], presences: [status([spotify('Hold On', 'Adele; A Guest')])] }];
  running = await run(discord, { DISCORD_PRESENCE: 'true' });
  expect(intents() & GatewayIntentBits.GuildPresences).not.toBe(0);
  expect(await now()).toContain('You are playing: Hold On – Adele, A Guest');
  const { id } = SONGS[2]!;
  discord.dispatch('PRESENCE_UPDATE', status([{ id: 'x', name: 'A game', type: 0 }, spotify('x', 'y', id)]));
  expect(await now()).toContain('You are playing: x – y');
  expect(running.resolver.asked.at(-1)).toBe(`https://open.spotify.com/track/${id}`);
  discord.dispatch('PRESENCE_UPDATE', status([]));
  expect(await now()).not.toContain('You are playing');
  expect(await running.context.state.list('listening')).toEqual([]);
});

test('asks for no presence unless told to, and goes on where the portal refuses it', async () => {
  running = await run(discord);
  expect(intents() & GatewayIntentBits.GuildPresences).toBe(0);
  await running.bot.stop();
  discord.disallowed = GatewayIntentBits.GuildPresences;
  running = await run(discord, { DISCORD_PRESENCE: 'true' });
  expect(running.lines.join('')).toContain('Presence Intent');
  expect(running.bot.readsMessages).toBe(true);
});

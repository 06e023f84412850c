/** `doctor` for Discord: the usual mistakes. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diagnoseDiscord } from '../../../src/bots/discord/doctor.ts';
import { configFor } from './support/bot.ts';
import { FakeDiscord } from './support/server.ts';

const GUILD = '200000000000000001';
let discord: FakeDiscord;

beforeEach(async () => {
  discord = await FakeDiscord.start();
  discord.flags = 1 << 18;
});
afterEach(() => discord.stop());

const wrongOnes = async (env: Record<string, string> = {}) => {
  const findings = await diagnoseDiscord(configFor(discord, env));
  for (const { ok, fix } of findings) expect(fix !== undefined).toBe(!ok);
  return findings.filter(({ ok }) => !ok);
};

test('nothing is wrong where nothing is wrong', async () => {
  expect(await wrongOnes()).toEqual([]);
  expect(await wrongOnes({ DISCORD_GUILD_ID: GUILD })).toEqual([]);
});

test('nothing is said where Discord is not set up', async () => {
  expect(await diagnoseDiscord({ ...configFor(discord), discord: null })).toEqual([]);
});

test.each([
  ['123456789012345678', 'id'],
  ['0123456789abcdef'.repeat(4), 'public key'],
  ['x'.repeat(32), 'client secret'],
  ['Njk.short', 'form'],
])('a text that is no token: %s', async (token, word) => {
  const [finding] = await wrongOnes({ DISCORD_TOKEN: token });
  expect(finding!.sentence).toContain(word);
  expect(JSON.stringify(finding)).not.toContain(token);
  expect(discord.sent).toEqual([]);
});

test('a token that Discord refuses', async () => {
  const token = `${Buffer.from('123456789012345678').toString('base64url')}.aaaaaa.${'y'.repeat(38)}`;
  const findings = await wrongOnes({ DISCORD_TOKEN: token });
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    subject: 'Discord token',
    fix: expect.stringContaining('Reset Token'),
  });
  expect(JSON.stringify(findings)).not.toContain(token);
});

test('an intent that is off in the portal', async () => {
  discord.flags = 0;
  const [finding] = await wrongOnes();
  expect(finding!.sentence).toContain('4014');
  expect(await wrongOnes({ DISCORD_MESSAGE_CONTENT: 'false' })).toEqual([]);
  const both = { DISCORD_MESSAGE_CONTENT: 'false', DISCORD_PRESENCE: 'true' };
  expect((await wrongOnes(both))[0]!.fix).toContain('Presence Intent');
  discord.flags = 1 << 12;
  expect(await wrongOnes(both)).toEqual([]);
});

test('“Add App” that asks for too little', async () => {
  const scopes = (...all: string[]) => ({ oauth2_install_params: { scopes: all, permissions: '0' } });
  discord.installs = { 0: scopes('applications.commands'), 1: scopes('applications.commands') };
  const [finding] = await wrongOnes();
  expect(finding!.subject).toContain('Add App');
  expect(finding!.fix).toContain('Guild Install: applications.commands and bot');
  expect(finding!.fix).not.toContain('User Install');
  discord.installs = { 0: scopes('bot', 'applications.commands'), 1: scopes('applications.commands') };
  expect(await wrongOnes()).toEqual([]);
  discord.installs = { 0: scopes('bot', 'applications.commands') };
  expect((await wrongOnes())[0]!.fix).toContain('User Install: applications.commands');
});

test('a server without the bot, and one without its commands', async () => {
  const refused = { status: 403, body: { code: 50001, message: 'Missing Access' } };
  discord.failNext(/commands$/, refused);
  const [absent] = await wrongOnes({ DISCORD_GUILD_ID: GUILD });
  expect(absent!.sentence).toContain('not in the server');
  expect(absent!.fix).toContain('oauth2/authorize');
  discord.failNext(/commands$/, refused);
  discord.failNext(new RegExp(`guilds/${GUILD}$`), { status: 200, body: { id: GUILD } });
  const [scope] = await wrongOnes({ DISCORD_GUILD_ID: GUILD });
  expect(scope!.sentence).toContain('applications.commands');
});

test('an address that can’t be reached, or answers nonsense', async () => {
  const [closed] = await wrongOnes({ DISCORD_API_URL: 'http://127.0.0.1:9/api' });
  expect(closed!.sentence).toContain('can’t be reached');
  discord.failNext(/./, { status: 503, body: '' });
  expect((await wrongOnes())[0]!.sentence).toContain('503');
  discord.failNext(/./, { status: 200, body: [] });
  expect((await wrongOnes())[0]!.sentence).toContain('could not be read');
});

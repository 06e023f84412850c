/**
 * Measures what the Discord bot keeps of servers: heap per 1,000 heavy ones, beside a client that keeps what discord.js
 * keeps by default, in the same run against Discord on the loopback.
 *
 *   node --expose-gc --import tsx bench/discord.ts [servers]
 */
import { once } from 'node:events';
import { Client, type ClientOptions, Events, GatewayIntentBits } from 'discord.js';
import { makeClient } from '../src/bots/discord/client.ts';
import { guildPayload } from '../test/bots/discord/support/payloads.ts';
import { FakeDiscord, TOKEN } from '../test/bots/discord/support/server.ts';

const SERVERS = Number(process.argv[2] ?? 300);

const idOf = (kind: number, server: number, at = 0) =>
  String(200_000_000_000_000_000n + (BigInt(server) << 30n) + (BigInt(kind) << 22n) + BigInt(at));

const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** A server as large communities have them. */
function heavyGuild(server: number): Record<string, unknown> {
  const base = guildPayload();
  const id = idOf(0, server);
  return {
    ...base,
    id,
    name: `Server ${server}`,
    emojis: many(150, (at) => ({
      id: idOf(1, server, at),
      name: `emoji_${at}`,
      roles: [],
      user: { id: idOf(2, server), username: 'maker', discriminator: '0', avatar: null },
      require_colons: true,
      managed: false,
      animated: false,
      available: true,
    })),
    stickers: many(30, (at) => ({
      id: idOf(3, server, at),
      name: `sticker ${at}`,
      tags: 'x',
      type: 2,
      format_type: 1,
      description: 'A sticker of this server',
      available: true,
      guild_id: id,
      asset: '',
    })),
    roles: many(60, (at) => ({
      ...base.roles[0],
      id: at === 0 ? id : idOf(4, server, at),
      name: `role ${at}`,
    })),
    channels: many(80, (at) => ({
      ...base.channels[0],
      id: idOf(5, server, at),
      name: `channel-${at}`,
      permission_overwrites: many(4, (role) => ({
        id: idOf(4, server, role + 1),
        type: 0,
        allow: '0',
        deny: '1024',
      })),
    })),
    threads: [],
    guild_scheduled_events: many(5, (at) => ({
      id: idOf(6, server, at),
      guild_id: id,
      channel_id: idOf(5, server),
      name: `Event ${at}`,
      scheduled_start_time: '2027-01-01T00:00:00.000Z',
      privacy_level: 2,
      status: 1,
      entity_type: 2,
      entity_id: null,
      entity_metadata: null,
    })),
  };
}

function heap(): number {
  if (!globalThis.gc) throw new Error('Run it with --expose-gc.');
  for (let n = 0; n < 4; n += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Megabytes of heap that a client takes once every server has arrived. */
async function measure(discord: FakeDiscord, make: () => Client): Promise<number> {
  const before = heap();
  const client = make();
  const ready = once(client, Events.ClientReady);
  await client.login(TOKEN);
  await ready;
  if (client.guilds.cache.size !== SERVERS) throw new Error(`${client.guilds.cache.size} servers arrived`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const taken = (heap() - before) / 1e6;
  await client.destroy();
  discord.sent.length = 0;
  return taken;
}

const discord = await FakeDiscord.start();
discord.guilds = many(SERVERS, heavyGuild);
const intents: ClientOptions['intents'] = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.DirectMessages,
];
const ours = () =>
  makeClient({
    api: discord.api,
    messageContent: false,
    onFault: (error) => {
      throw error;
    },
  });
const usual = () => new Client({ intents, rest: { api: discord.api }, waitGuildTimeout: 2000 });
try {
  // Once before, so that what is loaded once counts for neither.
  await measure(discord, ours);
  for (const [name, make] of [
    ['this bot', ours],
    ['discord.js by default', usual],
  ] as const) {
    const taken = await measure(discord, make);
    console.log(
      `${name}: ${taken.toFixed(1)} MB for ${SERVERS} servers, ${((taken * 1000) / SERVERS).toFixed(0)} MB for 1,000`,
    );
  }
} finally {
  await discord.stop();
}

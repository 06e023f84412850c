/** When the bot speaks and when it is silent: links in context, mentions, replies, thanks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCooldown } from '../../../src/bots/common/cooldown.ts';
import { makeCooldowns } from '../../../src/bots/discord/bot.ts';
import { changeServer } from '../../../src/bots/discord/settings.ts';
import { changeSettings } from '../../../src/conversation/settings.ts';
import { openMemoryState } from '../../../src/state/memory.ts';
import { SONGS } from '../../support/fake-engine.ts';
import { type RunningTest, run } from './support/bot.ts';
import {
  APPLICATION,
  directMessage,
  GUILD,
  guildPayload,
  menu,
  messagePayload,
  person,
  personMessage,
  press,
  slash,
  snowflake,
} from './support/payloads.ts';
import { FakeDiscord, type Sent, until } from './support/server.ts';
import { checkEverythingSent } from './support/validate.ts';

const TRACK = '5vjLSffimiIP26QG5WcN2K';
const LINK = `https://open.spotify.com/track/${TRACK}`;
const UNKNOWN = 'https://open.spotify.com/track/0000000000000000000000';
const ROLE = '210000000000000001';
const ME = `<@${APPLICATION}>`;
const EPHEMERAL = 64;

let discord: FakeDiscord;
let running: RunningTest;
let next = 520_000_000_000_000_000n;
const somebody = () => String(++next);

beforeAll(async () => {
  discord = await FakeDiscord.start();
  const guild = guildPayload();
  guild.roles.push({
    ...guild.roles[0]!,
    id: ROLE,
    name: 'Music2Movie',
    managed: true,
    tags: { bot_id: APPLICATION },
  } as never);
  discord.guilds = [guild];
  running = await run(discord);
});
afterAll(async () => {
  await running.bot.stop();
  await discord.stop();
});

/** A channel of its own, so that no cool-down of another test counts. */
async function channel(links?: 'answer' | 'offer' | 'off'): Promise<string> {
  const id = somebody();
  discord.dispatch('CHANNEL_CREATE', {
    id,
    type: 0,
    guild_id: GUILD,
    name: 'c',
    position: 0,
    permission_overwrites: [],
  });
  if (links) await changeSettings(running.context.state, `discord:${id}`, { links });
  return id;
}

function say(id: string, content: string, more: object = {}) {
  const message = personMessage(content, { channel_id: id, author: person(somebody()), ...more });
  discord.dispatch('MESSAGE_CREATE', message);
  return message;
}

const posts = (id: string): Sent[] => discord.matching(new RegExp(`^POST /channels/${id}/messages`));
async function post(id: string, count = 1): Promise<Sent> {
  await until(() => posts(id).length >= count, `message ${count} in ${id}`);
  return posts(id)[count - 1]!;
}

/** Later messages are handled after earlier ones: once this one is answered, silence before it is meant. */
async function settled(): Promise<void> {
  const after = await channel('answer');
  say(after, LINK);
  await post(after);
  await new Promise((resolve) => setTimeout(resolve, 20));
}

const isFilms = ({ body }: Sent) => body.embeds.length === 5;

describe('a link is left alone', () => {
  test.each([
    ['in `<…>`', `look <${LINK}>`],
    ['in code', `\`${LINK}\``],
    ['in a block of code', `\`\`\`\n${LINK}\n\`\`\``],
    ['in a quote', `> ${LINK}\nindeed`],
    ['in a long quote', `so\n>>> one\n${LINK}`],
    ['behind a spoiler', `||${LINK}||`],
  ])('%s', async (_, content) => {
    const id = await channel('answer');
    say(id, content);
    await settled();
    expect(posts(id)).toEqual([]);
  });

  test('whose preview its author took away', async () => {
    const id = await channel('answer');
    say(id, LINK, { flags: 1 << 2 });
    await settled();
    expect(posts(id)).toEqual([]);
  });

  test('in an announcement to everyone', async () => {
    const id = await channel('answer');
    say(id, `@everyone ${ME} ${LINK}`, { mention_everyone: true });
    await settled();
    expect(posts(id)).toEqual([]);
  });

  test('that can’t be answered, instead of offering it', async () => {
    const id = await channel('offer');
    say(id, UNKNOWN);
    await settled();
    expect(posts(id)).toEqual([]);
  });

  test('in channels other than those that the server’s managers chose', async () => {
    const [here, there] = [await channel('answer'), await channel('answer')];
    await changeServer(running.context.state, GUILD, { allowed: [here] });
    say(there, LINK);
    say(here, LINK);
    await post(here);
    expect(posts(there)).toEqual([]);
    const asked = slash('movie-for', { song: LINK }, { user: somebody(), channel: there });
    discord.dispatch('INTERACTION_CREATE', asked);
    expect((await discord.callback(asked.id)).body.data.flags).toBe(EPHEMERAL);
    await changeServer(running.context.state, GUILD, { allowed: [] });
  });
});

describe('an offer', () => {
  test('names the song and counts the others', async () => {
    const id = await channel('offer');
    say(id, `${LINK} spotify:track:${SONGS[1]!.id} spotify:track:${SONGS[2]!.id}`);
    const button = (await post(id)).body.components[0].components[0];
    expect(button.label).toBe('Films like “Hold On” and 2 more songs');
    const message = messagePayload({ ...posts(id)[0]!.body, channel_id: id, guild_id: GUILD });
    const open = press(button.custom_id, message, { user: somebody(), channel: id });
    discord.dispatch('INTERACTION_CREATE', open);
    const { body } = await discord.callback(open.id);
    expect([body.type, body.data.embeds.length]).toEqual([7, 5]);
    expect(body.data.content).toContain(`${SONGS[2]!.title}`);
    const one = await channel('offer');
    say(one, LINK);
    expect((await post(one)).body.components[0].components[0].label).toBe('Films like “Hold On”');
  });

  test('belongs to whoever opens it', async () => {
    const id = await channel('offer');
    const asker = somebody();
    say(id, LINK);
    const { body } = await post(id);
    const message = messagePayload({ ...body, type: 19, channel_id: id, guild_id: GUILD });
    const open = press(body.components[0].components[0].custom_id, message, { user: asker, channel: id });
    discord.dispatch('INTERACTION_CREATE', open);
    const { data } = (await discord.callback(open.id)).body;
    const step = data.components[1].components[0].custom_id;
    const page = press(step, { ...message, components: data.components }, { user: asker, channel: id });
    discord.dispatch('INTERACTION_CREATE', page);
    expect((await discord.callback(page.id)).body.type).toBe(7);
  });
});

describe('keys follow effects', () => {
  test('a link that the channel’s rest kept from an answer may come again', async () => {
    const server = await FakeDiscord.start();
    const cooldowns = { ...makeCooldowns(openMemoryState()), channel: makeCooldown(3, 1) };
    const { bot } = await run(server, {}, { cooldowns });
    const id = '300000000000000001';
    const links = SONGS.slice(0, 4).map((song) => `spotify:track:${song.id}`);
    for (const content of links) server.dispatch('MESSAGE_CREATE', personMessage(content));
    await until(() => bot.counters.of('link.cooldown') === 1, 'the rest');
    const answered = () => server.matching(new RegExp(`^POST /channels/${id}/messages`));
    await until(() => answered().length === 3, 'the three before');
    await until(() => {
      server.dispatch('MESSAGE_CREATE', personMessage(links[3]!));
      return answered().length === 4;
    }, 'the fourth');
    await bot.stop();
    await server.stop();
  });

  test('a link whose answer was refused may come again', async () => {
    const id = await channel('answer');
    discord.failNext(new RegExp(`^POST /channels/${id}/`), {
      status: 400,
      body: { code: 50035, message: 'Invalid' },
    });
    say(id, LINK);
    await post(id);
    await settled();
    say(id, LINK);
    expect(isFilms(await post(id, 2))).toBe(true);
  });

  test.each([false, true])(
    'one message comes of it although Discord answers 500 three times (acted on: %s)',
    async (done) => {
      const id = await channel('answer');
      const failure = { status: 500, body: { message: 'Internal Server Error', code: 0 }, done };
      for (let n = 0; n < 3; n += 1) discord.failNext(new RegExp(`^POST /channels/${id}/`), failure);
      say(id, LINK);
      const { body } = await post(id, 4);
      expect(body.enforce_nonce).toBe(true);
      expect(new Set(posts(id).map((sent) => sent.body.nonce)).size).toBe(1);
      expect([...discord.messages.values()].filter((message) => message.channel_id === id)).toHaveLength(1);
    },
  );
});

describe('spoken to', () => {
  test('by its own role', async () => {
    const id = await channel('off');
    say(id, `<@&${ROLE}> ${LINK}`, { mention_roles: [ROLE] });
    expect(isFilms(await post(id))).toBe(true);
    const other = await channel('off');
    say(other, `<@&210000000000000009> hold on`);
    await settled();
    expect(posts(other)).toEqual([]);
  });

  test.each(['/movie-for hold on', '/film-zu hold on', '</movie-for:900000000000000000> hold on'])(
    'with the command %j as plain text',
    async (text) => {
      const id = await channel('off');
      say(id, `${ME} ${text}`);
      expect(isFilms(await post(id))).toBe(true);
    },
  );

  test('with a question in words', async () => {
    const id = await channel('off');
    say(id, `${ME} what films fit Hold On?`);
    expect(isFilms(await post(id))).toBe(true);
    expect(running.resolver.asked.at(-1)).toBe('Hold On');
  });

  test.each([
    ['came along', true],
    ['has to be asked for', false],
  ])('in reply to somebody’s link, which %s', async (_, along) => {
    const id = await channel('off');
    const theirs = personMessage(`hear ${LINK}`, { channel_id: id, author: person(somebody()) });
    discord.keep(theirs);
    say(id, `${ME} what films fit this?`, {
      type: 19,
      message_reference: { message_id: theirs.id, channel_id: id, guild_id: GUILD },
      ...(along && { referenced_message: theirs }),
    });
    expect(isFilms(await post(id))).toBe(true);
    say(id, ME, { type: 19, message_reference: { message_id: theirs.id, channel_id: id } });
    expect(isFilms(await post(id, 2))).toBe(true);
  });

  test('in reply to a message with a song in its embed', async () => {
    const id = await channel('off');
    const embeds = [
      {
        author: { name: 'Now playing – somebody' },
        description: '**[Hold On](https://www.last.fm/x)**\nby **Chord Overstreet**',
      },
    ];
    const theirs = messagePayload({ channel_id: id, author: person(somebody(), { bot: true }), embeds });
    say(id, ME, {
      type: 19,
      message_reference: { message_id: theirs.id, channel_id: id },
      referenced_message: { ...theirs, embeds },
    });
    expect(isFilms(await post(id))).toBe(true);
    expect(running.resolver.asked).toContain('Hold On – Chord Overstreet');
  });

  test.each([
    ['with its author', { referenced_message: messagePayload() }],
    ['without, but pinged', { mentions: [person(APPLICATION)] }],
  ])('in reply to its own message, %s', async (_, more) => {
    const id = await channel('off');
    const reply = { type: 19, message_reference: { message_id: snowflake(), channel_id: id }, ...more };
    say(id, LINK, reply);
    expect(isFilms(await post(id))).toBe(true);
    say(id, 'xyzzy qwertz', reply);
    say(id, 'haha thanks!', reply);
    await settled();
    expect(posts(id)).toHaveLength(1);
  });

  test.each([`thanks ${ME}`, `${ME} merci beaucoup !`, `lol ${ME} 😂`, `ありがとう ${ME}`])(
    'but not by %j',
    async (content) => {
      const id = await channel('answer');
      say(id, content);
      await settled();
      expect(posts(id)).toEqual([]);
    },
  );

  test('in code: nobody speaks to it', async () => {
    const id = await channel('answer');
    say(id, `write \`${ME} hold on\``);
    await settled();
    expect(posts(id)).toEqual([]);
  });

  test('no more often than a channel’s bucket holds', async () => {
    const id = await channel('off');
    for (let n = 0; n < 5; n += 1) say(id, `${ME} ${LINK}`);
    await post(id, 3);
    await settled();
    await until(() => running.bot.counters.of('message.cooldown') >= 2, 'the rest');
    expect(posts(id)).toHaveLength(3);
  });

  test('is answered in the language that its author last used', async () => {
    const asker = somebody();
    const asked = slash('movie-for', { song: LINK }, { user: asker, locale: 'de' });
    discord.dispatch('INTERACTION_CREATE', asked);
    await discord.callback(asked.id);
    const [dm, id] = [somebody(), await channel('off')];
    discord.dispatch('MESSAGE_CREATE', directMessage(LINK, { channel_id: dm, author: person(asker) }));
    expect((await post(dm)).body.content).toContain('Fünf Filme');
    say(id, `${ME} ${LINK}`, { author: person(asker) });
    expect((await post(id)).body.content).toContain('Fünf Filme');
    say(id, `${ME} ${LINK}`);
    expect((await post(id, 2)).body.content).toContain('Five films');
  });
});

test('where a server has chosen cards, a link and a mention are answered with quiet cards', async () => {
  await changeServer(running.context.state, GUILD, { look: 'cards' });
  const id = await channel('answer');
  say(id, LINK);
  say(id, `${ME} ${LINK}`);
  for (const count of [1, 2]) {
    const { body } = await post(id, count);
    expect(body.flags).toBe((1 << 12) | (1 << 15));
    expect(body.components[0].type).toBe(17);
    expect(body.content ?? '').toBe('');
  }
  const [dm] = [somebody()];
  discord.dispatch('MESSAGE_CREATE', directMessage(LINK, { channel_id: dm, author: person(somebody()) }));
  expect(isFilms(await post(dm))).toBe(true);
  await changeServer(running.context.state, GUILD, { look: 'embeds' });
});

describe('a slow apology', () => {
  test('to a link that nobody knows is private, and its public announcement goes away', async () => {
    const server = await FakeDiscord.start();
    const { bot, resolver } = await run(server, {}, { deferAfter: 0 });
    const go = resolver.slow();
    const asked = slash('movie-for', { song: UNKNOWN }, { user: somebody() });
    server.dispatch('INTERACTION_CREATE', asked);
    expect((await server.callback(asked.id)).body.type).toBe(5);
    go();
    const followUps = () => server.matching(/^POST \/webhooks\//);
    await until(() => followUps().length === 1, 'the apology');
    expect(followUps()[0]!.body.flags).toBe(EPHEMERAL);
    expect(server.matching(/^DELETE \/webhooks\/.*@original$/)).toHaveLength(1);
    expect(server.matching(/^PATCH /)).toEqual([]);
    await bot.stop();
    await server.stop();
  });
});

describe('a deleted question', () => {
  test('takes its answer along, unless somebody pressed it', async () => {
    const id = await channel('answer');
    const [first, second] = [say(id, LINK), say(id, `spotify:track:${SONGS[1]!.id}`)];
    await post(id, 2);
    await settled();
    const answers = [...discord.messages.values()].filter((message) => message.channel_id === id);
    const pressed = answers.find(
      ({ message_reference: reference }) => (reference as { message_id: string }).message_id === second.id,
    )!;
    const { custom_id: page } = posts(id)[1]!.body.components[1].components[0];
    const paged = press(page, { ...pressed, guild_id: GUILD }, { user: somebody(), channel: id });
    discord.dispatch('INTERACTION_CREATE', paged);
    await discord.callback(paged.id);
    discord.dispatch('MESSAGE_DELETE_BULK', { ids: [second.id], channel_id: id, guild_id: GUILD });
    discord.dispatch('MESSAGE_DELETE', { id: first.id, channel_id: id, guild_id: GUILD });
    const deleted = () => discord.matching(new RegExp(`^DELETE /channels/${id}/`));
    await until(() => deleted().length === 1, 'the deletion');
    expect(discord.messages.has(`${id}/${pressed.id}`)).toBe(true);
  });
});

describe('“Find films for this song”', () => {
  const video = (title: string, author: string) => ({
    type: 'video',
    url: 'https://www.youtube.com/watch?v=x',
    title,
    author: { name: author },
    provider: { name: 'YouTube' },
  });
  test.each([
    ['a video', { embeds: [video('Chord Overstreet - Hold On (Official Video)', 'ChordOverstreetVEVO')] }],
    ['a video of a topic', { embeds: [video('Hold On', 'Chord Overstreet - Topic')] }],
    [
      'Apple Music',
      {
        embeds: [
          {
            type: 'link',
            url: 'https://music.apple.com/us/song/x',
            title: 'Hold On by Chord Overstreet on Apple Music',
            provider: { name: 'Apple Music' },
          },
        ],
      },
    ],
    [
      'fmbot',
      {
        embeds: [
          {
            type: 'rich',
            author: { name: 'Now playing - x' },
            description: '[Hold On](https://www.last.fm/music/x)\n**Chord Overstreet** • *Hold On*',
          },
        ],
      },
    ],
    [
      'a player',
      {
        embeds: [
          {
            type: 'rich',
            title: 'Now Playing',
            description: '[Hold On](https://x.example/y)',
            fields: [{ name: 'Author', value: 'Chord Overstreet' }],
          },
        ],
      },
    ],
    [
      'a message of cards',
      {
        flags: 1 << 15,
        components: [
          {
            type: 17,
            components: [
              { type: 10, content: '### Now playing' },
              {
                type: 9,
                components: [
                  { type: 10, content: '**[Hold On](https://www.last.fm/x)**\nby **Chord Overstreet**' },
                ],
                accessory: { type: 11, media: { url: 'https://x.example/y.png' } },
              },
            ],
          },
        ],
      },
    ],
  ])('reads %s', async (_, more) => {
    const target = { ...messagePayload({ author: person(somebody(), { bot: true }) }), ...more };
    const asked = menu(target, { user: somebody() });
    discord.dispatch('INTERACTION_CREATE', asked);
    const { body } = await discord.callback(asked.id);
    expect(body.data.embeds).toHaveLength(5);
    expect(running.resolver.asked.at(-1)).toMatch(
      /^(?:Hold On – Chord Overstreet|Chord Overstreet - Hold On)$/,
    );
  });
});

checkEverythingSent(() => discord.sent);

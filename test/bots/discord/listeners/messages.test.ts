/** Pasted links, mentions and direct messages. */
import { describe, expect, test } from 'vitest';
import { changeSettings } from '../../../../src/conversation/settings.ts';
import { botOfFile } from '../support/bot.ts';
import {
  APPLICATION,
  CHANNEL,
  directMessage,
  MUTE_CHANNEL,
  PLAIN_CHANNEL,
  person,
  personMessage,
  press,
  shown,
  snowflake,
} from '../support/payloads.ts';
import { type Sent, until } from '../support/server.ts';
import { checkEverythingSent } from '../support/validate.ts';

const TRACK = '5vjLSffimiIP26QG5WcN2K';
const LINK = `https://open.spotify.com/track/${TRACK}?si=abc`;
const QUIET = 1 << 12;

const { discord, running } = await botOfFile();
let next = 500_000_000_000_000_000n;

/** A channel of its own for every test, so that no cool-down of another counts. */
function channel(links?: 'answer' | 'offer' | 'off'): Promise<string> {
  const id = String(++next);
  discord.dispatch('CHANNEL_CREATE', {
    id,
    type: 0,
    guild_id: '200000000000000001',
    name: 'c',
    position: 0,
    permission_overwrites: [],
  });
  return (links ? changeSettings(running.context.state, `discord:${id}`, { links }) : Promise.resolve()).then(
    () => id,
  );
}

const posts = (id: string): Sent[] => discord.matching(new RegExp(`^POST /channels/${id}/messages`));
async function post(id: string): Promise<Sent> {
  await until(() => posts(id).length > 0, `a message in ${id}`);
  return posts(id)[0]!;
}

/** Waits until an event sent now has been handled: later ones are handled after earlier ones. */
async function settled(reason: string): Promise<void> {
  await until(() => running.bot.counters.of(reason) > 0, reason);
}

describe('a pasted link in a server', () => {
  test('is offered by one quiet button, which opens the films in its place', async () => {
    const id = await channel();
    const message = personMessage(`hear this ${LINK}`, { channel_id: id });
    discord.dispatch('MESSAGE_CREATE', message);
    const { body } = await post(id);
    expect(body.embeds).toEqual([]);
    expect(body.flags).toBe(QUIET);
    expect(body.message_reference.message_id).toBe(message.id);
    expect(body.allowed_mentions).toMatchObject({ parse: [], replied_user: false });
    const [button] = body.components[0].components;
    expect(button.custom_id).toBe(`offer:spotify:track:${TRACK}`);
    const opened = press(
      button.custom_id,
      shown({ body }, undefined, { interaction_metadata: undefined, channel_id: id }),
      { channel: id },
    );
    discord.dispatch('INTERACTION_CREATE', opened);
    const callback = await discord.callback(opened.id);
    expect(callback.body.type).toBe(7);
    expect(callback.body.data.embeds).toHaveLength(5);
  });

  test('is answered at once where managers want that', async () => {
    const id = await channel('answer');
    discord.dispatch('MESSAGE_CREATE', personMessage(LINK, { channel_id: id }));
    expect((await post(id)).body.embeds).toHaveLength(5);
  });

  test('is left alone where managers want that', async () => {
    const id = await channel('off');
    discord.dispatch('MESSAGE_CREATE', personMessage(LINK, { channel_id: id }));
    await settled('link.off');
    expect(posts(id)).toEqual([]);
  });

  test('gets one reaction, however often it is pasted or delivered', async () => {
    const id = await channel('answer');
    const message = personMessage(LINK, { channel_id: id });
    discord.dispatch('MESSAGE_CREATE', message);
    discord.dispatch('MESSAGE_CREATE', message);
    discord.dispatch('MESSAGE_CREATE', personMessage(`again ${LINK}`, { channel_id: id }));
    await settled('message.duplicate');
    await settled('link.repeated');
    await post(id);
    expect(posts(id)).toHaveLength(1);
  });

  test('rests after a few in one channel', async () => {
    const id = await channel('offer');
    for (let n = 0; n < 6; n += 1) {
      const other = `https://open.spotify.com/track/${TRACK.slice(0, -1)}${n}`;
      discord.dispatch('MESSAGE_CREATE', personMessage(other, { channel_id: id }));
    }
    await settled('link.cooldown');
    expect(posts(id).length).toBeLessThan(6);
  });

  test('that leads to no film is passed over without a word', async () => {
    const id = await channel('answer');
    discord.dispatch(
      'MESSAGE_CREATE',
      personMessage('https://open.spotify.com/track/0000000000000000000000', { channel_id: id }),
    );
    await settled('link.no-films');
    expect(posts(id)).toEqual([]);
  });

  test.each([
    ['a bot', { author: person('400000000000000077', { bot: true }) }],
    ['a webhook', { webhook_id: '400000000000000078' }],
    ['the bot itself', { author: person(APPLICATION, { bot: true }) }],
    ['the system', { type: 7 }],
  ])('is not for %s', async (_, more) => {
    const id = await channel('answer');
    discord.dispatch('MESSAGE_CREATE', personMessage(LINK, { channel_id: id, ...more }));
    discord.dispatch('MESSAGE_UPDATE', personMessage(LINK, { channel_id: id }));
    // A link elsewhere that is answered shows that those before it were handled.
    const after = await channel('answer');
    discord.dispatch('MESSAGE_CREATE', personMessage(LINK, { channel_id: after }));
    await post(after);
    expect(posts(id)).toEqual([]);
  });

  test('is left alone where the bot may not speak, and that is counted', async () => {
    discord.dispatch('MESSAGE_CREATE', personMessage(LINK, { channel_id: MUTE_CHANNEL }));
    await settled('message.no-permission');
    expect(posts(MUTE_CHANNEL)).toEqual([]);
  });

  test('is answered in words where the bot may not embed, with what it needs', async () => {
    await changeSettings(running.context.state, `discord:${PLAIN_CHANNEL}`, { links: 'answer' });
    discord.dispatch('MESSAGE_CREATE', personMessage(LINK, { channel_id: PLAIN_CHANNEL }));
    const { body } = await post(PLAIN_CHANNEL);
    expect(body.embeds).toEqual([]);
    expect(body.content).toContain('I need *Embed Links* here');
  });
});

describe('speaking to the bot', () => {
  test('a direct message with a link is answered at once', async () => {
    const channel = snowflake();
    discord.dispatch(
      'MESSAGE_CREATE',
      directMessage(`what fits ${LINK} ?`, { channel_id: channel, author: person('430000000000000001') }),
    );
    expect((await post(channel)).body.embeds).toHaveLength(5);
    expect(running.resolver.asked.at(-1)).toBe(`spotify:track:${TRACK}`);
  });

  test('a direct message with words is a question, and says so when it finds nothing', async () => {
    const channel = snowflake();
    discord.dispatch(
      'MESSAGE_CREATE',
      directMessage('xyzzy qwertz', { channel_id: channel, author: person('430000000000000002') }),
    );
    expect((await post(channel)).body.embeds[0].title).toBe('Sorry');
  });

  test('a mention with a link is answered even where links are off', async () => {
    const id = await channel('off');
    const content = `<@${APPLICATION}> ${LINK}`;
    discord.dispatch(
      'MESSAGE_CREATE',
      personMessage(content, { channel_id: id, author: person('430000000000000003') }),
    );
    expect((await post(id)).body.embeds).toHaveLength(5);
  });

  test('a mention with nothing gets the help', async () => {
    const id = await channel('off');
    discord.dispatch(
      'MESSAGE_CREATE',
      personMessage(`<@${APPLICATION}>`, { channel_id: id, author: person('430000000000000004') }),
    );
    expect((await post(id)).body.embeds[0].description).toMatch(/Type <\/movie-for:\d+> and a song/);
  });

  test('a private question can’t be answered in public', async () => {
    const id = await channel('off');
    const content = `<@${APPLICATION}> hold on private:yes`;
    discord.dispatch(
      'MESSAGE_CREATE',
      personMessage(content, { channel_id: id, author: person('430000000000000005') }),
    );
    expect((await post(id)).body.embeds[0].description).toContain('can’t answer you alone');
  });
});

test('a channel that is deleted is forgotten', async () => {
  const id = await channel('off');
  discord.dispatch('CHANNEL_DELETE', { id, type: 0, guild_id: '200000000000000001', name: 'c' });
  for (let n = 0; n < 400 && (await running.context.state.get(`channel:discord:${id}`)); n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await running.context.state.get(`channel:discord:${id}`)).toBeUndefined();
});

test('a refused reply lets the channel rest', async () => {
  const id = await channel('offer');
  discord.failNext(new RegExp(`^POST /channels/${id}/`), {
    status: 403,
    body: { code: 50013, message: 'Missing Permissions' },
  });
  discord.dispatch('MESSAGE_CREATE', personMessage(LINK, { channel_id: id }));
  await until(() => running.bot.counters.of('failure.lost-permission') > 0, 'the refusal');
  await until(() => running.lines.some((line) => line.includes('lost-permission')), 'the log');
  discord.dispatch('MESSAGE_CREATE', personMessage(LINK.replace('N2K', 'N2L'), { channel_id: id }));
  const after = await channel('answer');
  discord.dispatch('MESSAGE_CREATE', personMessage(LINK, { channel_id: after }));
  await post(after);
  expect(posts(id)).toHaveLength(1);
  expect(id).not.toBe(CHANNEL);
});

checkEverythingSent(() => discord.sent);

/** A film night in a channel: one message that everybody presses in. */
import { describe, expect, test } from 'vitest';
import { botOfFile } from './support/bot.ts';
import { press, shown, slash, submit } from './support/payloads.ts';
import { until } from './support/server.ts';
import { checkEverythingSent } from './support/validate.ts';

const EPHEMERAL = 64;
const [REPLY, UPDATE, MODAL] = [4, 7, 9];
const { discord, somebody, send } = await botOfFile(430_000_000_000_000_000n);

// biome-ignore lint/suspicious/noExplicitAny: payloads as Discord gets them
type Data = any;
const idOf = (data: Data, label: string): string =>
  data.components.flatMap((row: Data) => row.components).find((one: Data) => one.label?.includes(label))
    ?.custom_id ?? '';
const textOf = (data: Data): string => data.embeds[0].description;

/** A film night in the channel, as everybody sees it. */
async function opened(song = 'hold on adele') {
  const opener = somebody();
  const { body } = await send(slash('movie-night', { song }, { user: opener }));
  return { opener, body, message: shown({ body } as never, opener) };
}

/** Somebody presses in the message, fills the form in, and the message is updated. */
async function join(message: Data, data: Data, song: string, user = somebody()) {
  const modal = await send(press(idOf(data, 'Add a song'), message, { user }));
  expect(modal.body.type).toBe(MODAL);
  return send(submit(modal.body.data.custom_id, { song }, message, { user }));
}

describe('a film night', () => {
  test('is a public message, into which others put their songs', async () => {
    const { body, message } = await opened();
    expect(body.type).toBe(REPLY);
    expect(body.data.flags).toBeUndefined();
    const joined = await join(message, body.data, 'clair de lune');
    expect(joined.body.type).toBe(UPDATE);
    expect(textOf(joined.body.data)).toMatch(/Adele[\s\S]*Clair de Lune/);
  });

  test('goes from songs to a vote to one film, by one message', async () => {
    const { opener, body, message } = await opened();
    const joined = await join(message, body.data, 'enter sandman');
    const refused = await send(press(idOf(body.data, 'Find the films'), message, { user: somebody() }));
    expect([refused.body.type, refused.body.data.flags]).toEqual([REPLY, EPHEMERAL]);
    const films = await send(press(idOf(joined.body.data, 'Find the films'), message, { user: opener }));
    expect(films.body.type).toBe(UPDATE);
    expect(textOf(films.body.data)).toMatch(/closest to/);
    const voted = await send(press(idOf(films.body.data, '2 ·'), message, { user: somebody() }));
    expect(voted.body.type).toBe(UPDATE);
    expect(textOf(voted.body.data)).toContain('one vote');
    const done = await send(press(idOf(voted.body.data, 'End the vote'), message, { user: opener }));
    expect(textOf(done.body.data)).toMatch(/^Tonight: /);
    expect(done.body.data.embeds[0].image.url).toMatch(/^https:\/\/image\.tmdb\.org\//);
    const undone = await send(press(idOf(done.body.data, 'Back to the vote'), message, { user: opener }));
    expect(textOf(undone.body.data)).toContain('one vote');
  });

  test('opens a film’s details to the presser alone', async () => {
    const { opener, body, message } = await opened();
    const films = await send(press(idOf(body.data, 'Find the films'), message, { user: opener }));
    const menu = films.body.data.components
      .flatMap((row: Data) => row.components)
      .find((one: Data) => one.type === 3);
    expect(menu.options).toHaveLength(5);
    const details = await send(press(menu.custom_id, message, { user: somebody() }, [menu.options[0].value]));
    expect([details.body.type, details.body.data.flags]).toEqual([REPLY, EPHEMERAL]);
    expect(details.body.data.embeds[0].fields.length).toBeGreaterThan(2);
  });

  test('asks one person alone which song they mean, and shows all what they chose', async () => {
    const { body, message } = await opened();
    discord.keep(message);
    const user = somebody();
    const asked = await join(message, body.data, 'which', user);
    expect([asked.body.type, asked.body.data.flags]).toEqual([REPLY, EPHEMERAL]);
    const menu = asked.body.data.components
      .flatMap((row: Data) => row.components)
      .find((one: Data) => one.type === 3);
    const alone = shown(asked as never, user, { flags: EPHEMERAL });
    await send(press(menu.custom_id, alone, { user }, [menu.options[1].value]));
    const edit = () => discord.matching(new RegExp(`^PATCH /channels/\\d+/messages/${message.id}$`));
    await until(() => edit().length > 0, 'the message that all see');
    expect((edit().at(-1)!.body as Data).embeds[0].description).toContain('2 songs so far');
  });

  test('says what it does not understand to one person alone', async () => {
    const { body, message } = await opened();
    const answer = await join(message, body.data, 'qqqq zzzz');
    expect([answer.body.type, answer.body.data.flags]).toEqual([REPLY, EPHEMERAL]);
  });

  test('names people as the server does, and pings nobody', async () => {
    const { body, message } = await opened();
    const joined = await join(message, body.data, 'clair de lune');
    expect(JSON.stringify(joined.body.data)).not.toMatch(/<@|@everyone/);
    expect(textOf(joined.body.data).split('\n').length).toBeGreaterThanOrEqual(4);
  });
});

checkEverythingSent(() => discord.sent);

/** Whose answer a message is, whatever its payload leaves out. */
import { beforeAll, describe, expect, test } from 'vitest';
import { changeServer } from '../../../src/bots/discord/settings.ts';
import { botOfFile } from './support/bot.ts';
import {
  APPLICATION,
  CHANNEL,
  GUILD,
  messagePayload,
  OTHER,
  person,
  personMessage,
  press,
  slash,
} from './support/payloads.ts';
import { type Sent, until } from './support/server.ts';
import { checkEverythingSent } from './support/validate.ts';

const TRACK = '5vjLSffimiIP26QG5WcN2K';
const HOLD_ON = `spotify:track:${TRACK}`;
const EPHEMERAL = 64;
const [REPLY, UPDATE] = [4, 7];

const { discord, running, somebody, send } = await botOfFile(440_000_000_000_000_000n);

interface Component {
  readonly label?: string;
  readonly custom_id?: string;
  readonly components?: Component[];
  readonly options?: readonly { readonly label: string; readonly value: string }[];
}
const all = (components: readonly Component[]): Component[] =>
  components.flatMap((one) => [one, ...all(one.components ?? [])]);
/** A press of the button of that label, or the choice of it from a menu; null where there is neither. */
function pressOf(
  body: { components: Component[] },
  label: string,
  message: Record<string, unknown>,
  place: Parameters<typeof press>[2],
) {
  for (const { label: own, custom_id: id = '', options = [] } of all(body.components)) {
    if (own === label) return press(id, message, place);
    const option = options.find((one) => one.label === label);
    if (option) return press(id, message, place, [option.value]);
  }
  throw new Error(`nothing is called ${label}`);
}

/** The bot's reply to a mention, as it was posted. */
async function mentioned(author: string): Promise<Sent> {
  const asked = personMessage(`<@${APPLICATION}> ${HOLD_ON}`, {
    channel_id: somebody(),
    author: person(author),
  });
  discord.dispatch('CHANNEL_CREATE', {
    id: asked.channel_id,
    type: 0,
    guild_id: GUILD,
    name: 'c',
    position: 0,
    permission_overwrites: [],
  });
  discord.dispatch('MESSAGE_CREATE', asked);
  const posts = () => discord.matching(new RegExp(`^POST /channels/${asked.channel_id}/`));
  await until(() => posts().length > 0, 'the reply');
  return posts()[0]!;
}

describe.each(['embeds', 'cards'] as const)('with %s', (look) => {
  beforeAll(async () => {
    await changeServer(running.context.state, GUILD, { look });
  });

  test.each([
    ['with the message replied to', { referenced_message: personMessage('x') }],
    ['without it', {}],
    ['with it deleted', { referenced_message: null }],
  ])('a reply (type 19) %s is paged by whoever asked, and by nobody else', async (_, more) => {
    const asker = somebody();
    const { body } = await mentioned(asker);
    const message = messagePayload({ ...body, type: 19, guild_id: GUILD, ...more });
    const next = (user: string) => pressOf(body, 'Next five', message, { user });
    const own = await send(next(asker));
    expect(own.body.type).toBe(UPDATE);
    const others = await send(next(somebody()));
    expect(others.body.type).toBe(REPLY);
    expect(others.body.data.flags & EPHEMERAL).toBe(EPHEMERAL);
    // What came of it is as much the asker's, page after page.
    const again = { ...message, components: own.body.data.components };
    const back = pressOf(own.body.data, 'Previous five', again, { user: asker });
    expect((await send(back)).body.type).toBe(UPDATE);
  });

  test('a command’s answer is its asker’s without `interaction_metadata`', async () => {
    const asker = somebody();
    const { body } = await send(slash('movie-for', { song: HOLD_ON }, { user: asker }));
    const message = messagePayload({ ...body.data, guild_id: GUILD });
    const next = (user: string) => pressOf(body.data, 'Next five', message, { user });
    expect((await send(next(asker))).body.type).toBe(UPDATE);
    expect((await send(next(OTHER))).body.type).toBe(REPLY);
  });

  test('an answer that nobody else sees is private without its flags', async () => {
    const asker = somebody();
    const { body } = await send(slash('movie-for', { song: HOLD_ON, private: true }, { user: asker }));
    const message = messagePayload({ ...body.data, guild_id: GUILD, flags: body.data.flags & ~EPHEMERAL });
    const next = await send(pressOf(body.data, 'Next five', message, { user: asker }));
    expect(next.body.type).toBe(UPDATE);
    pressOf(next.body.data, 'Share to channel', message, { user: asker });
  });

  test('its asker deletes it, a moderator too, and nobody else', async () => {
    const asker = somebody();
    const { body } = await send(slash('movie-for', { song: HOLD_ON }, { user: asker }));
    const message = messagePayload({ ...body.data, guild_id: GUILD });
    const remove = (user: string) => pressOf(body.data, 'Delete', message, { user });
    const refused = await send(remove(somebody()));
    expect(refused.body.data.flags & EPHEMERAL).toBe(EPHEMERAL);
    const deletions = () => discord.matching(/^DELETE \/webhooks\/.*@original/).length;
    const before = deletions();
    await send(remove(asker));
    await until(() => deletions() === before + 1, 'the asker’s deletion');
    const moderator = remove(somebody());
    (moderator.member as { permissions: string }).permissions = String(1n << 13n);
    await send(moderator);
    await until(() => deletions() === before + 2, 'the moderator’s deletion');
  });
});

test('a custom id fits, whatever filters stand in it', async () => {
  const asker = somebody();
  const values = {
    song: HOLD_ON,
    genre: 'Horror, Drama',
    'not-genre': 'Comedy',
    years: '1970-1999',
    runtime: '60-240',
    rating: 3.5,
    language: 'English, French',
  };
  const { body } = await send(slash('movie-for', values, { user: asker, channel: CHANNEL }));
  const ids = all(body.data.components).map(({ custom_id: id }) => id?.length ?? 0);
  expect(Math.max(...ids)).toBeLessThanOrEqual(100);
});

checkEverythingSent(() => discord.sent);

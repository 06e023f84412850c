/** `/movie-settings`: the panel, the server's defaults, and that the channel is told. */
import { describe, expect, test } from 'vitest';
import { placeSettings, serverSettings } from '../../../src/bots/discord/settings.ts';
import { botOfFile } from './support/bot.ts';
import { ADULT_CHANNEL, CHANNEL, GUILD, messagePayload, press, slash } from './support/payloads.ts';
import { until } from './support/server.ts';
import { checkEverythingSent } from './support/validate.ts';

const EPHEMERAL = 64;
const [REPLY, UPDATE] = [4, 7];

const { discord, running, somebody, send } = await botOfFile(450_000_000_000_000_000n);

interface Menu {
  readonly custom_id: string;
  readonly options?: { label: string; value: string; default: boolean }[];
}
const menus = (data: { components: { components: Menu[] }[] }) =>
  data.components.flatMap((row) => row.components);
const chosen = (data: Parameters<typeof menus>[0], id: string) =>
  menus(data)
    .find((one) => one.custom_id === id)
    ?.options?.find((option) => option.default)?.value;

async function panel(channel = CHANNEL) {
  const manager = somebody();
  const { body } = await send(slash('movie-settings', {}, { user: manager, manager: true, channel }));
  return {
    manager,
    data: body.data,
    flags: body.data.flags,
    message: messagePayload({ ...body.data, guild_id: GUILD }),
  };
}

const told = () => discord.matching(/^POST \/webhooks\//);
const choose = (id: string, values: string[], from: Awaited<ReturnType<typeof panel>>, channel = CHANNEL) =>
  send(press(id, from.message, { user: from.manager, manager: true, channel }, values));
const place = () => placeSettings(running.context.state, GUILD, null, CHANNEL);

describe('the panel', () => {
  test('is the manager’s alone, with a menu for each setting and what is set chosen', async () => {
    const { data, flags } = await panel();
    expect(flags).toBe(EPHEMERAL);
    expect(menus(data).map(({ custom_id: id }) => id)).toEqual([
      'settings:links',
      'settings:server-links',
      'settings:look',
      'settings:allowed',
    ]);
    expect(chosen(data, 'settings:links')).toBe('inherit');
    expect(chosen(data, 'settings:server-links')).toBe('offer');
  });

  test('sets the server’s default, which a channel follows until it has its own, and tells the channel', async () => {
    const first = await panel();
    const before = told().length;
    const server = await choose('settings:server-links', ['answer'], first);
    expect(server.body.type).toBe(UPDATE);
    expect((await place()).links).toBe('answer');
    await choose('settings:links', ['off'], first);
    expect((await place()).links).toBe('off');
    await choose('settings:links', ['inherit'], first);
    expect((await place()).links).toBe('answer');
    await until(() => told().length === before + 3, 'what the channel is told');
    expect(told()[before]!.body).toMatchObject({
      content: expect.stringContaining(
        `<@${first.manager}> changed a setting. Links in the whole server: Answer`,
      ),
      allowed_mentions: { parse: [] },
    });
    expect(told()[before]!.body.flags & EPHEMERAL).toBe(0);
  });

  test('sets the look and the channels', async () => {
    const from = await panel();
    await choose('settings:look', ['cards'], from);
    const allowed = press('settings:allowed', from.message, { user: from.manager, manager: true }, [CHANNEL]);
    (allowed.data as { component_type: number }).component_type = 8;
    await send(allowed);
    expect(await serverSettings(running.context.state, GUILD)).toEqual({
      links: 'answer',
      look: 'cards',
      allowed: [CHANNEL],
    });
    const { body } = await send(slash('movie-for', { song: 'hold on' }, { user: somebody() }));
    expect(body.data.flags).toBe(1 << 15);
    await choose('settings:look', ['embeds'], from);
  });

  test('has a button for adult films where they may be asked for', async () => {
    const from = await panel(ADULT_CHANNEL);
    const on = await choose('settings:adult', [], from, ADULT_CHANNEL);
    expect(menus(on.body.data).at(-1)).toMatchObject({ custom_id: 'settings:adult', style: 1 });
    await choose('settings:adult', [], from, ADULT_CHANNEL);
  });

  test.each(['settings:links', 'settings:look', 'settings:nothing'])(
    '%s changes nothing for others',
    async (id) => {
      const from = await panel();
      const before = await place();
      const { body } = await send(press(id, from.message, { user: somebody() }, ['off']));
      expect([body.type, body.data.flags]).toEqual([REPLY, EPHEMERAL]);
      const odd = await choose(id, ['<nonsense>'], from);
      expect(odd.body.data.flags).toBe(EPHEMERAL);
      expect(await place()).toEqual(before);
    },
  );
});

test('those who manage the server, but no channel, see and set it too', async () => {
  const asked = slash('movie-settings', { links: 'offer' }, { user: somebody() });
  (asked.member as { permissions: string }).permissions = String(1n << 5n);
  const before = told().length;
  const { body } = await send(asked);
  expect(body.data.embeds[0].description).toContain('one small button');
  await until(() => told().length === before + 1, 'what the channel is told');
});

checkEverythingSent(() => discord.sent);

/** Buttons, menus and forms under an answer. */
import { describe, expect, test } from 'vitest';
import { fakeEngine, SONGS } from '../../../support/fake-engine.ts';
import { botOfFile, run } from '../support/bot.ts';
import { ADULT_CHANNEL, CHANNEL, OTHER, press, shown, slash, submit, THREAD } from '../support/payloads.ts';
import { FakeDiscord, until } from '../support/server.ts';
import { checkEverythingSent } from '../support/validate.ts';

const HOLD_ON = 'spotify:track:5vjLSffimiIP26QG5WcN2K';
const EPHEMERAL = 64;
const [REPLY, UPDATE, MODAL] = [4, 7, 9];

const { discord, somebody, send } = await botOfFile(420_000_000_000_000_000n);

/** Somebody's answer in the channel, and its asker. */
async function answer(values: Record<string, string | number | boolean> = {}, direct = false) {
  const asker = somebody();
  const first = await send(slash('movie-for', { song: HOLD_ON, ...values }, { user: asker, direct }));
  return {
    asker,
    message: shown(first as never, asker, direct ? { guild_id: undefined } : {}),
    data: first.body.data,
  };
}

interface Drawn {
  readonly label: string;
  readonly custom_id: string;
  readonly style: number;
}
const buttons = (data: { components: { components: Drawn[] }[] }) =>
  data.components.flatMap((row) => row.components);
const idOf = (data: Parameters<typeof buttons>[0], label: string) =>
  buttons(data).find((one) => one.label === label)?.custom_id ?? '';
const number = (data: Parameters<typeof buttons>[0], n: number) => data.components[0]!.components[n - 1]!;
/** The button of this label; a test that finds none fails here. */
const named = (data: Parameters<typeof buttons>[0], label: string) =>
  buttons(data).find((one) => one.label === label)!;

describe('details', () => {
  test('go to the presser alone, and can be shared', async () => {
    const { message, data } = await answer();
    const details = await send(press(number(data, 1).custom_id, message, { user: OTHER }));
    expect(details.body.type).toBe(REPLY);
    expect(details.body.data.flags).toBe(EPHEMERAL);
    expect(details.body.data.embeds[0].fields.length).toBeGreaterThan(3);
    expect(details.files).toEqual(['profile.png']);
    const share = idOf(details.body.data, 'Share to channel');
    const posted = await send(
      press(share, shown(details as never, OTHER, { flags: EPHEMERAL }), { user: OTHER }),
    );
    expect(posted.body.type).toBe(REPLY);
    expect(posted.body.data.flags).toBeUndefined();
    expect(posted.body.data.embeds[0].title).toBe(details.body.data.embeds[0].title);
  });

  test('pressed again are shown again; an explicit button opens them in one’s own message, and one closes them', async () => {
    const { asker, message, data } = await answer();
    discord.keep(message);
    const id = number(data, 2).custom_id;
    for (let n = 0; n < 2; n += 1) {
      const { body } = await send(press(id, message, { user: asker }));
      expect([body.type, body.data.flags]).toEqual([REPLY, EPHEMERAL]);
    }
    const details = await send(press(id, message, { user: asker }));
    const open = await send(
      press(idOf(details.body.data, 'Show in my answer'), shown(details as never, asker), { user: asker }),
    );
    expect(open.body.type).toBe(UPDATE);
    expect(idOf(open.body.data, 'Show in my answer')).toBe('');
    const [edit] = discord.matching(new RegExp(`^PATCH /channels/${CHANNEL}/messages/${message.id}$`));
    expect(edit!.body.embeds).toHaveLength(6);
    expect(edit!.body.embeds[1].fields).toBeDefined();
    expect(number(edit!.body, 2).style).toBe(1);
    const closed = await send(
      press(idOf(edit!.body, 'Close details'), { ...message, ...edit!.body }, { user: asker }),
    );
    expect(closed.body.type).toBe(UPDATE);
    expect(closed.body.data.embeds).toHaveLength(5);
    expect(closed.body.data.attachments).toEqual([]);
  });

  test('open in no message but the presser’s own, whatever a button says', async () => {
    const { message } = await answer();
    discord.keep(message);
    const { asker, message: mine, data } = await answer();
    const details = await send(press(number(data, 1).custom_id, mine, { user: asker }));
    const forged = idOf(details.body.data, 'Show in my answer').replace(
      /#o\w+/,
      `#o${BigInt(message.id as string).toString(36)}`,
    );
    const { body } = await send(press(forged, shown(details as never, asker), { user: asker }));
    expect([body.type, body.data.flags]).toEqual([REPLY, EPHEMERAL]);
    expect(discord.matching(new RegExp(`^PATCH .*${message.id}`))).toEqual([]);
  });

  test('never open in somebody else’s message', async () => {
    const { message, data } = await answer();
    for (let n = 0; n < 2; n += 1) {
      const { body } = await send(press(number(data, 1).custom_id, message, { user: OTHER }));
      expect([body.type, body.data.flags]).toEqual([REPLY, EPHEMERAL]);
    }
  });

  test('open at once where nobody else sees the message', async () => {
    const { asker, message, data } = await answer({ private: true });
    const open = await send(
      press(number(data, 1).custom_id, { ...message, flags: EPHEMERAL }, { user: asker }),
    );
    expect(open.body.type).toBe(UPDATE);
    expect(idOf(open.body.data, 'Share to channel')).toBeDefined();
    const direct = await answer({}, true);
    const inDm = await send(
      press(number(direct.data, 1).custom_id, direct.message, { user: direct.asker, direct: true }),
    );
    expect(inDm.body.type).toBe(UPDATE);
  });

  test('lead on to films that look alike, in the same message', async () => {
    const { message, data } = await answer();
    const details = await send(press(number(data, 1).custom_id, message, { user: OTHER }));
    const [alike] = details.body.data.components.at(-1).components;
    const next = await send(
      press(alike.custom_id, shown(details as never, OTHER, { flags: EPHEMERAL }), { user: OTHER }),
    );
    expect(next.body.type).toBe(UPDATE);
    expect(next.body.data.embeds[0].title).toBe(alike.label);
  });

  test('take a vote and say so to the voter alone', async () => {
    const { message, data } = await answer();
    const details = await send(press(number(data, 1).custom_id, message, { user: OTHER }));
    const vote = idOf(details.body.data, 'Fits');
    const { body } = await send(press(vote, shown(details as never, OTHER), { user: somebody() }));
    expect(body.data.flags).toBe(EPHEMERAL);
  });
});

describe('going on', () => {
  test('the next five and back, in one’s own message', async () => {
    const { asker, message, data } = await answer();
    const next = await send(press(idOf(data, 'Next five'), message, { user: asker }));
    expect(next.body.type).toBe(UPDATE);
    expect(next.body.data.content).toContain('6–10');
    const back = await send(
      press(idOf(next.body.data, 'Previous five'), shown(next as never, asker), { user: asker }),
    );
    expect(back.body.data.embeds.map((embed: { title: string }) => embed.title)).toEqual(
      data.embeds.map((embed: { title: string }) => embed.title),
    );
  });

  test('in somebody else’s message, as an answer of one’s own', async () => {
    const { message, data } = await answer();
    const { body } = await send(press(idOf(data, 'Next five'), message, { user: OTHER }));
    expect([body.type, body.data.flags]).toEqual([REPLY, EPHEMERAL]);
  });

  test('hidden gems on, and off again', async () => {
    const { asker, message, data } = await answer();
    const on = await send(press(idOf(data, 'Hidden gems'), message, { user: asker }));
    const pressed = named(on.body.data, 'Hidden gems');
    expect(pressed.style).toBe(1);
    const off = await send(press(pressed.custom_id, shown(on as never, asker), { user: asker }));
    expect(named(off.body.data, 'Hidden gems').style).toBe(2);
  });

  test('another reading of the song, from the menu', async () => {
    const asker = somebody();
    const first = await send(slash('movie-for', { song: 'hold on' }, { user: asker }));
    const [menu] = first.body.data.components.at(-1).components;
    expect(menu.placeholder).toBe('Or did you mean');
    // The small engine's resolver found several songs of that name.
    const chosen = menu.options[0];
    const { body } = await send(
      press(menu.custom_id, shown(first as never, asker), { user: asker }, [chosen.value]),
    );
    expect(body.type).toBe(UPDATE);
    expect(body.data.content).toContain(chosen.label.split(' – ')[1]);
  });

  test('sharing a private answer posts it for all', async () => {
    const { asker, message, data } = await answer({ private: true });
    const { body } = await send(
      press(idOf(data, 'Share to channel'), { ...message, flags: EPHEMERAL }, { user: asker }),
    );
    expect([body.type, body.data.flags]).toEqual([REPLY, undefined]);
    expect(body.data.embeds).toHaveLength(5);
  });
});

describe('filters', () => {
  test('open as a form with what is in force, and narrow the answer', async () => {
    const { asker, message, data } = await answer({ 'not-genre': 'drama', years: '1970-1999' });
    const form = await send(press(idOf(data, 'Filters'), message, { user: asker }));
    expect(form.body.type).toBe(MODAL);
    const years = form.body.data.components.find(
      (one: { component: { custom_id: string } }) => one.component.custom_id === 'years',
    );
    expect(years.component.value).toBe('1970-1999');
    const values = { genre: ['Horror', 'Crime'], years: '', runtime: '', rating: '8', language: '' };
    const { body } = await send(submit(form.body.data.custom_id, values, message, { user: asker }));
    expect(body.type).toBe(UPDATE);
    expect(body.data.content).toContain('Crime, Horror');
    // What the form has no field for stays in force.
    expect(body.data.content).toContain('Not: Drama');
    expect(body.data.embeds.length).toBeGreaterThan(0);
    const cleared = await send(
      press(idOf(body.data, 'Clear filters'), shown({ body: body.data }, asker), { user: asker }),
    );
    expect(cleared.body.data.content).not.toContain('Horror');
  });

  test('a value that can’t be read leaves the message alone and tells its writer', async () => {
    const { asker, message, data } = await answer();
    const form = await send(press(idOf(data, 'Filters'), message, { user: asker }));
    const { body } = await send(
      submit(form.body.data.custom_id, { genre: [], years: 'whenever' }, message, { user: asker }),
    );
    expect([body.type, body.data.flags]).toEqual([REPLY, EPHEMERAL]);
  });
});

describe('odd presses', () => {
  test.each(['0a.x', 'forged', '1d.', '#', 'choose', 'offer:', `1a.${'x'.repeat(90)}`])(
    '%j gets a sentence',
    async (id) => {
      const { asker, message } = await answer();
      const { body } = await send(press(id, message, { user: asker }));
      expect([body.type, body.data.flags]).toEqual([REPLY, EPHEMERAL]);
      expect(body.data.embeds[0].title).toBe('Sorry');
    },
  );

  test('privacy asks before it forgets', async () => {
    const asker = somebody();
    const { message, data } = await answer();
    const details = await send(press(number(data, 1).custom_id, message, { user: asker }));
    await send(
      press(idOf(details.body.data, 'Fits'), shown(details as never, asker, { flags: EPHEMERAL }), {
        user: asker,
      }),
    );
    const privacy = await send(slash('movie-privacy', {}, { user: asker }));
    const mine = shown(privacy as never, asker, { flags: EPHEMERAL });
    const sure = await send(press(idOf(privacy.body.data, 'Forget everything'), mine, { user: asker }));
    expect(sure.body.type).toBe(UPDATE);
    const done = await send(
      press(idOf(sure.body.data, 'Yes, forget them'), shown(sure as never, asker, { flags: EPHEMERAL }), {
        user: asker,
      }),
    );
    expect(done.body.data.embeds[0].description).toContain('one vote forgotten');
    expect(
      (await send(slash('movie-privacy', { action: 'export' }, { user: asker }))).body.data.embeds[0]
        .description,
    ).toContain('Nothing');
  });
});

test('offline, posters are drawn and sent along', async () => {
  const offline = await run(discord, {}, { imageHost: null, engine: fakeEngine(undefined, SONGS) });
  // Both clients hear the event; whichever answers, one of the answers carries pictures.
  const asked = slash('movie-for', { song: HOLD_ON }, { user: somebody() });
  discord.dispatch('INTERACTION_CREATE', asked);
  await until(() => discord.sent.some(({ files }) => files.length === 5), 'drawn posters');
  const { body, files } = discord.sent.find((one) => one.files.length === 5)!;
  expect(files.every((name) => /^poster-\d+\.png$/.test(name))).toBe(true);
  expect((body.data ?? body).embeds[0].thumbnail.url).toBe(`attachment://${files[0]}`);
  await offline.bot.stop();
});

test('unfit films come only in age-restricted channels whose managers ask for them', async () => {
  const engine = fakeEngine();
  const asked: (boolean | undefined)[] = [];
  const spying = {
    ...engine,
    moviesFor: (...[seed, options]: Parameters<typeof engine.moviesFor>) => {
      asked.push(options?.filters?.unfit);
      return engine.moviesFor(seed, options);
    },
  };
  const server = await FakeDiscord.start();
  const { bot } = await run(server, {}, { engine: spying });
  const give = async (interaction: { id: string }) => {
    server.dispatch('INTERACTION_CREATE', interaction);
    await server.callback(interaction.id);
  };
  const set = { adult: true };
  await give(slash('movie-for', { song: HOLD_ON }, { channel: ADULT_CHANNEL }));
  await give(slash('movie-settings', set, { channel: ADULT_CHANNEL, manager: true }));
  await give(slash('movie-settings', set, { manager: true }));
  await give(slash('movie-for', { song: HOLD_ON }, { channel: ADULT_CHANNEL }));
  // A thread is as its channel is.
  await give(slash('movie-for', { song: HOLD_ON }, { channel: THREAD }));
  await give(slash('movie-for', { song: HOLD_ON }));
  expect(asked).toEqual([undefined, true, true, undefined]);
  await bot.stop();
  await server.stop();
});

checkEverythingSent(() => discord.sent);

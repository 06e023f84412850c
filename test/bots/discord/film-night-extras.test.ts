/** A film night's vote as Discord's own poll, and its film as an event of the server. */
import { expect, test } from 'vitest';
import { botOfFile } from './support/bot.ts';
import { ALL_PERMISSIONS, press, shown, slash, submit } from './support/payloads.ts';
import { checkEverythingSent } from './support/validate.ts';

const EPHEMERAL = 64;
const [REPLY, UPDATE, MODAL] = [4, 7, 9];
const POLLS = 1n << 49n;
const EVENTS = 1n << 44n;
const { discord, somebody, send } = await botOfFile(460_000_000_000_000_000n);

// biome-ignore lint/suspicious/noExplicitAny: payloads as Discord gets them
type Data = any;
const buttons = (data: Data): Data[] => data.components.flatMap((row: Data) => row.components);
const labels = (data: Data): string[] => buttons(data).flatMap(({ label }) => label ?? []);
const idOf = (data: Data, label: string): string =>
  buttons(data).find((one) => one.label?.includes(label))?.custom_id ?? '';
const textOf = (data: Data): string => data.embeds[0].description;

/** A film night at its vote, and a way to press in it with these permissions beside the usual ones. */
async function voting() {
  const opener = somebody();
  const { body } = await send(slash('movie-night', { song: 'hold on adele' }, { user: opener }));
  const message = shown({ body } as never, opener);
  let data: Data = body.data;
  const as = async (interaction: Data, mine: bigint, theirs: bigint) => {
    interaction.app_permissions = String(BigInt(ALL_PERMISSIONS) | mine);
    interaction.member.permissions = String(BigInt(ALL_PERMISSIONS) | theirs);
    const sent = await send(interaction);
    if (sent.body.type === UPDATE) data = sent.body.data;
    return sent.body as Data;
  };
  const hit = (label: string, mine = POLLS | EVENTS, theirs = POLLS | EVENTS, user = opener) =>
    as(press(idOf(data, label), message, { user }), mine, theirs);
  const fill = (id: string, values: Record<string, string>, mine = EVENTS) =>
    as(submit(id, values, message, { user: opener }), mine, EVENTS);
  await hit('Find the films');
  return { hit, fill, now: () => data, titles: () => labels(data).filter((label) => /^\d · /.test(label)) };
}
const polls = () => discord.matching(/^POST \/channels\/\d+\/messages$/);

test('takes the votes by a poll of its own, and by what it says chooses the film', async () => {
  const { hit, now, titles } = await voting();
  await hit('1 ·');
  const films = titles();
  expect((await hit('Vote by a poll')).type).toBe(UPDATE);
  expect(textOf(now())).toContain('Vote in the poll.');
  expect(titles()).toEqual([]);
  const { poll, flags } = polls().at(-1)!.body as Data;
  expect([poll.question.text, poll.duration, poll.allow_multiselect, flags]).toEqual([
    'Which film shall it be tonight?',
    24,
    false,
    4096,
  ]);
  expect(poll.answers.map((one: Data) => one.poll_media.text)).toEqual(films.map((film) => film.slice(4)));
  discord.polled = [1, 0, 3, 0, 3];
  await hit('End the vote');
  expect(textOf(now())).toContain(`Tonight: ${films[2]!.slice(4).replaceAll(/[()]/g, '\\$&')}`);
  expect(textOf(now())).toContain('As many votes went to');
  expect(discord.matching(/\/polls\/\d+\/expire$/)).toHaveLength(1);
});

test('goes back to buttons, and falls back to them where the poll is gone', async () => {
  const { hit, now, titles } = await voting();
  await hit('Vote by a poll');
  await hit('Vote by buttons instead');
  expect(titles()).toHaveLength(5);
  await hit('Vote by a poll');
  discord.messages.clear();
  await hit('End the vote');
  expect(textOf(now())).toContain('Nobody voted');
});

test.each([
  ['the bot', 0n, POLLS, 'For that I need Create Polls here.'],
  ['whoever asks', POLLS, 0n, 'For that you need Create Polls here yourself.'],
])(
  'says in one sentence that %s lacks a permission, and the buttons stay',
  async (_, mine, theirs, sentence) => {
    const { hit, titles } = await voting();
    const before = polls().length;
    const said = await hit('Vote by a poll', mine, theirs);
    expect([said.type, said.data.flags]).toEqual([REPLY, EPHEMERAL]);
    expect(textOf(said.data)).toContain(sentence);
    expect([polls().length, titles().length]).toEqual([before, 5]);
    expect((await hit('2 ·')).type).toBe(UPDATE);
  },
);

test('is for whoever opened the film night', async () => {
  const { hit } = await voting();
  const said = await hit('Vote by a poll', POLLS, POLLS, somebody());
  expect(textOf(said.data)).toContain('That is for whoever opened the film night');
});

test('makes an event of the film chosen, at a time of the place’s own, and takes it back', async () => {
  const { hit, fill, now } = await voting();
  await hit('End the vote');
  const form = await hit('Plan it as an event');
  expect(form.type).toBe(MODAL);
  const refused = await fill(form.data.custom_id, { at: 'late', zone: 'Berlin', where: 'My sofa' });
  expect(textOf(refused.data)).toMatch(/A time looks like 18\\?:30/);
  await fill(form.data.custom_id, { at: '20:30', zone: 'Berlin', where: 'My sofa' });
  const [event] = discord.matching(/^POST \/guilds\/\d+\/scheduled-events$/);
  const { name, entity_type, privacy_level, entity_metadata, ...times } = event!.body as Data;
  expect([entity_type, privacy_level, entity_metadata]).toEqual([3, 2, { location: 'My sofa' }]);
  expect(name).toMatch(/^Film night: .+ \(\d{4}\)$/);
  const starts = Date.parse(times.scheduled_start_time);
  expect(starts).toBeGreaterThan(Date.now());
  expect(new Date(starts).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })).toBe('20:30:00');
  expect(Date.parse(times.scheduled_end_time)).toBeGreaterThan(starts + 3600_000);
  expect(textOf(now())).toContain('Planned');
  expect(buttons(now()).find(({ url }) => url)?.url).toMatch(/^https:\/\/discord\.com\/events\//);
  await hit('Take the event back');
  expect(discord.matching(/^DELETE \/guilds\/\d+\/scheduled-events\/\d+$/)).toHaveLength(1);
  expect(labels(now())).toContain('Plan it as an event');
  const said = await fill(form.data.custom_id, { at: '20:30', zone: 'Berlin', where: 'My sofa' }, 0n);
  expect(textOf(said.data)).toContain('For that I need Create Events here.');
});

checkEverythingSent(() => discord.sent);

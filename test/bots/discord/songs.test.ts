/** The other commands in Discord's own look: songs for a film, a mood picked feeling by feeling, and a list brought as a file. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { marksOf } from '../../../src/conversation/film-marks.ts';
import { FILMS } from '../../support/fake-engine.ts';
import { playing } from '../../support/listenbrainz.ts';
import { type StandIn, startStandIn } from '../../support/stand-in.ts';
import { botOfFile } from './support/bot.ts';
import { press, shown, slash, submit } from './support/payloads.ts';
import { checkEverythingSent } from './support/validate.ts';

const EPHEMERAL = 64;
const [REPLY, UPDATE, MODAL] = [4, 7, 9];
const { discord, running, somebody, send } = await botOfFile(450_000_000_000_000_000n, {
  listening: playing,
});

interface Part {
  readonly type: number;
  readonly label?: string;
  readonly custom_id?: string;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
}
const parts = (data: { components: { components: Part[] }[] }) =>
  data.components.flatMap((row) => row.components);
const idOf = (data: Parameters<typeof parts>[0], label: string) =>
  parts(data).find((one) => one.label === label)?.custom_id ?? '';
const menuOf = (data: Parameters<typeof parts>[0]) => parts(data).find(({ type }) => type === 3)!;

test('answers /movie-now to the asker alone, with a button to share', async () => {
  const user = somebody();
  const { body } = await send(slash('movie-now', { name: 'rob' }, { user }));
  expect(body.data.flags & EPHEMERAL).toBe(EPHEMERAL);
  expect(body.data.content).toContain('You are playing: Hold On – Adele');
  expect(idOf(body.data, 'Share to channel')).not.toBe('');
});

describe('/song-for', () => {
  const asked = async (values: Record<string, string | boolean> = {}) => {
    const user = somebody();
    const first = await send(slash('song-for', { film: 'inception', ...values }, { user }));
    return { user, first, data: first.body.data };
  };

  test('shows five songs that lead to where they can be heard, with their scores and a button each', async () => {
    const { data } = await asked();
    const [{ title, description }] = data.embeds;
    expect(title).toContain('Inception');
    const names = [
      ...description.matchAll(/\*\*\[.+?\]\(https:\/\/open\.spotify\.com\/track\/\w{22}\)\*\* – /g),
    ];
    const songs = parts(data).filter(({ label }) => /^\d$/.test(label ?? ''));
    expect(songs.length).toBeGreaterThan(0);
    expect(names).toHaveLength(songs.length);
    expect(description.match(/-# \*\*[01]\.\d\d\*\*/g)).toHaveLength(songs.length);
    expect(parts(data).map(({ label }) => label)).toEqual(expect.arrayContaining(['Filters', 'Delete']));
  });

  test('goes on to films like one of the songs', async () => {
    const { user, first, data } = await asked();
    const films = await send(press(idOf(data, '1'), shown(first as never, user), { user }));
    expect(films.body.type).toBe(UPDATE);
    expect(films.body.data.content).toContain('Five films that feel like');
  });

  test('is narrowed by a form', async () => {
    const { user, first, data } = await asked();
    const message = shown(first as never, user);
    const form = await send(press(idOf(data, 'Filters'), message, { user }));
    expect(form.body.type).toBe(MODAL);
    const narrowed = await send(submit(form.body.data.custom_id, { years: '1900-1901' }, message, { user }));
    expect(narrowed.body.type).toBe(UPDATE);
    // What was filled in is in force, and stands in the form again.
    const again = { ...message, components: narrowed.body.data.components };
    const filled = await send(press(idOf(narrowed.body.data, 'Filters'), again, { user }));
    expect(JSON.stringify(filled.body.data)).toMatch(/1900.1901/);
    expect(JSON.stringify(form.body.data)).not.toMatch(/1900.1901/);
  });

  test('can be shared where only the presser sees it', async () => {
    const mood = await send(slash('movie-mood', { feel: 'lonely' }, { user: somebody() }));
    const user = somebody();
    const songs = await send(press(idOf(mood.body.data, 'Songs'), shown(mood as never), { user }));
    expect(songs.body.data.flags).toBe(EPHEMERAL);
    const share = idOf(songs.body.data, 'Share to channel');
    const posted = await send(press(share, shown(songs as never, user, { flags: EPHEMERAL }), { user }));
    expect([posted.body.type, posted.body.data.flags]).toEqual([REPLY, undefined]);
    expect(posted.body.data.embeds[0].title).toBe(songs.body.data.embeds[0].title);
  });
});

describe('/movie-mood', () => {
  test('is picked feeling by feeling from one menu, with films and songs to go on to', async () => {
    const user = somebody();
    const first = await send(slash('movie-mood', {}, { user }));
    const menu = menuOf(first.body.data);
    expect(menu.options!.length).toBeGreaterThan(5);
    expect(idOf(first.body.data, 'Films')).toBe('');
    const one = menu.options![0]!;
    const picked = await send(press(menu.custom_id!, shown(first as never, user), { user }, [one.value]));
    expect(picked.body.type).toBe(UPDATE);
    const { data } = picked.body;
    expect(data.embeds[0].title.toLowerCase()).toContain(one.label.toLowerCase());
    expect(menuOf(data).options!.every(({ label }) => label.startsWith('+ '))).toBe(true);
    const message = { ...shown(first as never, user), components: data.components };
    const films = await send(press(idOf(data, 'Films'), message, { user }));
    expect(films.body.data.content).toContain('films that feel');
    expect(
      (await send(press(idOf(data, 'Songs'), message, { user }))).body.data.embeds[0].description,
    ).toContain('open.spotify.com');
  });
});

describe('/movie-list with a file', () => {
  let cdn: StandIn;
  beforeAll(async () => {
    cdn = await startStandIn();
  });
  afterAll(() => cdn.close());
  const film = FILMS[0]!;
  const csv = `Date,Name,Year,Letterboxd URI\n2024-01-02,"${film.title}",${film.year},https://boxd.it/1\n`;

  const bring = (filename: string, values: Record<string, string> = {}, size = csv.length) => {
    const user = somebody();
    const id = '470000000000000001';
    const command = slash('movie-list', values, { user });
    const data = command.data as { options?: unknown[] };
    const url = `${cdn.url}/${filename}`;
    Object.assign(data, {
      options: [...(data.options ?? []), { name: 'file', type: 11, value: id }],
      resolved: { attachments: { [id]: { id, filename, size, url, proxy_url: url, ephemeral: true } } },
    });
    return { user, sent: send(command) };
  };
  const kept = (user: string) => marksOf({ user: `discord:${user}`, state: running.context.state });

  test.each([
    ['watched.csv', {}, 'seen'],
    ['watchlist.csv', {}, 'saved'],
    ['my films.csv', { as: 'saved' }, 'saved'],
  ])('%s %j is taken as %s', async (name, values, mark) => {
    cdn.routes.set(`/${encodeURIComponent(name)}`, (_, response) => response.end(csv));
    const { user, sent } = bring(name, values);
    const { body } = await sent;
    expect(body.data.flags).toBe(EPHEMERAL);
    expect(body.data.embeds[0].description).toContain('One film imported');
    expect(await kept(user)).toEqual([expect.objectContaining({ film: film.id, mark })]);
  });

  test.each([
    ['films.csv', csv, 'Say what the films are'],
    ['watched.csv', '<html>', 'That is no list from Letterboxd'],
    ['watched-gone.csv', null, 'That is no list from Letterboxd'],
  ])('%s with %j ends in a sentence', async (name, text, sentence) => {
    if (text !== null) cdn.routes.set(`/${name}`, (_, response) => response.end(text));
    const { user, sent } = bring(name);
    expect(JSON.stringify((await sent).body.data)).toContain(sentence);
    expect(await kept(user)).toEqual([]);
  });

  test('one that is too large is not even fetched', async () => {
    const before = cdn.asked.length;
    const { sent } = bring('watched-large.csv', {}, 50_000_000);
    expect(JSON.stringify((await sent).body.data)).toContain('That is no list from Letterboxd');
    expect(cdn.asked).toHaveLength(before);
  });
});

checkEverythingSent(() => discord.sent);

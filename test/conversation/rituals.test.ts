/** A channel's rituals: by its managers alone, at its own time, each at most once, and quiet where there is nothing to say. */
import { describe, expect, it } from 'vitest';
import { askText } from '../../commands/index.ts';
import { handleAction } from '../../src/conversation/actions.ts';
import type { NoticeAnswer } from '../../src/conversation/answer.ts';
import { leaveCommunity, rejoinCommunity } from '../../src/conversation/communities.ts';
import type { AnswerContext } from '../../src/conversation/context.ts';
import { songOfDay, weeklyAnswer } from '../../src/conversation/ritual-answers.ts';
import { readDay, readTime, readZone, suggestZones, zoneOf } from '../../src/conversation/ritual-times.ts';
import { claimRitual, dueRituals, noteSent, ritualOf, setRitual } from '../../src/conversation/rituals.ts';
import { openMemoryState } from '../../src/state/memory.ts';
import type { StateStore } from '../../src/state/store.ts';
import { contextOf } from '../bots/web/page.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const engine = fakeEngine();
const PLACE = 'discord:1:22';
const DAY = 24 * 3600_000;
const at = (iso: string) => Date.parse(iso);
const set = (state: StateStore, wanted: Partial<Parameters<typeof setRitual>[1]>, now: number) =>
  setRitual(PLACE, { kind: 'daily', at: 18 * 60, day: 5, zone: 'UTC', locale: 'en', ...wanted }, state, now);

function channel({ manager = true, refused = null as string | null, state = openMemoryState() } = {}) {
  const told: string[] = [];
  const rituals = {
    place: PLACE,
    manager: () => manager,
    managers: 'chat.settings.managers' as const,
    tell: async (lines: readonly string[]) => {
      if (refused === null) told.push(...lines);
      return refused;
    },
  };
  const context = contextOf(engine, { state, community: 'discord:1', manages: () => true, rituals });
  return { state, told, context };
}
const linesOf = async (text: string, context: AnswerContext) =>
  ((await askText(text, context)) as NoticeAnswer).lines.join('\n');

describe('/movie-rituals', () => {
  it('is off until a manager switches one on, told to the channel, and can be ended by a button', async () => {
    const { state, told, context } = channel();
    expect(await linesOf('/movie-rituals', context)).toMatch(/No daily song.*\nNo weekly recap/);
    await askText('/movie-rituals daily at:18:30 zone:Berlin', context);
    expect(told).toEqual(['Every day at 6:30 PM (Europe/Berlin): a song, and five films that feel like it.']);
    const shown = (await askText('/movie-rituals weekly day:Freitag', context)) as NoticeAnswer;
    expect(shown.lines.join('\n')).toContain('Once a week (Friday, 6:00 PM, Europe/Berlin)');
    expect(shown.lines.join('\n')).toContain('/movie-stats on');
    const end = shown.controls.find(({ label }) => label === 'End the daily song')!;
    await handleAction(end.token, context);
    expect(await ritualOf(PLACE, state)).toMatchObject({ daily: null, weekly: { day: 5, at: 18 * 60 } });
    expect(await linesOf('/movie-rituals off', context)).toMatch(/No daily song.*\nNo weekly recap/);
    expect(await state.list('ritual')).toEqual([]);
  });

  it.each([
    [{ manager: false }, '/movie-rituals daily', 'Only those who manage this channel'],
    [{ refused: 'I need Send Messages.' }, '/movie-rituals daily', 'I need Send Messages.'],
    [{}, '/movie-rituals daily at:25:00', 'A time looks like 18:30'],
    [{}, '/movie-rituals weekly day:someday', 'Name a day of the week'],
    [{}, '/movie-rituals daily zone:Atlantis', 'I don’t know that time zone'],
  ])('%o: %s is refused in one sentence', async (how, text, sentence) => {
    const { state, told, context } = channel(how);
    expect(await linesOf(text, context)).toContain(sentence);
    expect([told, await state.list('ritual')]).toEqual([[], []]);
  });

  it('is ended by nobody who may not, and is nowhere outside channels', async () => {
    const { state, context } = channel();
    const shown = (await askText('/movie-rituals daily', context)) as NoticeAnswer;
    const other = channel({ manager: false, state });
    await handleAction(shown.controls[0]!.token, other.context);
    expect(await ritualOf(PLACE, state)).toMatchObject({ daily: { at: 18 * 60 } });
    const { rituals: _, ...alone } = context;
    expect(await linesOf('/movie-rituals', alone)).toContain('channels of servers and workspaces');
  });
});

describe('the time of a ritual', () => {
  it('comes once a day from its time on, whoever looks, and not hours late', async () => {
    const state = openMemoryState();
    await set(state, { zone: 'Europe/Berlin' }, at('2026-03-27T12:00Z'));
    const due = async (iso: string) => (await dueRituals('discord', at(iso), state)).length;
    expect(await due('2026-03-27T16:59Z')).toBe(0);
    expect(await due('2026-03-27T17:00Z')).toBe(1);
    const racers = Array.from({ length: 20 }, () =>
      claimRitual(PLACE, 'daily', at('2026-03-27T17:05Z'), state),
    );
    expect((await Promise.all(racers)).filter((won) => won !== null)).toHaveLength(1);
    expect(await due('2026-03-27T18:00Z')).toBe(0);
    // Down all evening: that day is let be. The day after, clocks have been put forward.
    expect(await due('2026-03-28T19:30Z')).toBe(0);
    expect(await due('2026-03-29T16:00Z')).toBe(1);
    expect(await due('2026-03-29T15:59Z')).toBe(0);
  });

  it('begins tomorrow where today’s has gone by, and a change of it sends nothing twice', async () => {
    const state = openMemoryState();
    await set(state, {}, at('2026-05-01T18:30Z'));
    expect(await dueRituals('discord', at('2026-05-01T18:31Z'), state)).toEqual([]);
    const next = at('2026-05-02T18:00Z');
    expect(await claimRitual(PLACE, 'daily', next, state)).not.toBeNull();
    await set(state, { at: 19 * 60 }, next);
    expect(await dueRituals('discord', at('2026-05-02T19:00Z'), state)).toEqual([]);
    expect(await dueRituals('discord', at('2026-05-03T19:00Z'), state)).toHaveLength(1);
  });

  it('of the week is on its day alone', async () => {
    const state = openMemoryState();
    await set(state, { kind: 'weekly' }, at('2026-04-27T12:00Z'));
    const days = [0, 1, 2, 3, 4, 5, 6].map((day) => at('2026-04-27T18:00Z') + day * DAY);
    const due = await Promise.all(days.map(async (day) => (await dueRituals('discord', day, state)).length));
    expect(due).toEqual([0, 0, 0, 0, 1, 0, 0]);
  });

  it('ends where nothing can be sent for a week, and not before', async () => {
    const state = openMemoryState();
    await set(state, {}, at('2026-05-01T12:00Z'));
    for (let day = 0; day < 6; day++) await noteSent(PLACE, 'failed', state);
    await noteSent(PLACE, { song: 'one' }, state);
    for (let day = 0; day < 6; day++) await noteSent(PLACE, 'failed', state);
    expect(await ritualOf(PLACE, state)).toMatchObject({ songs: ['one'], failures: 6 });
    await noteSent(PLACE, 'failed', state);
    expect(await ritualOf(PLACE, state)).toBeNull();
  });

  it('goes with a community that removed the bot, unless it comes back', async () => {
    let now = at('2026-05-01T12:00Z');
    const state = openMemoryState(() => now);
    for (const back of [true, false]) {
      await set(state, {}, now);
      await leaveCommunity('discord:1', state);
      now += 29 * DAY;
      if (back) await rejoinCommunity('discord:1', state);
      now += 2 * DAY;
      expect(await ritualOf(PLACE, state))[back ? 'not' : 'to'].toBeNull();
    }
  });
});

describe('what a ritual says', () => {
  it('is a song of the day, the same for all processes, another one until all have been', async () => {
    const lately: string[] = [];
    for (let day = 10; day < 18; day++) {
      const song = (await songOfDay(engine, PLACE, `2026-05-${day}`, lately))!;
      expect(await songOfDay(engine, PLACE, `2026-05-${day}`, lately)).toBe(song);
      lately.unshift(song.id);
    }
    expect(new Set(lately).size).toBe(8);
    const all = engine.songsFor({ feel: ['tender'] }, { limit: 50 }).matches.map(({ song }) => song.id);
    expect(await songOfDay(engine, PLACE, '2026-06-01', all)).not.toBeNull();
  });

  it('is a week’s feel with five films, once five people asked for three songs', async () => {
    const { context } = channel();
    const by = (user: number): AnswerContext => ({ ...context, user: `discord:${user}` });
    await askText('/movie-stats on', context);
    const songs = ['hold on adele', 'clair de lune', 'enter sandman'];
    for (let user = 0; user < 4; user++) await askText(songs[user % 3]!, by(user));
    expect(await weeklyAnswer(context)).toBeNull();
    for (let user = 4; user < 9; user++) await askText(songs[0]!, by(user));
    const answer = (await weeklyAnswer(context))!;
    expect(answer.heading).toContain('this week’s songs here');
    expect(answer.notes[0]).toMatch(/^This week’s songs here felt [a-z, ]+( and [a-z ]+)?\.$/);
    expect(answer.notes[1]).toBe('Most asked: Hold On – Adele');
    expect(answer.films).toHaveLength(5);
  });
});

it.each([
  ['18:30', 1110],
  ['6 pm', 1080],
  ['12am', 0],
  ['18h30', 1110],
  ['7', 420],
  ['7.05 p.m.', 1145],
  ['24:00', null],
  ['13 pm', null],
  ['noon', null],
])('reads the time in %j as %j', (text, minutes) => {
  expect(readTime(text)).toBe(minutes);
});

it('reads days in every language, and zones by city and by older names', () => {
  expect(['Fri', 'freitag', 'viernes', 'vendredi', '金曜日', '금요일', 'tomorrow'].map(readDay)).toEqual([
    5,
    5,
    5,
    5,
    5,
    5,
    null,
  ]);
  expect(['berlin', 'New York', 'utc', '+02:00', 'US/Eastern', 'Atlantis'].map(readZone)).toEqual([
    'Europe/Berlin',
    'America/New_York',
    'UTC',
    null,
    'America/New_York',
    null,
  ]);
  expect(suggestZones('tok')[0]).toEqual({ label: 'Asia/Tokyo', value: 'Asia/Tokyo' });
  expect(['de', 'ja', 'en-US', 'nonsense!'].map(zoneOf)).toEqual([
    'Europe/Berlin',
    'Asia/Tokyo',
    'UTC',
    'UTC',
  ]);
});

/** People on all three surfaces. Each function asks once and notes what became of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { slash as discordSlash, snowflake } from '../../test/bots/discord/support/payloads.ts';
import type { FakeDiscord } from '../../test/bots/discord/support/server.ts';
import type { FakeSlack } from '../../test/bots/slack/support/fake-slack.ts';
import { slash as slackSlash } from '../../test/bots/slack/support/payloads.ts';
import type { Fate, Ledger } from './ledger.ts';
import type { Program } from './program.ts';

const SONGS = [
  'blue monday new order',
  'lose yourself',
  'zombie cranberries',
  'hold on',
  'clair de lune',
  'blinding lights',
];
const TEXTS = [
  ...SONGS,
  'hold on + blue monday',
  'queen',
  'qqq zzz xxyyzz',
  'ラブ・ストーリーは突然に',
  'x'.repeat(5000),
  '<script>alert(1)</script>',
];

const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
const someText = () =>
  Math.random() < 0.2
    ? `https://open.spotify.com/track/${Math.random().toString(36).slice(2, 12).padEnd(22, 'A')}`
    : any(TEXTS);
/** One of many households. */
const address = () => `10.${Math.floor(Math.random() * 200)}.${Math.floor(Math.random() * 250)}.7`;

export interface World {
  readonly program: Program;
  readonly discord: FakeDiscord;
  readonly slack: FakeSlack;
  readonly ledger: Ledger;
  /** Votes that were confirmed, and those cut off before a word came back: they may stand or not. */
  votes: number;
  unsure: number;
  /** How often the platforms' connections were dropped: what they had sent just then is theirs to send again. */
  drops: number;
  /** Bodies that people saw. */
  seen: Set<string>;
}

/** Longest that anybody waits for an answer, in milliseconds. */
const PATIENCE_MS = 12_000;

async function page(world: World, path: string, method = 'GET'): Promise<string> {
  const { program, ledger } = world;
  if (!program.up) return '';
  const { kills } = program;
  const began = performance.now();
  try {
    const response = await fetch(program.url + path, {
      method,
      headers: { 'x-forwarded-for': address(), ...(method === 'POST' && { 'hx-request': 'true' }) },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    world.seen.add(text.slice(0, 20_000));
    if (world.seen.size > 500) world.seen.clear();
    const { status } = response;
    const refused = status === 429 || status === 503;
    const fate: Fate = refused ? 'refused' : status >= 500 ? 'failed' : 'answered';
    ledger.note('page', fate, performance.now() - began, `${method} ${path.slice(0, 60)} ${status}`);
    return status === 200 ? text : '';
  } catch (error) {
    ledger.note(
      'page',
      kills === program.kills ? 'lost' : 'cut',
      undefined,
      `${path.slice(0, 60)}: ${error}`,
    );
    return '';
  }
}

/** Asks on the page; sometimes opens the details and votes. */
export async function visitor(world: World): Promise<void> {
  if (Math.random() < 0.3)
    return void (await page(world, `/suggest?song=${encodeURIComponent(any(SONGS).slice(0, 6))}`));
  const year = 1950 + Math.floor(Math.random() * 40);
  const filter = Math.random() < 0.3 ? `&years=${year}-2020` : '';
  const answer = await page(world, `/?song=${encodeURIComponent(someText())}${filter}`);
  const details = /"(\/a\/1d\.[^"]+)"/.exec(answer)?.[1];
  if (!details || Math.random() < 0.5) return;
  const press = /1u\.[^"&]+/.exec(await page(world, details))?.[0];
  if (!press) return;
  // The disk may be full: then the vote is refused with a reason, and must not stand.
  const { kills } = world.program;
  if (await page(world, `/act/${press}`, 'POST')) world.votes += 1;
  else if (kills !== world.program.kills) world.unsure += 1;
}

/** How often connections to the program ended, for whatever reason. */
const breaks = ({ program, drops }: World) => program.kills + drops;

/** Waits for answers; sees whether another one follows. */
async function outcome(
  world: World,
  surface: string,
  what: string,
  before: number,
  count: () => number,
): Promise<void> {
  const began = performance.now();
  while (count() === 0 && performance.now() - began < PATIENCE_MS) await sleep(10);
  const ms = performance.now() - began;
  if (count() === 0) {
    return world.ledger.note(surface, before === breaks(world) ? 'lost' : 'cut', undefined, what);
  }
  await sleep(1500);
  world.ledger.note(surface, count() > 1 ? 'doubled' : 'answered', ms, what);
}

/** A slash command in Discord, sometimes delivered twice. */
export async function discordUser(world: World): Promise<void> {
  const { discord, program } = world;
  if (!program.up) return;
  const before = breaks(world);
  const song = someText().slice(0, 200);
  const interaction = discordSlash('movie-for', { song }, { user: snowflake() });
  discord.dispatch('INTERACTION_CREATE', interaction);
  if (Math.random() < 0.3) discord.dispatch('INTERACTION_CREATE', interaction);
  await outcome(world, 'Discord', song, before, () => discord.callbacks(interaction.id).length);
}

/** A slash command in Slack, sometimes delivered twice. */
export async function slackUser(world: World): Promise<void> {
  const { slack, program } = world;
  if (!program.up || slack.sockets.length === 0) return;
  const before = breaks(world);
  const text = someText().slice(0, 500);
  const url = slack.responseUrl();
  const payload = slackSlash(text, url, {
    user_id: `U${Math.random().toString(36).slice(2, 10).toUpperCase()}`,
  });
  const deliver = () => slack.deliver('slash_commands', payload).catch(() => {});
  void deliver();
  if (Math.random() < 0.3) void deliver();
  await outcome(
    world,
    'Slack',
    text,
    before,
    () => slack.calls.filter(({ args }) => args.url === url).length,
  );
}

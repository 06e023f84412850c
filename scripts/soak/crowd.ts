/** People who ask and vote where many processes answer, as balancers and the platforms bring it to them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SENDING } from '../../src/bots/common/once.ts';
import { readId } from '../../src/bots/discord/custom-id.ts';
import { deliveryId } from '../../src/bots/slack/delivery-id.ts';
import { payloadOf } from '../../src/conversation/tokens.ts';
import type { StateStore } from '../../src/state/store.ts';
import * as fromDiscord from '../../test/bots/discord/support/payloads.ts';
import type { FakeDiscord } from '../../test/bots/discord/support/server.ts';
import type { Call, FakeSlack } from '../../test/bots/slack/support/fake-slack.ts';
import * as fromSlack from '../../test/bots/slack/support/payloads.ts';
import type { Fate, Ledger } from './ledger.ts';
import type { Program } from './program.ts';

export interface Crowd {
  readonly discord: FakeDiscord;
  readonly slack: FakeSlack;
  readonly ledger: Ledger;
  /** Processes with a page, and those that take Slack's requests. */
  readonly pages: readonly Program[];
  readonly slacks: readonly Program[];
  readonly state: StateStore;
  /** What they ask for. */
  readonly song: string;
  people: number;
  /** Votes that people were told are kept; those in the film night. */
  votes: number;
  nightVotes: number;
  /** Presses in the film night that nobody said anything of: they may count or not. */
  unsure: number;
}

/** A film night that all surfaces vote in. */
export interface SharedNight {
  readonly id: string;
  readonly token: string;
  /** The button's id in Discord, and the message it stands in. */
  readonly button: string;
  readonly message: Record<string, unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: a message as Discord gets it
type Message = any;

/** Longest that anybody waits, in milliseconds. */
const PATIENCE_MS = 20_000;
/** Discord takes a first response for so long, Slack an acknowledgement. Milliseconds. */
const DISCORD_MS = 3_000;
const SLACK_MS = 3_000;
/** A second answer would have come by then, in milliseconds. */
const SECOND_MS = 1_500;
const FORM = 'application/x-www-form-urlencoded';

async function waited(is: () => boolean, most = PATIENCE_MS): Promise<number | null> {
  const began = performance.now();
  while (!is()) {
    if (performance.now() - began > most) return null;
    await sleep(25);
  }
  return performance.now() - began;
}

const userOf = (crowd: Crowd) => String(900_000_000n + BigInt(crowd.people++));

/** Sends what Discord sends, and notes whether it was answered, in the time that Discord gives. */
async function toDiscord(crowd: Crowd, what: string, interaction: { id: string }): Promise<void> {
  const { discord, ledger } = crowd;
  discord.dispatch('INTERACTION_CREATE', interaction);
  const ms = await waited(() => discord.responded.has(interaction.id));
  const fate = ms === null ? 'lost' : ms > DISCORD_MS ? 'failed' : 'answered';
  ledger.note(
    what,
    fate,
    ms ?? undefined,
    `${interaction.id} after ${ms === null ? 'all' : Math.round(ms)} ms`,
  );
}

export const discordAsks = (crowd: Crowd): Promise<void> =>
  toDiscord(crowd, 'Discord', fromDiscord.slash('movie-for', { song: crowd.song }, { user: userOf(crowd) }));

/** What an interaction came to: the message of its first response, or the edit that completed it. */
async function broughtBy({ discord }: Crowd, id: string): Promise<Message | null> {
  const first = () => discord.callbacks(id).find(({ body }) => body.data?.components)?.body.data;
  const edit = () =>
    discord.matching(/^PATCH \/webhooks\//).find((one) => one.path.includes(`token-${id}`))?.body;
  await waited(() => (first() ?? edit()) !== undefined);
  return first() ?? edit() ?? null;
}

export async function discordVotes(crowd: Crowd, { button, message }: SharedNight): Promise<void> {
  const press = fromDiscord.press(button, message, { user: userOf(crowd) });
  await toDiscord(crowd, 'Discord, night', press);
  const board = await broughtBy(crowd, press.id);
  if (JSON.stringify(board ?? '').includes('night')) crowd.nightVotes += 1;
  else crowd.unsure += 1;
}

/** Brings a request to a process that takes it, as a balancer does; to another one where it breaks off. */
async function balanced(
  programs: readonly Program[],
  urlOf: (program: Program) => string,
  ask: (url: string) => Promise<Response>,
): Promise<string | null> {
  const end = performance.now() + PATIENCE_MS;
  let turn = Math.floor(Math.random() * programs.length);
  while (performance.now() < end) {
    turn += 1;
    const url = urlOf(programs[turn % programs.length]!);
    const response = url === '' ? null : await ask(url).catch(() => null);
    const text = await response?.text().catch(() => null);
    if (response?.status === 200 && typeof text === 'string') return text;
    await sleep(50);
  }
  return null;
}

/** Sends what Slack sends until it is acknowledged, and counts the answers. @returns the first of them */
async function toSlack(
  crowd: Crowd,
  what: string,
  { body, type, mark }: { body: string; type: string; mark: string },
  answersOf: () => Call[],
): Promise<Call | undefined> {
  const began = performance.now();
  const taken = await balanced(
    crowd.slacks,
    ({ slackUrl }) => slackUrl,
    (url) => {
      const headers = fromSlack.signedHeaders(body, type);
      return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(SLACK_MS) });
    },
  );
  const came = (await waited(() => answersOf().length > 0)) !== null;
  const ms = performance.now() - began;
  if (came) await sleep(SECOND_MS);
  const answers = answersOf();
  const said = `${mark} was ${taken === null ? 'never' : ''} acknowledged`;
  crowd.ledger.note(what, await fateAtSlack(crowd, answers.length, mark), ms, said);
  return answers[0];
}

/**
 * Slack takes a message again that it has: what a process died with while sending it is not sent again. Nor is what had
 * been acknowledged, as it took long, and was in the hands of a process that died.
 */
async function fateAtSlack({ state }: Crowd, answers: number, mark: string): Promise<Fate> {
  if (answers > 0) return answers > 1 ? 'doubled' : 'answered';
  const stands = await state.get(`seen:slack:${mark}`);
  return stands === SENDING || typeof stands === 'string' ? 'cut' : 'lost';
}

const repliesTo =
  ({ slack }: Crowd, url: string) =>
  () =>
    slack.calls.filter(({ args }) => args.url === url);

/** By a command or, now and then, by a direct message. */
export async function slackAsks(crowd: Crowd): Promise<void> {
  const user = `U${userOf(crowd)}`;
  if (crowd.people % 2 === 0) {
    const url = crowd.slack.responseUrl();
    const command = fromSlack.slash(crowd.song, url, { user_id: user });
    const body = new URLSearchParams(command).toString();
    await toSlack(
      crowd,
      'Slack, command',
      { body, type: FORM, mark: deliveryId(command)! },
      repliesTo(crowd, url),
    );
    return;
  }
  const channel = `D${user}`;
  const event = fromSlack.event(fromSlack.direct(crowd.song, { user, channel }));
  const sent = { body: JSON.stringify(event), type: 'application/json', mark: deliveryId(event)! };
  await toSlack(crowd, 'Slack, message', sent, () =>
    crowd.slack.of('chat.postMessage').filter(({ args }) => args.channel === channel),
  );
}

export async function slackVotes(crowd: Crowd, { token }: SharedNight): Promise<void> {
  const url = crowd.slack.responseUrl();
  const press = fromSlack.press({ action_id: 'act:1', value: token }, url, { user: `U${userOf(crowd)}` });
  const body = new URLSearchParams({ payload: JSON.stringify(press) }).toString();
  const sent = { body, type: FORM, mark: deliveryId(press)! };
  const answer = await toSlack(crowd, 'Slack, night', sent, repliesTo(crowd, url));
  if (answer?.args.replace_original === true) crowd.nightVotes += 1;
  else crowd.unsure += 1;
}

/** Sends it again, under the same key, until it is answered. */
async function fromPage(
  crowd: Crowd,
  person: string,
  at: string,
  init: RequestInit = {},
): Promise<string | null> {
  const began = performance.now();
  const key = randomUUID();
  const text = await balanced(
    crowd.pages,
    ({ url }) => url,
    (url) =>
      fetch(url + at, {
        ...init,
        headers: {
          'hx-request': 'true',
          'idempotency-key': key,
          'x-forwarded-for': `10.${Number(person) % 200}.7.7`,
          cookie: `m2m=${person.padStart(22, 'v')}`,
        },
        signal: AbortSignal.timeout(PATIENCE_MS / 2),
      }),
  );
  crowd.ledger.note('page', text === null ? 'lost' : 'answered', performance.now() - began, at.slice(0, 40));
  return text;
}

/** Asks, opens the details of a film and votes; then votes in the film night. */
export async function pageVotes(crowd: Crowd, { token }: SharedNight): Promise<void> {
  const person = userOf(crowd);
  const answer = await fromPage(crowd, person, `/?song=${encodeURIComponent(crowd.song)}`);
  const details = /"(\/a\/1d\.[^"]+)"/.exec(answer ?? '')?.[1];
  const press = details && /1u\.[^"&]+/.exec((await fromPage(crowd, person, details)) ?? '')?.[0];
  const voted = press && (await fromPage(crowd, person, `/act/${press}`, { method: 'POST' }));
  if (voted?.includes('Noted')) crowd.votes += 1;
  const board = await fromPage(crowd, person, `/act/${token}`, { method: 'POST' });
  if (board?.includes('aria-pressed="true"')) crowd.nightVotes += 1;
  else crowd.unsure += 1;
}

/** Opens a film night in Discord and brings it to its vote. */
export async function openNight(crowd: Crowd): Promise<SharedNight> {
  const user = userOf(crowd);
  const asked = async (interaction: { id: string }) => {
    crowd.discord.dispatch('INTERACTION_CREATE', interaction);
    return (await broughtBy(crowd, interaction.id))!;
  };
  const opened = await asked(fromDiscord.slash('movie-night', { song: crowd.song }, { user }));
  const message = fromDiscord.shown({ body: opened }, user);
  const films = await asked(fromDiscord.press(buttonIn(opened, 'Find the films'), message, { user }));
  const button = buttonIn(films, '1 ·');
  const { token } = { token: '', ...readId(button) };
  const payload = payloadOf(token);
  if (payload?.action !== 'night') throw new Error(`no button of a film night: ${button}`);
  return { id: payload.night, token, button, message };
}

function buttonIn({ components }: Message, label: string): string {
  for (const row of components) {
    for (const one of row.components) if (one.label?.includes(label)) return one.custom_id;
  }
  throw new Error(`no button ${label}`);
}

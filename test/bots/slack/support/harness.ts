/** A real Bolt app with the small engine, against Slack on loopback. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { makeCooldown } from '../../../../src/bots/common/cooldown.ts';
import type { RitualTiming } from '../../../../src/bots/common/ritual-clock.ts';
import { type SlackBot, type SlackStart, startSlack } from '../../../../src/bots/slack/start.ts';
import { loadConfig } from '../../../../src/config.ts';
import type { Resolver } from '../../../../src/conversation/context.ts';
import type { MatchEngine } from '../../../../src/engine/types.ts';
import type { Listening } from '../../../../src/lookup/listenbrainz/listening.ts';
import { createResolver } from '../../../../src/lookup/resolve/resolver.ts';
import { type LmdbOptions, openLmdbState } from '../../../../src/state/lmdb.ts';
import type { StateStore } from '../../../../src/state/store.ts';
import { fakeEngine } from '../../../support/fake-engine.ts';
import { type Call, FakeSlack } from './fake-slack.ts';
import { SIGNING_SECRET, signedHeaders } from './payloads.ts';

export { SIGNING_SECRET, signature } from './payloads.ts';

export const BOT_TOKEN = 'xoxb-canary-bot-token';
export const APP_TOKEN = 'xapp-1-A0APP-1-canary';

export interface Harness {
  readonly slack: FakeSlack;
  readonly bot: SlackBot;
  readonly state: StateStore;
  /** Everything that was logged, as text. */
  readonly log: string[];
  /** Failures that were reported. */
  readonly reported: unknown[];
  stop(): Promise<void>;
}

export interface Wanted {
  readonly mode: 'http' | 'socket';
  readonly engine?: MatchEngine;
  readonly resolver?: Resolver;
  readonly listening?: Listening;
  readonly rituals?: RitualTiming;
  readonly env?: Record<string, string>;
  /** Kept over a restart. */
  readonly state?: StateStore;
  /** Of a state of its own. */
  readonly stateOptions?: LmdbOptions;
  readonly slack?: FakeSlack;
  readonly imageHost?: string | null;
  readonly pings?: SlackStart['pings'];
  readonly cooldowns?: SlackStart['cooldowns'];
  /** Longer than any machine takes, where a mention follows a link. */
  readonly mentionMs?: number;
}

/** A state in a folder of its own. */
export function freshState(options: LmdbOptions = {}): { state: StateStore; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'm2m-slack-'));
  return { state: openLmdbState(dir, options), remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Stops the app of a test that Slack found no fault with, and that failed at nothing. */
export async function stopClean(harness: Harness): Promise<void> {
  await harness.stop();
  expect(harness.slack.faults).toEqual([]);
  expect(harness.reported).toEqual([]);
}

export async function startHarness(wanted: Wanted): Promise<Harness> {
  const slack = wanted.slack ?? (await new FakeSlack().start());
  const kept = wanted.state ? { state: wanted.state, remove: () => {} } : freshState(wanted.stateOptions);
  const { state } = kept;
  const engine = wanted.engine ?? fakeEngine();
  const config = loadConfig({
    PORT: '0',
    MUSIC2MOVIE_OFFLINE: 'true',
    SLACK_API_URL: slack.api,
    TMDB_IMAGE_URL: 'http://127.0.0.1:9',
    SLACK_BOT_TOKEN: BOT_TOKEN,
    ...(wanted.mode === 'http' ? { SLACK_SIGNING_SECRET: SIGNING_SECRET } : { SLACK_APP_TOKEN: APP_TOKEN }),
    ...wanted.env,
  });
  const log: string[] = [];
  const reported: unknown[] = [];
  const write = (...parts: unknown[]) => void log.push(parts.map((part) => JSON.stringify(part)).join(' '));
  const bot = await startSlack({
    config,
    context: {
      engine: () => engine,
      resolver: wanted.resolver ?? createResolver({ known: engine, config, state }),
      state,
      imageHost: wanted.imageHost === undefined ? 'https://image.tmdb.org' : wanted.imageHost,
      report: (error) => void reported.push(error),
      listening: wanted.listening ?? null,
    },
    logger: { info: write, warn: write, error: write },
    cooldowns: wanted.cooldowns ?? { person: makeCooldown(1000, 10), channel: makeCooldown(1000, 10) },
    mentionMs: wanted.mentionMs ?? 50,
    ...(wanted.pings && { pings: wanted.pings }),
    ...(wanted.rituals && { rituals: wanted.rituals }),
  });
  return {
    slack,
    bot,
    state,
    log,
    reported,
    async stop() {
      await bot.stop();
      if (!wanted.slack) await slack.stop();
      if (!wanted.state) {
        await state.close();
        kept.remove();
      }
    },
  };
}

export interface Posted {
  readonly status: number;
  readonly text: string;
}

/** Posts as Slack does: signed, now. */
export async function post(
  { bot }: Pick<Harness, 'bot'>,
  body: string,
  type: string,
  headers: Record<string, string> = {},
): Promise<Posted> {
  const response = await fetch(`${bot.url}/slack/events`, {
    method: 'POST',
    headers: { ...signedHeaders(body, type), ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** Sends a payload in whichever form its kind has; gives what it was acknowledged with. */
export async function send(harness: Harness, payload: Record<string, unknown>): Promise<unknown> {
  if (harness.bot.url === null) {
    const type = 'command' in payload ? 'slash_commands' : 'event' in payload ? 'events_api' : 'interactive';
    return harness.slack.deliver(type, payload);
  }
  if ('command' in payload) {
    return post(harness, new URLSearchParams(payload as Record<string, string>).toString(), FORM);
  }
  if ('event' in payload) return post(harness, JSON.stringify(payload), 'application/json');
  return post(harness, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), FORM);
}

const FORM = 'application/x-www-form-urlencoded';

interface Element {
  readonly type: string;
  readonly action_id: string;
  readonly value?: string;
  readonly selected_option?: { readonly value: string };
  /** Options of a list. */
  readonly count?: number;
  readonly text?: { readonly text: string };
}

/** Every button of a message or view. */
export function buttonsOf(blocks: unknown): Element[] {
  if (Array.isArray(blocks)) return blocks.flatMap(buttonsOf);
  if (typeof blocks !== 'object' || blocks === null) return [];
  const element = blocks as Element & Record<string, unknown>;
  if (element.type === 'button') return [element];
  return Object.values(element).flatMap(buttonsOf);
}

/** Every list of a message or view, with its first option chosen. */
export function selectsOf(blocks: unknown): Element[] {
  if (Array.isArray(blocks)) return blocks.flatMap(selectsOf);
  if (typeof blocks !== 'object' || blocks === null) return [];
  const element = blocks as Element & Record<string, unknown>;
  if (element.type !== 'static_select') return Object.values(element).flatMap(selectsOf);
  const { type, action_id, placeholder, options } = element as unknown as {
    type: string;
    action_id: string;
    placeholder?: { text: string };
    options: { value: string }[];
  };
  return [
    {
      type,
      action_id,
      ...(placeholder && { text: placeholder }),
      selected_option: options[0]!,
      count: options.length,
    },
  ];
}

/** The button whose label holds the text, or the list of that name with its first option chosen. */
export function button(call: Call | { args: Record<string, unknown> }, label: string): Element {
  const blocks = call.args.blocks ?? (call.args.view as { blocks?: unknown } | undefined)?.blocks;
  const found = [...buttonsOf(blocks), ...selectsOf(blocks)].find((one) => one.text?.text.includes(label));
  if (!found) throw new Error(`no button “${label}” in ${JSON.stringify(blocks)}`);
  return found;
}

/** Everything that a person reads in it, in one string. */
export function textOf(blocks: unknown): string {
  if (Array.isArray(blocks)) return blocks.map(textOf).join('\n');
  if (typeof blocks !== 'object' || blocks === null) return '';
  const one = blocks as Record<string, unknown>;
  if (typeof one.text === 'string') return one.text;
  return Object.values(one).map(textOf).join('\n');
}

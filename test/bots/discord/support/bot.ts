/** The bot as it runs, against Discord on the loopback and a small engine. */
import { pino } from 'pino';
import { afterAll } from 'vitest';
import type { RitualTiming } from '../../../../src/bots/common/ritual-clock.ts';
import type { Cooldowns } from '../../../../src/bots/discord/bot.ts';
import { type DiscordBot, startDiscord } from '../../../../src/bots/discord/start.ts';
import { type Config, loadConfig } from '../../../../src/config.ts';
import type { AnswerContext } from '../../../../src/conversation/context.ts';
import type { MatchEngine } from '../../../../src/engine/types.ts';
import type { Listening } from '../../../../src/lookup/listenbrainz/listening.ts';
import { message, type Resolution, sorry } from '../../../../src/lookup/resolve/resolution.ts';
import type { Resolver } from '../../../../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../../../../src/state/memory.ts';
import type { StateStore } from '../../../../src/state/store.ts';
import { fakeEngine } from '../../../support/fake-engine.ts';
import { FakeDiscord, type Sent, TOKEN } from './server.ts';

/** Looks songs up in the engine, and asks back for `which`; `slow` holds every look-up back until it is let go. */
export class FakeResolver implements Resolver {
  readonly asked: string[] = [];
  #hold: Promise<void> = Promise.resolve();
  readonly #engine: MatchEngine;

  constructor(engine: MatchEngine) {
    this.#engine = engine;
  }

  /** From now on look-ups wait; the function given back lets them go. */
  slow(): () => void {
    let go = () => {};
    this.#hold = new Promise((resolve) => {
      go = resolve;
    });
    return go;
  }

  async resolve(text: string): Promise<Resolution> {
    this.asked.push(text);
    await this.#hold;
    const id = /spotify:track:(\w{22})/.exec(text)?.[1];
    if (text === 'which') {
      const candidates = this.#engine.findSongs('hold on', 5);
      return { kind: 'question', why: message('lookup.question.text'), candidates, albums: [] };
    }
    const found = this.#engine.findSongs(text, 5);
    const song = id ? this.#engine.song(id) : found[0]?.song;
    if (!song) return sorry(message('lookup.sorry.notFound', { text }));
    const source = { kind: 'catalogue', note: message('lookup.source.catalogue') } as const;
    return { kind: 'song', song, source, candidates: id ? [] : found };
  }
}

export interface RunningTest {
  readonly bot: DiscordBot;
  readonly resolver: FakeResolver;
  readonly context: Omit<AnswerContext, 'locale' | 'audience' | 'user'>;
  /** Lines of the log. */
  readonly lines: string[];
  readonly reported: unknown[];
}

export function configFor(discord: FakeDiscord, env: Readonly<Record<string, string>> = {}): Config {
  return loadConfig({
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_URL: discord.api,
    DISCORD_MESSAGE_CONTENT: 'true',
    ...env,
  });
}

export async function run(
  discord: FakeDiscord,
  env: Readonly<Record<string, string>> = {},
  more: {
    engine?: MatchEngine;
    imageHost?: string | null;
    deferAfter?: number;
    cooldowns?: Cooldowns;
    /** One that several bots share. */
    state?: StateStore;
    listening?: Listening;
    rituals?: RitualTiming;
  } = {},
): Promise<RunningTest> {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const engine = more.engine ?? fakeEngine();
  const resolver = new FakeResolver(engine);
  const reported: unknown[] = [];
  const context = {
    engine: () => engine,
    resolver,
    state: more.state ?? openMemoryState(),
    imageHost: more.imageHost === undefined ? 'https://image.tmdb.org' : more.imageHost,
    report: (error: unknown) => reported.push(error),
    ...(more.listening && { listening: more.listening }),
  };
  const config = configFor(discord, env);
  const bot = await startDiscord({
    context,
    config,
    logger,
    deferAfter: more.deferAfter ?? 1000,
    ...(more.cooldowns && { cooldowns: more.cooldowns }),
    ...(more.rituals && { rituals: more.rituals }),
  });
  return { bot, resolver, context, lines, reported };
}

/**
 * A Discord and a bot of a test file's own, stopped after its tests.
 *
 * @param firstUser people of the file are numbered from here on
 */
export async function botOfFile(firstUser = 0n, more: Parameters<typeof run>[2] = {}) {
  const discord = await FakeDiscord.start();
  const running = await run(discord, {}, more);
  afterAll(async () => {
    await running.bot.stop();
    await discord.stop();
  });
  let user = firstUser;
  return {
    discord,
    running,
    /** Somebody new, so that no cool-down of another test counts. */
    somebody: () => String(++user),
    send(interaction: { id: string }): Promise<Sent> {
      discord.dispatch('INTERACTION_CREATE', interaction);
      return discord.callback(interaction.id);
    },
  };
}

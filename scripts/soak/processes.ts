/**
 * Processes of every role with folders of their own, one server for their state: people on all three surfaces while
 * processes are killed at random and the server is, and a balance of what became of everything they asked.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nightOf } from '../../src/conversation/nights.ts';
import { seededRandom } from '../../src/shared/random.ts';
import { openState } from '../../src/state/open.ts';
import { newKey } from '../../src/state/secret-key.ts';
import type { StateStore } from '../../src/state/store.ts';
import { FakeDiscord, TOKEN } from '../../test/bots/discord/support/server.ts';
import { FakeSlack } from '../../test/bots/slack/support/fake-slack.ts';
import { SIGNING_SECRET } from '../../test/bots/slack/support/payloads.ts';
import { startRedis } from '../../test/support/redis.ts';
import {
  type Crowd,
  discordAsks,
  discordVotes,
  openNight,
  pageVotes,
  slackAsks,
  slackVotes,
} from './crowd.ts';
import { Ledger } from './ledger.ts';
import { Program } from './program.ts';

export interface ProcessesOptions {
  /** The roles of each process, such as `['page', 'page,slack']`. */
  readonly processes: readonly string[];
  readonly catalogue: string;
  /** What people ask for; the catalogue has it. */
  readonly song: string;
  /** An empty folder, for the folders of the processes. */
  readonly folder: string;
  /** For so long people ask, in milliseconds. */
  readonly ms: number;
  /** Between two kills, in milliseconds, at most. */
  readonly everyMs: number;
  /** Whether a process that was killed is started again, before the next one is killed. */
  readonly again: boolean;
  /** Which process is killed when; another number, other deaths. */
  readonly seed: number;
}

export interface ProcessesBalance {
  readonly ledger: Ledger;
  /** Kills of processes, and of the server. */
  readonly kills: number;
  readonly restarts: number;
  /** What people were told is kept, and what is. */
  readonly votes: { readonly confirmed: number; readonly standing: number };
  readonly nightVotes: { readonly confirmed: number; readonly unsure: number; readonly standing: number };
  /** What Discord was sent beside first responses: nothing, or somebody was answered twice. */
  readonly beside: number;
  /** What the processes wrote. */
  readonly said: string;
}

/** Runs it all. @throws Error where no server for the state is installed */
export async function soakProcesses(options: ProcessesOptions): Promise<ProcessesBalance> {
  const { folder, ms, seed } = options;
  // What is confirmed stands on the disk: the server is killed, too.
  const redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
  const [discord, slack] = [await FakeDiscord.start(), await new FakeSlack().start()];
  const keyFile = path.join(folder, 'key');
  writeFileSync(keyFile, newKey());
  const state = await openState(path.join(folder, 'own'), () => {}, { url: redis.url, keyFile });
  const random = seededRandom(seed);
  const programs = options.processes.map(
    (roles, at) =>
      new Program({
        NODE_OPTIONS: '',
        PORT: '0',
        MUSIC2MOVIE_ROLES: roles,
        MUSIC2MOVIE_CATALOGUE: options.catalogue,
        MUSIC2MOVIE_STATE: path.join(folder, `state-${at}`),
        MUSIC2MOVIE_KEY_FILE: keyFile,
        // Nothing is looked up, and no posters are drawn.
        MUSIC2MOVIE_SEARCH_ONLINE: 'false',
        STATE_URL: redis.url,
        TRUST_PROXY: 'loopback',
        DISCORD_TOKEN: TOKEN,
        DISCORD_API_URL: discord.api,
        DISCORD_SHARDS: '0/1',
        SLACK_BOT_TOKEN: 'xoxb-canary-soak-token',
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
        SLACK_API_URL: slack.api,
      }),
  );
  const having = (role: string) => programs.filter((_, at) => options.processes[at]!.includes(role));
  const ledger = new Ledger();
  const crowd: Crowd = {
    discord,
    slack,
    ledger,
    state,
    song: options.song,
    pages: having('page'),
    slacks: having('slack'),
    people: 0,
    votes: 0,
    nightVotes: 0,
    unsure: 0,
  };
  const stopThrottle = waiveIdentifyLimit(state);
  try {
    await Promise.all(programs.map((program) => program.start()));
    await Promise.all(programs.map((program) => program.settled()));
    const night = await openNight(crowd);
    const end = performance.now() + ms;
    const drive = async (pause: number, one: () => Promise<void>) => {
      while (performance.now() < end) {
        await one();
        await sleep(random() * 2 * pause);
      }
    };
    const pending: Promise<void>[] = [];
    // Nobody waits for others' answers.
    const people = [
      drive(150, async () => void pending.push(discordAsks(crowd))),
      drive(150, async () => void pending.push(slackAsks(crowd))),
      drive(300, async () => void pending.push(discordVotes(crowd, night))),
      drive(300, async () => void pending.push(slackVotes(crowd, night))),
      drive(100, () => pageVotes(crowd, night)),
    ];
    const killing = killAtRandom(programs, redis, random, options, () => performance.now() < end);
    await Promise.all(people);
    const { kills, restarts } = await killing;
    await Promise.all(pending);
    const standing = (await state.list('vote:')).length;
    const kept = await nightOf(night.id, state);
    return {
      ledger,
      kills,
      restarts,
      votes: { confirmed: crowd.votes, standing },
      nightVotes: {
        confirmed: crowd.nightVotes,
        unsure: crowd.unsure,
        standing: Object.keys(kept?.votes ?? {}).length,
      },
      beside: discord.matching(/^POST \/webhooks\//).length,
      said: programs.map(({ said }) => said).join('\n'),
    };
  } finally {
    stopThrottle();
    await Promise.all(programs.map((program) => program.kill()));
    await state.close();
    await redis.stop();
    await discord.stop();
    await slack.stop();
  }
}

/** Connections need not wait five seconds for each other: this Discord has no limit. */
function waiveIdentifyLimit(state: StateStore): () => void {
  const timer = setInterval(() => void state.delete('lease:discord-identify:0').catch(() => {}), 200);
  return () => clearInterval(timer);
}

/** Kills one process after the other, and the server with every third. */
async function killAtRandom(
  programs: readonly Program[],
  redis: { restart(downMs?: number): Promise<void> },
  random: () => number,
  { again, everyMs }: ProcessesOptions,
  goesOn: () => boolean,
): Promise<{ kills: number; restarts: number }> {
  let [kills, restarts] = [0, 0];
  await sleep(random() * everyMs);
  while (goesOn()) {
    const alive = programs.filter(({ up }) => up);
    // One is left to answer.
    if (alive.length > 1) {
      const victim = alive[Math.floor(random() * alive.length)]!;
      await victim.kill();
      kills += 1;
      if (again) await victim.start();
    }
    await sleep(random() * everyMs);
    if (kills % 3 === 1) {
      await redis.restart(Math.round(random() * 300));
      restarts += 1;
      await sleep(random() * everyMs);
    }
  }
  return { kills, restarts };
}

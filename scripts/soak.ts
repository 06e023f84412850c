/**
 * `npm run soak -- --minutes 10`: people on all three surfaces while everything around the program goes wrong, and a
 * balance at the end. Exit status 1 when something was lost, doubled or leaked. `-- --load` finds the highest rate that the
 * page keeps up with, and shows three times that; `-- --kills 100` kills a process that writes, again and again.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureStarterCatalogue } from '../src/indexer/starter.ts';
import { openState } from '../src/state/open.ts';
import { FakeDiscord, TOKEN } from '../test/bots/discord/support/server.ts';
import { FakeSlack } from '../test/bots/slack/support/fake-slack.ts';
import { discordUser, slackUser, visitor, type World } from './soak/drivers.ts';
import { killRounds } from './soak/kills.ts';
import { Ledger } from './soak/ledger.ts';
import { measureLoad } from './soak/load.ts';
import { freePort, Program, type Sample } from './soak/program.ts';
import { MOODS, Upstreams } from './soak/upstreams.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    load: { type: 'boolean' },
    kills: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const SLACK_TOKENS = { SLACK_BOT_TOKEN: 'xoxb-canary-soak-token', SLACK_APP_TOKEN: 'xapp-canary-soak-token' };
const SECRETS = [TOKEN, ...Object.values(SLACK_TOKENS)];
/** Size of the disk under the state, in megabytes, where one of our own can be mounted. */
const DISK = 48;

if (values.load) {
  await measureLoad();
  process.exit(0);
}
if (values.kills) process.exit(await killRounds(Number(values.kills)));

// In a mount namespace of its own the state stands on a small disk, which can be filled.
if (!process.env.SOAK_DISK && spawnSync('unshare', ['-rm', 'true']).status === 0) {
  const dir = mkdtempSync(path.join(tmpdir(), 'music2movie-soak-disk-'));
  const shell = `mount -t tmpfs -o size=${DISK}m tmpfs "$1" && SOAK_DISK="$1" exec "$2" --import tsx "$3" --minutes "$4"`;
  const argv = [
    '-rm',
    'sh',
    '-c',
    shell,
    'sh',
    dir,
    process.execPath,
    fileURLToPath(import.meta.url),
    values.minutes,
  ];
  const { status } = spawnSync('unshare', argv, { stdio: 'inherit' });
  rmSync(dir, { recursive: true, force: true });
  process.exit(status ?? 1);
}

const say = (text: string) => process.stdout.write(`${text}\n`);

const folder = mkdtempSync(path.join(tmpdir(), 'music2movie-soak-'));
const disk = process.env.SOAK_DISK;
const stateDir = path.join(disk ?? folder, 'state');
const catalogue = path.join(folder, 'catalogue');
const clock = path.join(folder, 'clock');
await ensureStarterCatalogue(catalogue);

const [discord, slack, upstreams] = [
  await FakeDiscord.start(),
  await new FakeSlack().start(),
  new Upstreams(),
];
const upstream = await upstreams.start();
const program = new Program({
  PORT: String(await freePort()),
  MUSIC2MOVIE_CATALOGUE: catalogue,
  MUSIC2MOVIE_STATE: stateDir,
  MUSIC2MOVIE_KEY_FILE: path.join(folder, 'key'),
  TRUST_PROXY: 'loopback',
  DISCORD_TOKEN: TOKEN,
  DISCORD_API_URL: discord.api,
  ...SLACK_TOKENS,
  SLACK_API_URL: slack.api,
  RECCOBEATS_URL: upstream,
  SPOTIFY_OPEN_URL: upstream,
  SPOTIFY_SHORT_URL: upstream,
  SOAK_CLOCK: clock,
});
const ledger = new Ledger();
const world: World = { program, discord, slack, ledger, votes: 0, unsure: 0, drops: 0, seen: new Set() };
const faults: Record<string, number> = {};

/** What goes wrong, one after the other. */
const troubles: Record<string, () => Promise<void>> = {
  upstreams: async () => {
    for (const mood of MOODS) {
      upstreams.mood = mood;
      await sleep(2500);
    }
    upstreams.mood = 'well';
  },
  'kill -9': async () => {
    await program.kill();
    await program.start();
  },
  'catalogue swapped': async () => {
    cpSync(catalogue, `${catalogue}.next`, { recursive: true });
    renameSync(catalogue, `${catalogue}.old`);
    renameSync(`${catalogue}.next`, catalogue);
    rmSync(`${catalogue}.old`, { recursive: true });
    await sleep(6000);
  },
  'clock set': async () => {
    for (const hours of [24, -24, 24 * 400, 0]) {
      writeFileSync(clock, String(hours * 3600_000));
      await sleep(2500);
      // Bots start anew once the clock has been set back.
      world.drops += 1;
    }
    await sleep(5000);
    world.drops += 1;
  },
  'connections dropped': async () => {
    world.drops += 1;
    discord.drop(null);
    for (const socket of slack.sockets) socket.terminate();
    await sleep(5000);
  },
  ...(disk && {
    'disk full': async () => {
      const ballast = path.join(disk, 'ballast');
      for (let size = 16e6; size >= 4096; size /= 2) {
        try {
          for (let n = 0; n < 5; n += 1) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
        } catch {}
      }
      await sleep(4000);
      rmSync(ballast);
      await sleep(1000);
    },
  }),
};

/** A slope that is not noise: the last third against the middle one, of a process that ran on. */
function growth(samples: readonly Sample[], of: (sample: Sample) => number): number {
  const third = Math.floor(samples.length / 3);
  const mean = (part: readonly Sample[]) =>
    part.reduce((sum, one) => sum + of(one), 0) / Math.max(1, part.length);
  return mean(samples.slice(-third)) / mean(samples.slice(third, -third)) - 1;
}

say(`Soaking for ${minutes} minutes; faults: ${Object.keys(troubles).join(', ')}, deliveries twice.`);
mkdirSync(stateDir, { recursive: true });
await program.start();
const end = performance.now() + minutes * 60_000;
const running = () => performance.now() < end;
const drive = async (one: (world: World) => Promise<void>, pause: number) => {
  while (running()) {
    await one(world);
    await sleep(Math.random() * 2 * pause);
  }
};
const people = [
  ...Array.from({ length: 6 }, () => drive(visitor, 150)),
  ...Array.from({ length: 3 }, () => drive(discordUser, 400)),
  ...Array.from({ length: 3 }, () => drive(slackUser, 400)),
];
const sampling = (async () => {
  while (running()) {
    await sleep(2000);
    if (program.up) await program.sample();
  }
})();
const trouble = (async () => {
  const names = Object.keys(troubles);
  for (let at = 0; running(); at += 1) {
    const name = names[at % names.length]!;
    await troubles[name]!();
    faults[name] = (faults[name] ?? 0) + 1;
    await sleep(2000);
  }
})();
await Promise.all([...people, sampling, trouble]);
const { code, ms } = await program.stop();

const state = await openState(stateDir, (news) => say(`The state: ${JSON.stringify(news)}`), {
  keyFile: path.join(folder, 'key'),
});
const standing = (await state.list('vote:')).length;
await state.close();
const files = readdirSync(stateDir, { recursive: true }).map((name) => path.join(stateDir, String(name)));
const places = {
  'log and output': program.said,
  'what people saw': [...world.seen].join(),
  'what Discord was sent': JSON.stringify(discord.sent.map(({ path: to, body }) => [to, body])),
  'what Slack was sent': JSON.stringify(slack.calls.map(({ args }) => args)),
  'the state': files
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file).toString('latin1'))
    .join(),
};
const leaks = Object.entries(places).filter(([, text]) => SECRETS.some((secret) => text.includes(secret)));
const memory = growth(program.samples, ({ megabytes }) => megabytes);
const handles = growth(program.samples, ({ handles: n }) => n);
const bad = ledger.lines().reduce((sum, { lost, doubled }) => sum + lost + doubled, 0);

say(`\n${ledger.table()}\n`);
say(
  `Faults: ${Object.entries(faults)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ')}; upstreams were asked ${upstreams.asked} times.`,
);
say(
  `Votes confirmed: ${world.votes}, and ${world.unsure} cut off before a word came back; standing: ${standing}.`,
);
say(`Secrets found: ${leaks.length === 0 ? 'none' : leaks.map(([place]) => place).join(', ')}.`);
say(
  `Memory ${(memory * 100).toFixed(1)} % and handles ${(handles * 100).toFixed(1)} % from the middle to the last third; ${Math.round(program.samples.at(-1)?.megabytes ?? 0)} MB at the end.`,
);
say(`Stopped in ${Math.round(ms)} ms with exit status ${code}.`);
for (const fault of ledger.faults) say(`- ${fault}`);
const votesLost = standing < world.votes || standing > world.votes + world.unsure;
rmSync(folder, { recursive: true, force: true });
upstreams.stop();
await discord.stop();
await slack.stop();
process.exit(bad > 0 || leaks.length > 0 || votesLost || code !== 0 ? 1 : 0);

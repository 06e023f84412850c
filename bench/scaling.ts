/**
 * Measures what many processes cost, for docs/SCALING.md: memory of processes that map one catalogue, and what the
 * state's server does and keeps for an interaction and a vote.
 *
 *   npx tsx bench/scaling.ts <catalogue> [--write]
 *   npx tsx bench/scaling.ts --state            the server of the state alone, written
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { claimDelivery } from '../src/bots/common/once.ts';
import { Engine } from '../src/engine/engine.ts';
import { openRedisState } from '../src/state/redis.ts';
import { newKey } from '../src/state/secret-key.ts';
import { REDIS, startRedis } from '../test/support/redis.ts';

const MEASURED = fileURLToPath(new URL('../docs/scaling.json', import.meta.url));
const QUESTIONS = 2_000;
const ENTRIES = 5_000;
const [catalogue = '', how] = process.argv.slice(2);

/** Megabytes of this process: all resident, its share where pages are shared, and those that nobody else has. */
function memory() {
  const text = readFileSync('/proc/self/smaps_rollup', 'utf8');
  const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)![1]);
  return {
    rss: Math.round(kb('Rss') / 1024),
    pss: Math.round(kb('Pss') / 1024),
    own: Math.round((kb('Private_Clean') + kb('Private_Dirty')) / 1024),
  };
}

/** One process of several: answers, then says what it takes while the others stand beside it. */
async function serve(keep: true | 'shared'): Promise<void> {
  const engine = await Engine.open(catalogue, { keep });
  const songs = engine.findSongs('love', 50).map(({ song }) => song.id);
  const before = process.cpuUsage();
  for (let at = 0; at < QUESTIONS; at += 1) engine.moviesFor(songs[at % songs.length]!);
  const { user, system } = process.cpuUsage(before);
  process.send!({ ms: (user + system) / 1000 / QUESTIONS });
  process.on('message', () => process.send!(memory()));
}

async function processes(count: number, keep: true | 'shared') {
  const file = fileURLToPath(import.meta.url);
  const children = Array.from({ length: count }, () =>
    fork(file, [catalogue, `--serve-${keep === true ? 'own' : 'shared'}`], { execArgv: ['--import', 'tsx'] }),
  );
  const said = await Promise.all(children.map(async (child) => (await once(child, 'message'))[0]));
  const taken: ReturnType<typeof memory>[] = [];
  for (const child of children) {
    child.send('memory');
    taken.push((await once(child, 'message'))[0]);
  }
  for (const child of children) child.kill();
  const mean = (of: (one: ReturnType<typeof memory>) => number) =>
    Math.round(taken.reduce((sum, one) => sum + of(one), 0) / count);
  return {
    rss: mean((one) => one.rss),
    pss: mean((one) => one.pss),
    own: mean((one) => one.own),
    answerMs: Number((said.reduce((sum, { ms }) => sum + ms, 0) / count).toFixed(2)),
  };
}

async function stateServer() {
  if (REDIS === null) throw new Error('neither valkey-server nor redis-server is installed');
  const server = await startRedis();
  const state = await openRedisState({ url: server.url, key: newKey() });
  const { Redis } = await import('ioredis');
  const look = new Redis(server.url);
  const value = async (section: string, name: string) =>
    Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(await look.info(section))![1]);
  const cost = async (work: (at: number) => Promise<unknown>) => {
    const before = [
      await value('stats', 'total_commands_processed'),
      await value('cpu', 'used_cpu_user'),
      await value('memory', 'used_memory'),
    ];
    for (let from = 0; from < ENTRIES; from += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, at) => work(from + at)));
    }
    const after = [
      await value('stats', 'total_commands_processed'),
      await value('cpu', 'used_cpu_user'),
      await value('memory', 'used_memory'),
    ];
    const each = (at: number, scale: number) => ((after[at]! - before[at]!) * scale) / ENTRIES;
    return {
      commands: Math.round(each(0, 1)),
      cpuMicros: Math.round(each(1, 1e6)),
      bytes: Math.round(each(2, 1)),
    };
  };
  try {
    const claim = await cost(async (at) => (await claimDelivery(state, `x:${at}`))!.done());
    const vote = await cost((at) =>
      state.update(`vote:${'u'.repeat(20)}${at}:song:film`, () => ({ fits: true, day: '2026-11-27' })),
    );
    return { claim, vote };
  } finally {
    look.disconnect();
    await state.close();
    await server.stop();
  }
}

/** What was measured otherwise stays. */
function write(figures: object): void {
  const measured = { ...JSON.parse(readFileSync(MEASURED, 'utf8')), ...figures };
  writeFileSync(MEASURED, `${JSON.stringify(measured, null, 2)}\n`);
}

if (how === '--serve-own') await serve(true);
else if (how === '--serve-shared') await serve('shared');
else if (catalogue === '--state') write({ state: await stateServer() });
else {
  const engine = await Engine.open(catalogue);
  const { movies, songs } = engine.info;
  await engine.close();
  const figures = {
    films: movies,
    songs,
    one: await processes(1, true),
    threeOwn: await processes(3, true),
    threeShared: await processes(3, 'shared'),
    state: await stateServer(),
  };
  console.log(JSON.stringify(figures, null, 2));
  if (how === '--write') write(figures);
}

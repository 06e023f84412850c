/**
 * Computes the worked examples of docs/SCALING.md from docs/scaling.json, which `bench/scaling.ts` measured, and from
 * what Discord and the measured answers say. `npx tsx scripts/scaling.ts` writes them into the page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const place = (file: string) => fileURLToPath(new URL(`../docs/${file}`, import.meta.url));
const BEGIN = '<!-- computed by scripts/scaling.ts -->';
const END = '<!-- end of what is computed -->';

interface Memory {
  readonly rss: number;
  readonly pss: number;
  readonly own: number;
  readonly answerMs: number;
}

/** A start: processor seconds and milliseconds until it answers, megabytes once it rests. */
interface Start {
  readonly cpu: number;
  readonly ms: number;
  readonly rss: number;
}

export interface Measured {
  readonly films: number;
  readonly songs: number;
  readonly one: Memory;
  readonly threeOwn: Memory;
  readonly threeShared: Memory;
  /** Before any of this was there, with nothing of it set, and with a server for the state. */
  readonly start: Record<'before' | 'now' | 'withServer', Start>;
  readonly state: Record<'claim' | 'vote', { commands: number; cpuMicros: number; bytes: number }>;
}

/** What was measured elsewhere (docs/PERFORMANCE.md, bench/discord.ts), and what is assumed; each is named in the page. */
export const ASSUMED = {
  /** A thousand servers a connection, as Discord recommends. */
  serversPerShard: 1_000,
  /** Interactions of one server in a day. */
  interactionsPerServer: 20,
  /** The busiest second beside the mean one. */
  peak: 10,
  /** Processor time of a page request besides the engine's answer, in milliseconds. */
  pageMs: 2,
  /** How much of a processor may be busy before answers wait. */
  busy: 0.6,
  /** Connections in one process: memory of servers, and one event loop. */
  shardsPerProcess: 16,
  /** Memory of a connection with its servers, in MB; `bench/discord.ts` measures heavy ones. */
  shardMb: 60,
  /** What discord.js and Node take besides, in MB. */
  processMb: 110,
  /** Identifications that Discord takes every five seconds, unless a bot is very large. */
  identifyEach: 1,
  /** A virtual machine with two processors and 8 GB, a month, in euros. */
  machineEuros: 12,
  machineCores: 2,
  machineMb: 8_000,
} as const;

const n = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });

function shards(count: number, m: Measured): string {
  const a = ASSUMED;
  const servers = count * a.serversPerShard;
  const mean = (servers * a.interactionsPerServer) / 86_400;
  const peak = mean * a.peak;
  const processes = Math.ceil(count / a.shardsPerProcess);
  const machines = Math.max(
    1,
    Math.ceil((peak * m.one.answerMs) / 1000 / a.busy / a.machineCores),
    Math.ceil((processes * (m.threeShared.own + a.processMb) + count * a.shardMb) / (a.machineMb * 0.75)),
  );
  const memory = processes * (m.threeShared.own + a.processMb) + count * a.shardMb;
  const commands = peak * m.state.claim.commands;
  const start = ((count - 1) * 5) / a.identifyEach;
  return `| ${n(count)} | ${n(servers)} | ${n(peak)} | ${n(processes)} | ${n(memory)} MB | ${machines > 1 ? n(commands) : '–'} | ${n(start)} s | ${n(machines)} | € ${n(machines * a.machineEuros)} |`;
}

const start = ({ cpu, ms, rss }: Start) => `${cpu} s | ${n(ms / 1000)} s | ${rss} MB`;

/** The part of the page that is computed. */
export function computed(m: Measured): string {
  const a = ASSUMED;
  const ms = m.one.answerMs + a.pageMs;
  const requests = 10_000;
  const cores = (requests * ms) / 1000 / a.busy;
  const pages = Math.ceil(cores);
  const machines = Math.ceil(pages / a.machineCores);
  const perProcess = Math.floor((1000 / ms) * a.busy);
  return `Measured with ${n(m.films)} films and ${n(m.songs)} songs, processes that answer from the engine and nothing else (Rss counts shared pages in full, Pss by share):

| | Rss | Pss | own |
|---|--:|--:|--:|
| one process | ${m.one.rss} MB | ${m.one.pss} MB | ${m.one.own} MB |
| each of three, copies of their own | ${m.threeOwn.rss} MB | ${m.threeOwn.pss} MB | ${m.threeOwn.own} MB |
| each of three, shared copies | ${m.threeShared.rss} MB | ${m.threeShared.pss} MB | ${m.threeShared.own} MB |

An answer takes ${m.one.answerMs} ms of processor time (measured on a machine that did other work besides; \`npx tsx bench/scaling.ts <catalogue> --write\`). On the state's server an interaction costs ${m.state.claim.commands} commands, those inside scripts included (${m.state.claim.cpuMicros} µs, ${n(m.state.claim.bytes)} bytes for ten minutes), a vote ${m.state.vote.commands} commands (${m.state.vote.cpuMicros} µs, ${n(m.state.vote.bytes)} bytes for two years).

A start with the starter catalogue, the middle one of three, on two processors that others kept busy (\`npx tsx bench/start.ts --before <folder of e557aed> --write\`; memory differs by some tens of megabytes from start to start, as garbage is collected when it likes):

| | processor time until it answers | until it answers | Rss at rest |
|---|--:|--:|--:|
| before any of this was there | ${start(m.start.before)} |
| nothing of it set | ${start(m.start.now)} |
| with \`STATE_URL\` | ${start(m.start.withServer)} |

With nothing of it set no package of it is loaded (\`test/cli/roles.test.ts\`). Installed are the client of the state's server and what signs for buckets, 1.8 MB; the queue for builds is development's, as looking at posters is, and \`npm ci --omit=dev\` leaves it out.

**Computed, not measured**, for Discord, with ${n(a.serversPerShard)} servers a connection, ${a.interactionsPerServer} interactions a server and day, and a busiest second ${a.peak} times the mean:

| connections | servers | interactions/s at the peak | processes | memory | state commands/s | start from nothing | machines | a month |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|
${[1, 10, 1_000].map((count) => shards(count, m)).join('\n')}

**Computed, not measured**, for ${n(requests)} page requests a second: ${n(ms)} ms of processor time each (${m.one.answerMs} for the answer, ${a.pageMs} assumed for the rest), so ${n(perProcess)} requests a second and process with ${a.busy * 100} % busy, ${n(pages)} processes on ${n(machines)} machines of ${a.machineCores} processors, € ${n(machines * a.machineEuros)} a month; ${n(pages * m.threeShared.own)} MB of memory besides the catalogue's pages, about ${n(Math.ceil(requests * 0.02))} connections open behind a balancer at 20 ms a request; and ${n(requests * m.state.vote.commands)} commands a second for the shared buckets.

Assumed: a machine with ${a.machineCores} processors and ${n(a.machineMb)} MB for € ${a.machineEuros} a month, ${a.shardsPerProcess} connections a process, ${a.shardMb} MB a connection and ${a.processMb} MB a process besides the catalogue, one identification every five seconds. Change them in \`scripts/scaling.ts\` and run it again.`;
}

/** The page with its computed part as it is now. */
export function page(): string {
  const text = readFileSync(place('SCALING.md'), 'utf8');
  const measured = JSON.parse(readFileSync(place('scaling.json'), 'utf8')) as Measured;
  const [before, rest] = text.split(BEGIN) as [string, string];
  return `${before}${BEGIN}\n\n${computed(measured)}\n\n${END}${rest.split(END)[1]}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(place('SCALING.md'), page());

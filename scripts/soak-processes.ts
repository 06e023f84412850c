/**
 * `npm run soak:processes -- --minutes 5`: three processes of each role with folders of their own and one Valkey or Redis,
 * killed at random, the server too. Exit status 1 when something was lost, doubled or forgotten. `--seed N` for other deaths.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureStarterCatalogue } from '../src/indexer/starter.ts';
import { soakProcesses } from './soak/processes.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    log: { type: 'boolean' },
  },
});
const folder = mkdtempSync(path.join(tmpdir(), 'music2movie-processes-'));
const catalogue = path.join(folder, 'catalogue');
await ensureStarterCatalogue(catalogue);
const say = (text: string) => process.stdout.write(`${text}\n`);
const roles = ['page', 'discord', 'slack'];
say(`Three processes of each of ${roles.join(', ')}, killed at random for ${values.minutes} minutes.`);
const balance = await soakProcesses({
  processes: [...roles, ...roles, ...roles],
  catalogue,
  song: 'blue monday new order',
  folder,
  ms: Number(values.minutes) * 60_000,
  everyMs: 4_000,
  again: true,
  seed: Number(values.seed),
});
const { ledger, kills, restarts, votes, nightVotes, beside } = balance;
if (values.log) say(balance.said);
say(`\n${ledger.table()}\n`);
say(`Processes killed: ${kills}; the server: ${restarts}.`);
say(`Votes confirmed: ${votes.confirmed}; standing: ${votes.standing}.`);
say(
  `Votes in the film night confirmed: ${nightVotes.confirmed}, and ${nightVotes.unsure} of which nothing was said; standing: ${nightVotes.standing}.`,
);
say(`Sent to Discord beside first responses: ${beside}.`);
for (const fault of ledger.faults) say(`- ${fault}`);
rmSync(folder, { recursive: true, force: true });
const bad = ledger.lines().reduce((sum, { lost, doubled, failed }) => sum + lost + doubled + failed, 0);
const more = nightVotes.standing - nightVotes.confirmed;
const kept = votes.standing === votes.confirmed && more >= 0 && more <= nightVotes.unsure;
process.exit(bad + beside > 0 || !kept ? 1 : 0);

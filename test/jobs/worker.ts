/** A worker in a process of its own, whose steps are lines in a file. Arguments: the server, the file. */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorking } from '../../src/jobs/queue.ts';

const [url, file] = process.argv.slice(2) as [string, string];
const note = (what: string, step: readonly string[]) =>
  appendFileSync(file, `${what} ${step[0]} ${process.pid}\n`);
await startWorking(
  { url, deadMs: 600 },
  async (step, signal) => {
    note('begun', step);
    await sleep(120);
    if (!signal.aborted) note('ended', step);
  },
  () => {},
);

/** `music2movie jobs`: builds of the catalogue on whichever machine has a worker. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { addWork, listWork, type QueueOptions, removeWork, startWorking } from '../jobs/queue.ts';
import { UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';
import { configOf } from './state.ts';
import { untilSignal } from './until-signal.ts';

const CHILD = fileURLToPath(new URL('./jobs-child.js', import.meta.url));

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  const jobs = program
    .command('jobs')
    .description('queue builds of the catalogue on the server at STATE_URL, and do them')
    .addHelpText(
      'after',
      '\nA worker that dies is followed by another, which goes on behind the last step that was done. A folder is the\nworker’s own: posters that were looked at before it died are not looked at again where it comes back.',
    );
  jobs
    .command('list', { isDefault: true })
    .description('what waits, is being done, or was done lately')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const work = await listWork(queueOf(io));
      if (json) return io.out(`${JSON.stringify({ jobs: work })}\n`);
      const table = new Table({
        head: ['id', 'state', 'steps done', 'what', 'failed last'],
        style: { head: [] },
      });
      for (const {
        id,
        state,
        done,
        work: { steps },
        failure,
      } of work) {
        const what = steps.map((step) => step.join(' ')).join('\n');
        table.push([id, state, `${done} of ${steps.length}`, what, failure ?? '']);
      }
      io.out(work.length === 0 ? 'Nothing is queued.\n' : `${table.toString()}\n`);
    });
  jobs
    .command('build')
    .description('queue a build: posters, catalogue, and where asked for, its publication')
    .argument('<options...>', 'behind --, what `music2movie index` is to be given; files are the worker’s')
    .option('--publish <to>', 'publish it afterwards, as `music2movie catalogue publish` does')
    .option('--every <cron>', 'again and again, such as "0 4 * * 1": Mondays at four')
    .action(async (options: string[], { publish, every }: { publish?: string; every?: string }) => {
      const steps = [['index', ...options], ...(publish ? [publication(publish, options)] : [])];
      const { id, stood } = await addWork(queueOf(io), { steps }, every ?? null);
      io.out(
        stood ? `${id} is queued already.\n` : `${id} is queued; a worker does it: music2movie jobs work\n`,
      );
    });
  jobs
    .command('remove')
    .description('take away what waits, or is done again and again')
    .argument('<id>', 'as the list names it')
    .action(async (id: string) => {
      if (await removeWork(queueOf(io), id)) return io.out('Removed.\n');
      throw new UserError(`Nothing with the id ${id} waits.`, {
        id: 'jobs.unknown',
        hint: 'music2movie jobs lists what is queued; what is being done can be stopped with its worker.',
      });
    });
  jobs
    .command('work')
    .description('do what is queued, one piece at a time, until it is stopped')
    .action(async () => {
      const told = untilSignal();
      const say = (sentence: string) => io.out(`${sentence}\n`);
      const working = await startWorking(queueOf(io), (step, signal) => runStep(step, signal, io), say);
      say('Waiting for work. Ctrl+C stops it; what is being done then is gone on with by the next worker.');
      await told;
      await working.stop();
      exit(0);
    });
}

/** The catalogue that the build wrote, published. */
function publication(to: string, options: readonly string[]): string[] {
  const at = options.indexOf('--out');
  const out = options.find((option) => option.startsWith('--out='))?.slice('--out='.length);
  const catalogue = at >= 0 ? options[at + 1] : out;
  return ['catalogue', 'publish', to, ...(catalogue ? ['--catalogue', catalogue] : [])];
}

function queueOf(io: CliIo): QueueOptions {
  const { stateUrl } = configOf(io);
  if (stateUrl) return { url: stateUrl.reveal() };
  throw new UserError('There is no server to queue anything on.', {
    id: 'jobs.no-server',
    hint: 'Set STATE_URL to a Valkey or Redis server, or run music2movie index here.',
  });
}

/** Runs a command of this program; it ends with this process, however that ends. @throws Error when it fails */
export async function runStep(
  step: readonly string[],
  signal: AbortSignal,
  io: Pick<CliIo, 'env' | 'err'>,
): Promise<void> {
  const child = fork(CHILD, [...step], {
    execArgv: [],
    silent: true,
    env: io.env,
    signal,
    killSignal: 'SIGKILL',
  });
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + String(chunk)).slice(-2_000);
      io.err(String(chunk));
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(said.trim().split('\n').at(-1) || `ended with ${code}`);
}

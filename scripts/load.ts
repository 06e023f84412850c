/**
 * Runs the tests once while busy processes compete for the processors: `npm run test:loaded -- [--processes 8] [files]`.
 * What fails only here measures time where it should measure behaviour.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

// Short turns, so that it notices when the process that started it is gone.
const BURN = `
process.on('disconnect', () => process.exit());
process.send('busy');
const burn = () => { const end = Date.now() + 50; while (Date.now() < end); setImmediate(burn); };
burn();
`;

/** Keeps one processor busy until it is killed, or until this process ends in whatever way. */
export async function startBurner(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', BURN], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  return child;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { processes: { type: 'string', default: '8' } },
  });
  const burners = await Promise.all(Array.from({ length: Number(values.processes) }, startBurner));
  console.log(`${burners.length} processes are busy.`);
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...positionals];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
  for (const burner of burners) burner.kill('SIGKILL');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

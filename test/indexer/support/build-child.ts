/**
 * Builds a catalogue in a process of its own, so that a test can kill it or take its disk away.
 * Arguments: songs, movies, out, a path relative to the building folder, model and feel data: the process ends itself
 * with SIGKILL as soon as that path exists ("-" for never).
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildCatalogue } from '../../../src/indexer/build.ts';
import { Music2MovieError } from '../../../src/shared/errors.ts';
import type { Progress } from '../../../src/shared/progress.ts';

const [songs, movies, out, trap, model, feel] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const trapped = path.resolve(out, '.building', trap);
const spring = () => {
  if (trap !== '-' && existsSync(trapped)) process.kill(process.pid, 'SIGKILL');
};
// Asked at every step that the build reports and every millisecond between.
setInterval(spring, 1).unref();
const progress: Progress = {
  stage: () => {
    spring();
    return { update: spring, finish: spring };
  },
  note: () => {},
  stop: () => {},
};

try {
  await buildCatalogue({ songs, movies, out, model, feel, progress });
} catch (error) {
  process.stderr.write(`${error instanceof Music2MovieError ? error.id : String(error)}\n`);
  process.exitCode = error instanceof Music2MovieError ? error.exitCode : 1;
}

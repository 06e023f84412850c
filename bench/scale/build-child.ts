/** Builds a catalogue in a process of its own and prints how long each stage took and how much memory it needed. */
import { readFile } from 'node:fs/promises';
import { buildCatalogue } from '../../src/indexer/build.ts';
import { STARTER } from '../../src/indexer/starter.ts';
import type { Progress } from '../../src/shared/progress.ts';

export interface StageFigures {
  readonly name: string;
  readonly seconds: number;
  /** What the stage counts: megabytes of a table, films of an index. */
  readonly done: number;
  /** Greatest resident memory up to its end, MB. */
  readonly peakMb: number;
}

export interface BuildFigures {
  readonly stages: readonly StageFigures[];
  readonly seconds: number;
  readonly peakMb: number;
  /** Bytes that the process gave the system to write; null where the system does not tell. */
  readonly written: number | null;
  readonly catalogueBytes: number;
  readonly filmRows: number;
  readonly songRows: number;
  readonly films: number;
  readonly indexed: number;
}

// Linux counts in kilobytes.
const peak = () => process.resourceUsage().maxRSS / 1024;

async function bytesWritten(): Promise<number | null> {
  const text = await readFile('/proc/self/io', 'utf8').catch(() => '');
  return Number(/^wchar: (\d+)/m.exec(text)?.[1]) || null;
}

const [songs, movies, out] = process.argv.slice(2) as [string, string, string];
const stages: StageFigures[] = [];
const progress: Progress = {
  stage: (name) => {
    const started = performance.now();
    return {
      update: () => {},
      finish: (done) =>
        stages.push({ name, seconds: (performance.now() - started) / 1000, done, peakMb: peak() }),
    };
  },
  note: () => {},
  stop: () => {},
};
const report = await buildCatalogue({ songs, movies, out, model: STARTER.model, progress });
const files = Object.values(report.manifest.files);
const figures: BuildFigures = {
  stages,
  seconds: report.seconds,
  peakMb: peak(),
  written: await bytesWritten(),
  catalogueBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  filmRows: report.films.rows,
  songRows: report.songs.rows,
  films: report.manifest.counts.movies,
  indexed: report.manifest.counts.indexed,
};
console.log(JSON.stringify(figures));

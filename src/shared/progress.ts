/** Progress of a long run: bars with rate and time left on a terminal, plain lines elsewhere. */
import { MultiBar, Presets } from 'cli-progress';

export interface Progress {
  /** Begins a stage of `total` steps. */
  stage(name: string, total: number, unit: string): Stage;
  /** A plain line between stages. */
  note(text: string): void;
  stop(): void;
}

export interface Stage {
  /** Steps done so far. */
  update(done: number): void;
  finish(done: number): void;
}

const SILENT_STAGE: Stage = { update: () => {}, finish: () => {} };

/** Says nothing: for tests and `--json`. */
export const silentProgress: Progress = { stage: () => SILENT_STAGE, note: () => {}, stop: () => {} };

const count = (n: number) => Math.round(n).toLocaleString('en');

export function terminalProgress(): Progress {
  const bars = new MultiBar(
    {
      format: '{name} {bar} {percentage}% | {rate} | {eta_formatted} left',
      clearOnComplete: false,
      hideCursor: true,
      fps: 5,
      barsize: 24,
    },
    Presets.shades_grey,
  );
  return {
    stage: (name, total, unit) => {
      const started = Date.now();
      const bar = bars.create(Math.max(total, 1), 0, { name: name.padEnd(16), rate: '' });
      const rate = (done: number) => `${count((1000 * done) / Math.max(Date.now() - started, 1))} ${unit}/s`;
      return {
        update: (done) => bar.update(done, { rate: rate(done) }),
        finish: (done) => {
          bar.update(bar.getTotal(), { rate: rate(done) });
          bar.stop();
        },
      };
    },
    note: (text) => bars.log(`${text}\n`),
    stop: () => bars.stop(),
  };
}

/** One line at the end of each stage. */
export function lineProgress(write: (text: string) => void): Progress {
  return {
    stage: (name, _total, unit) => {
      const started = Date.now();
      return {
        update: () => {},
        finish: (done) => {
          const seconds = (Date.now() - started) / 1000;
          write(
            `${name}: ${count(done)} ${unit} in ${seconds.toFixed(1)} s (${count(done / Math.max(seconds, 0.001))}/s)\n`,
          );
        },
      };
    },
    note: (text) => write(`${text}\n`),
    stop: () => {},
  };
}

import { defineConfig } from 'vitest/config';

/** These replace modules of ours, which must not have been loaded by a file before them. */
const REPLACING = ['test/cli/song.test.ts'];

const shared = {
  // Native libraries (usearch, lmdb, onnxruntime) are safest in processes of their own.
  pool: 'forks',
  // Programs that a test starts ask nobody outside.
  env: { MUSIC2MOVIE_OFFLINE: 'true' },
  testTimeout: 30_000,
  hookTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      {
        // Modules are loaded once for all files of a worker: hooks belong into the file or a function that it calls.
        test: {
          ...shared,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: REPLACING,
          isolate: false,
        },
      },
      { test: { ...shared, name: 'alone', include: REPLACING } },
    ],
  },
});

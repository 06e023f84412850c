import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Native libraries (usearch, lmdb, onnxruntime) are safest in processes of their own.
    pool: 'forks',
    // Modules are loaded once for all files of a worker: hooks belong into the file or a function that it calls.
    isolate: false,
    maxWorkers: 2,
    // Programs that a test starts ask nobody outside.
    env: { MUSIC2MOVIE_OFFLINE: 'true' },
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Native libraries (usearch, lmdb, onnxruntime) are safest in processes of their own.
    pool: 'forks',
    maxWorkers: 2,
    // Programs that a test starts ask nobody outside.
    env: { MUSIC2MOVIE_OFFLINE: 'true' },
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});

import { expect, it } from 'vitest';
import { requireMemory } from '../../src/indexer/memory-guard.ts';

const MB = 2 ** 20;

it('says how much memory there was, and how to allow more, before the memory ends', () => {
  expect(() => requireMemory({ used_heap_size: 290 * MB, heap_size_limit: 348 * MB })).toThrow(
    expect.objectContaining({
      id: 'index.memory',
      exitCode: 2,
      message: 'The memory that Node.js may use, 300 MB, does not suffice for these tables.',
      hint: expect.stringContaining('--max-old-space-size=600'),
    }),
  );
});

it('lets a build go on while there is room', () => {
  expect(() => requireMemory({ used_heap_size: 200 * MB, heap_size_limit: 348 * MB })).not.toThrow();
  expect(() => requireMemory()).not.toThrow();
});

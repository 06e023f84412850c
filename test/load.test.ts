import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startBurner } from '../scripts/load.ts';

test('a busy process ends with whoever started it', async () => {
  const burner = await startBurner();
  const ended = once(burner, 'exit');
  burner.disconnect();
  expect(await ended).toEqual([0, null]);
});

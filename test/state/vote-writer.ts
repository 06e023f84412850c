/** Started by bad-days.test.ts and the soak: writes without end and says what has been confirmed, until it is killed. */
import { writeSync } from 'node:fs';
import { openState } from '../../src/state/open.ts';

const [dir, round] = process.argv.slice(2);
const state = await openState(dir!, () => {});
for (let i = 0; ; i += 1) {
  await Promise.all(
    [0, 1, 2].map(async (one) => {
      const name = `vote:${round}-${i}-${one}:x`;
      await state.set(name, i);
      writeSync(1, `${name}\n`);
    }),
  );
}

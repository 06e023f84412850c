/** Started twice by store.test.ts: claims messages and counts in a store that the other process shares. */
import { openLmdbState } from '../../src/state/lmdb.ts';

const store = openLmdbState(process.argv[2]!);
const won: string[] = [];
for (let i = 0; i < 300; i += 1) {
  if (await store.setIfAbsent(`m${i}`, process.pid, 600_000)) won.push(`m${i}`);
  await store.update<number>('count', (count = 0) => count + 1);
}
await store.close();
process.send!(won);
process.disconnect();

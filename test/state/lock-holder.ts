/** Started by bad-days.test.ts: holds the write lock of both state files, as a slow disk would, until told to let go. */
import { join } from 'node:path';
import { openFile } from '../../src/state/file.js';

const [dir, milliseconds] = process.argv.slice(2);
const [kept, passing] = ['kept.mdb', 'passing.mdb'].map((name) => openFile(join(dir!, name), true));
kept!.transactionSync(() =>
  passing!.transactionSync(() => {
    process.send!('held');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(milliseconds));
  }),
);
process.disconnect();

// Reads a state file to its end in a process of its own: LMDB ends the process on some damage, where no `catch`
// helps. Plain JavaScript, so that a start costs a tenth of a second.
//
// node check-child.js '[{"file": …, "copy": …}]': exit status 0 and [{"entries": n}] when every file is sound.
// Where a copy is asked for, a compacted one is written there, and read as well: that alone reads the list of free pages,
// without which nothing can be written. Where the disk refuses the copy, the file is no less sound, there is no copy, and
// {"uncopied": "why"} stands beside the entries.
import { rmSync } from 'node:fs';
import { open } from 'lmdb';

function read(file) {
  const db = open({ path: file, encoding: 'json', noSubdir: true, readOnly: true, overlappingSync: false });
  let entries = 0;
  for (const { key, value } of db.getRange()) {
    if (typeof key !== 'string' || typeof value?.v !== 'string')
      throw new Error('an entry has no form of ours');
    JSON.parse(value.v);
    entries += 1;
  }
  const promised = db.getStats().entryCount;
  if (promised !== entries) throw new Error(`${entries} of ${promised} entries can be read`);
  return { db, entries };
}

/** What LMDB says of pages that are not what they should be. */
const DAMAGE = /\bMDB_(?:CORRUPTED|PAGE_NOTFOUND|BAD_TXN)\b/;

async function copyTo(copy, db, entries) {
  rmSync(copy, { force: true });
  try {
    await db.backup(copy, true);
    const copied = read(copy);
    await copied.db.close();
    // Written between the two readings; fewer would be lost ones.
    if (copied.entries < entries) throw new Error(`the copy has ${copied.entries} of ${entries} entries`);
  } catch (error) {
    rmSync(copy, { force: true });
    // The file's own damage; the rest comes from the disk.
    if (DAMAGE.test(reasonOf(error))) throw error;
    return reasonOf(error);
  } finally {
    rmSync(`${copy}-lock`, { force: true });
  }
}

const reasonOf = (error) => (error instanceof Error ? error.message : String(error));

try {
  process.umask(0o077);
  const outcomes = [];
  for (const { file, copy } of JSON.parse(process.argv[2])) {
    const { db, entries } = read(file);
    const uncopied = copy && (await copyTo(copy, db, entries));
    await db.close();
    outcomes.push({ entries, uncopied });
  }
  process.stdout.write(JSON.stringify(outcomes));
} catch (error) {
  process.stderr.write(reasonOf(error));
  process.exitCode = 1;
}

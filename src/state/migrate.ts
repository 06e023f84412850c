/** The form of a state folder, and how an older one becomes it. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { ConfigurationError } from '../shared/errors.ts';
import { ensureRoom } from '../shared/lmdb-guard.js';
import { openFile, type Stored } from './file.js';
import { ruleOf } from './kinds.ts';
import { KEPT, PASSING } from './lmdb.ts';
import { hashedName } from './secret-key.ts';

/**
 * Raised when what stands in the files changes its form.
 * 1 (0.1.0): one file, `data.mdb`, ids in clear, and the key of the votes beside them.
 * 2: `kept.mdb` and `passing.mdb`, keys hashed, the key in a file of its own.
 */
export const STATE_VERSION = 2;

/** Where the version stands: before every key of ours, and swept by nobody. */
const VERSION_KEY = '!version';
const FIRST = 'data.mdb';
const FIRST_SECRET = 'secret:votes';

/** The key that a state of version 1 was kept under, or null where there is none to migrate. */
export async function firstSecret(dir: string): Promise<string | null> {
  if (!existsSync(join(dir, FIRST)) || existsSync(join(dir, KEPT))) return null;
  const db = open<Stored, string>({ path: dir, encoding: 'json' });
  try {
    const stored = db.get(FIRST_SECRET);
    return stored ? (JSON.parse(stored.v) as string) : null;
  } finally {
    await db.close();
  }
}

/** @throws ConfigurationError when a newer version of the program wrote the state */
export async function checkVersion(dir: string): Promise<void> {
  const kept = openFile(join(dir, KEPT), true);
  const version = Number(kept.get(VERSION_KEY)?.v ?? STATE_VERSION);
  if (version > STATE_VERSION) {
    await kept.close();
    throw new ConfigurationError('The state was written by a newer version of Music2Movie.', {
      id: 'state.newer',
      hint: `Run that version again, restore a backup from before the upgrade, or set MUSIC2MOVIE_STATE to another folder. (The state has version ${version}; this program knows up to ${STATE_VERSION}.)`,
    });
  }
  if (version === STATE_VERSION && !kept.get(VERSION_KEY))
    kept.putSync(VERSION_KEY, { v: String(STATE_VERSION) });
  await kept.close();
}

/**
 * Brings a folder of version 1 to the present form; the old file is removed once everything stands in the new ones.
 *
 * @param key names what is stored
 * @returns entries taken over, or null where there was nothing to do
 */
export async function migrate(dir: string, key: string): Promise<number | null> {
  if (!existsSync(join(dir, FIRST))) return null;
  // Both stand there when an earlier attempt was cut off before its end: it is begun anew.
  const old = open<Stored, string>({ path: dir, encoding: 'json' });
  const files = { kept: openFile(join(dir, KEPT), true), passing: openFile(join(dir, PASSING), true) };
  let taken = 0;
  const now = Date.now();
  const entries = [...old.getRange()].filter(
    ({ key: name, value }) => name !== FIRST_SECRET && (value.e === undefined || value.e > now),
  );
  for (const part of ['kept', 'passing'] as const) {
    const mine = entries.filter(({ key: name }) => ruleOf(name).passing === (part === 'passing'));
    files[part].transactionSync(() => {
      ensureRoom(
        join(dir, part === 'kept' ? KEPT : PASSING),
        mine.map(({ key: name, value }) => Buffer.byteLength(JSON.stringify(value)) + name.length),
      );
      for (const { key: name, value } of mine) files[part].put(hashedName(key, name), value);
      if (part === 'kept') files[part].put(VERSION_KEY, { v: String(STATE_VERSION) });
    });
    taken += mine.length;
  }
  await files.kept.close();
  await files.passing.close();
  await old.close();
  for (const name of [FIRST, 'lock.mdb']) rmSync(join(dir, name), { force: true });
  return taken;
}

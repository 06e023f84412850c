import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../shared/errors.ts';
import { setDamagedAside } from '../shared/lmdb-guard.js';
import { makeReady, type Repair } from './check.ts';
import { KEPT, openLmdbState, PASSING } from './lmdb.ts';
import { openMemoryState } from './memory.ts';
import { checkVersion, firstSecret, migrate } from './migrate.ts';
import { readKeyFile } from './secret-key.ts';
import type { Clock, StateHealth, StateStore } from './store.ts';

/** What whoever runs the program should know of the state. */
export type StateNews =
  | { readonly kind: 'memory'; readonly reason: string }
  | ({ readonly kind: 'repaired' } & Repair)
  | { readonly kind: 'migrated'; readonly entries: number }
  | { readonly kind: 'doubt'; readonly reason: string }
  | { readonly kind: 'health'; readonly health: StateHealth; readonly reason: string };

export interface OpenOptions {
  /** Default: beside the folder. */
  readonly keyFile?: string | undefined;
  readonly clock?: Clock | undefined;
  /** Address of a server that speaks Redis' protocol: the state is kept there, and the folder is not touched. */
  readonly url?: string | undefined;
}

/**
 * Opens the store on the server, where one is named, or in the folder: checked, repaired and brought to the present form. Where the folder or the key file
 * can't be written it is one in memory: the program then works, but forgets what it has seen when it ends. A server is
 * never replaced by memory.
 *
 * @param tell told of everything out of the ordinary
 * @throws ConfigurationError when a newer program wrote the state, or the key file is damaged; when the
 *   server can't be reached or belongs to another key
 */
export async function openState(
  dir: string,
  tell: (news: StateNews) => void,
  options: OpenOptions = {},
): Promise<StateStore> {
  const { url, clock } = options;
  const keyFile = options.keyFile ?? `${dir}.key`;
  const onHealth = (health: StateHealth, reason: string) => tell({ kind: 'health', health, reason });
  if (url !== undefined) {
    const { openRedisState } = await import('./redis.ts');
    const onDoubt = (reason: string) => tell({ kind: 'doubt', reason });
    return openRedisState({ url, key: readKeyFile(keyFile), clock, onHealth, onDoubt });
  }
  try {
    if (existsSync(join(dir, 'data.mdb'))) setDamagedAside(join(dir, 'data.mdb'));
    for (const repair of makeReady(dir, [KEPT, PASSING])) tell({ kind: 'repaired', ...repair });
    const key = readKeyFile(keyFile, (await firstSecret(dir)) ?? undefined);
    const entries = await migrate(dir, key);
    if (entries !== null) tell({ kind: 'migrated', entries });
    await checkVersion(dir);
    return openLmdbState(dir, { key, clock, onHealth });
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    tell({ kind: 'memory', reason: error instanceof Error ? error.message : String(error) });
    return openMemoryState(clock);
  }
}

/** The key under which people and places get their names in the state: in a file of its own, apart from the votes. */
import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError } from '../shared/errors.ts';

const FORM = /^[\w-]{43}$/;

/** 256 random bits as text. */
export const newKey = (): string => randomBytes(32).toString('base64url');

/**
 * The key in the file; made, for its owner alone to read, where there is none.
 *
 * @param first the key to write where there is none
 * @throws ConfigurationError when the file holds no key; whatever the file system says when it can't be read or written
 */
export function readKeyFile(file: string, first: string = newKey()): string {
  try {
    const key = readFileSync(file, 'utf8').trim();
    if (!FORM.test(key)) {
      throw new ConfigurationError('The key file of the state holds no key.', {
        id: 'state.key-file',
        hint: `Restore ${file} from a backup. Without it, votes can no longer be shown to those who cast them; to begin anew, remove it.`,
      });
    }
    chmodSync(file, 0o600);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, `${first}\n`, { mode: 0o600, flag: 'wx' });
    return first;
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readKeyFile(file, first);
  }
}

/** A name that only the key can give; 132 bits. */
export const pseudonymOf = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url').slice(0, 22);

const HASHED = /^~[\w-]{22}$/;

/**
 * A key as it is stored: its kind in clear, every further part hashed, so that whoever reads the file can neither
 * read nor enumerate ids. Parts that are hashed already stay.
 */
export function hashedName(key: string, name: string): string {
  const [kind, ...parts] = name.split(':');
  return [
    kind,
    ...parts.map((part) =>
      part === '' || HASHED.test(part) ? part : `~${pseudonymOf(key, `name of an entry: ${part}`)}`,
    ),
  ].join(':');
}

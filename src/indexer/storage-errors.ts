/** Tells errors of the disk from mistakes of the program, whoever reports them. */
import { constants } from 'node:os';
import { Music2MovieError } from '../shared/errors.ts';

/** Full disks, quotas, limits, lost rights: whatever keeps the system from writing. */
const STORAGE_ERRORS = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO'];

/** Whether the system would not write. */
export function isStorageError(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof Music2MovieError) return false;
  const { code } = error as NodeJS.ErrnoException;
  // The native libraries tell in words, or by the system's number.
  return (
    STORAGE_ERRORS.some((name) => name === code || constants.errno[name as 'EIO'] === Number(code)) ||
    /no space left|file too large|input\/output error|failed to write/i.test(error.message)
  );
}

// @ts-check
/** What a change of the state comes to: the same for every backing. Plain JavaScript for the writer's thread. */

/** @import { StateChange, StateRecord } from './store.ts' */

/** @type {(record: StateRecord, now: number) => boolean} */
export function alive(record, now) {
  return record.expires === null || record.expires > now;
}

/**
 * What a change comes to.
 *
 * @param {StateChange} change
 * @param {StateRecord | undefined} found
 * @returns {readonly [boolean, StateRecord | null | undefined]} whether it is made, and what stands then: null removes, undefined leaves everything as it is
 */
export function outcomeOf(change, found) {
  const stands = found && alive(found, change.now) ? found : null;
  switch (change.do) {
    case 'put':
      return [true, change.record];
    case 'add':
      return stands ? [false, undefined] : [true, change.record];
    case 'remove':
      return [stands !== null, null];
    case 'swap': {
      const { before } = change;
      const same = before
        ? stands?.json === before.json && stands.expires === before.expires
        : stands === null;
      return same ? [true, change.record] : [false, undefined];
    }
  }
}

/**
 * Entries in the order of their keys' UTF-8 bytes.
 *
 * @param {Iterable<readonly [string, StateRecord]>} records
 * @returns {[string, StateRecord][]}
 */
export function inOrder(records) {
  return [...records]
    .map(([key, record]) => ({ key, record, bytes: Buffer.from(key) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ key, record }) => [key, record]);
}

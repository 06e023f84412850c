/** Every request that the bot made in a test file, checked at the file's end. */
import { expect, test } from 'vitest';
import { messageFaults, modalFaults } from './limits.ts';
import { hasSpec, openapiFaults } from './openapi.ts';
import type { Sent } from './server.ts';

function faultsOf({ method, path, body }: Sent): string[] {
  if (body === null || method === 'GET') return [];
  if (path.endsWith('/callback')) {
    if (body.type === 9) return modalFaults(body.data);
    if (body.type === 4 || body.type === 7) return messageFaults(body.data);
    if (body.type === 5) {
      // An announcement takes the ephemeral flag alone.
      const others = Object.entries(body.data ?? {}).filter(
        ([name, value]) => name !== 'flags' || ![0, 64].includes(value as number),
      );
      return others.length > 0 ? ['an announcement with more than its flag'] : [];
    }
    return [];
  }
  return /^\/(webhooks|channels)\//.test(path) ? messageFaults(body) : [];
}

/** Adds the closing tests of a file. @param sent gives everything that was sent */
export function checkEverythingSent(sent: () => readonly Sent[]): void {
  test('everything sent keeps Discord’s limits, by the builders and by our table', () => {
    expect(sent().length).toBeGreaterThan(0);
    expect(sent().flatMap(faultsOf)).toEqual([]);
  });

  test.skipIf(!hasSpec)('everything sent fits Discord’s OpenAPI description (../shared/specs)', () => {
    expect(sent().flatMap(openapiFaults)).toEqual([]);
  });
}

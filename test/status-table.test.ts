import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { missingProofs, statusTable, withStatus } from '../scripts/status-table.ts';

it('README.md says what works where as the tests do (npx tsx scripts/status-table.ts writes it)', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toBe(withStatus(readme));
  expect(missingProofs()).toEqual([]);
  expect(statusTable().match(/✓/g)!.length).toBeGreaterThan(20);
});

it('a table that no longer says what the tests do is found', () => {
  const readme = readFileSync('README.md', 'utf8');
  const stale = readme.replace('| Film nights | ✓ | ✓ | ✓ | – |', '| Film nights | ✓ | ✓ | ✓ | ✓ |');
  expect(stale).not.toBe(readme);
  expect(withStatus(stale)).toBe(readme);
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { quotas } from '../../src/state/kinds.ts';

test('docs/PRIVACY.md lists every kind of entry that is kept, and no other', () => {
  const text = readFileSync(new URL('../../docs/PRIVACY.md', import.meta.url), 'utf8');
  const listed = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind!);
  expect(listed.sort()).toEqual(Object.keys(quotas()).sort());
});

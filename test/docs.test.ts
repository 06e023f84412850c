/** What the documents promise of tests is there. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

describe('docs/THREATS.md', () => {
  const rows = [...read('docs/THREATS.md').matchAll(/`(test\/[\w/.-]+\.test\.ts)`: (.+?) \|$/gm)];

  it('names a test for every threat', () => {
    const table = read('docs/THREATS.md')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| What may happen'));
    expect(table.length).toBeGreaterThan(30);
    expect(rows).toHaveLength(table.length);
  });

  it.each(rows.map(([, file, name]) => [file!, name!]))('%s has: %s', (file, name) => {
    const quoted = name.replaceAll('\\', '\\\\');
    const source = read(file);
    expect([`'${quoted}'`, `"${quoted}"`, `\`${quoted}`].some((one) => source.includes(one))).toBe(true);
  });
});

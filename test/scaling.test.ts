import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { computed, page } from '../scripts/scaling.ts';

const file = (name: string) => readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');

it('docs/SCALING.md holds what is computed from the measured figures', () => {
  expect(file('SCALING.md')).toBe(page());
  const measured = JSON.parse(file('scaling.json'));
  const slower = { ...measured, one: { ...measured.one, answerMs: measured.one.answerMs * 10 } };
  expect(computed(slower)).not.toBe(computed(measured));
});

import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { draw, mutantsOf } from '../scripts/mutate.ts';

const changes = (source: string) =>
  mutantsOf('a.ts', source).map(({ before, after }) => `${before} → ${after}`);

test.each([
  ['f = a < b;', ['< → >=']],
  ['f = (a) /* é💥 */ === (b);', ['=== → !==']],
  ['f = a && b;', ['&& → ||']],
  ['if (ready) go = stop;', ['ready → !(ready)']],
  ['while (a >= b) a = b;', ['>= → <']],
  ['f = a ? b : c;', ['a → !(a)']],
  ['f = 0;', ['0 → 1', '0 → (-1)']],
  ['f = 1_000;', ['1_000 → 1001', '1_000 → 999']],
  ['f = true;', ['true → false']],
  ["f = 'word';", ["'word' → ''"]],
  ['f = `word`;', ["`word` → ''"]],
  ['close();', ['close(); → ;']],
  ['await file?.close();', ['await file?.close(); → ;']],
  ['f = a! as unknown as 3;', []],
])('%s has its mutants', (source, expected) => {
  expect(changes(source)).toEqual(expected);
});

test.each([
  "import { x } from './x.ts';",
  "export * from './x.ts';",
  "export type T = 'a' | 1 | true;",
  "f = { 'a-b': x, 1: y };",
  "interface I { readonly a: 'b' }",
  "f = ''",
  'switch (a) { case b: }',
  'class A extends B { constructor() { super(); } }',
])('%s has none', (source) => {
  expect(changes(source)).toEqual([]);
});

test('a mutant knows its line, and every mutated text can be parsed', () => {
  const source = 'const a = -0;\nfor (let i = 0; i < 9 && !a; i++) {\n  if (b || c) f(a - 0, "x");\n}\n';
  const mutants = mutantsOf('a.ts', source);
  expect(mutants.find(({ before }) => before === '||')).toMatchObject({ file: 'a.ts', line: 3 });
  for (const { start, end, after } of mutants)
    expect(() => parseAst(source.slice(0, start) + after + source.slice(end), { lang: 'ts' })).not.toThrow();
});

test('a seed draws the same mutants, none twice', () => {
  const all = Array.from({ length: 50 }, (_, at) => at);
  const drawn = draw(all, 20, 7);
  expect(draw(all, 20, 7)).toEqual(drawn);
  expect(draw(all, 20, 8)).not.toEqual(drawn);
  expect(new Set(drawn).size).toBe(20);
  expect(draw(all, 99, 7).sort((a, b) => a - b)).toEqual(all);
});

/**
 * Draws small faults ("mutants"), puts each into its file, and runs the tests related to the file: a mutant that no test
 * notices has survived. `npm run mutate -- [folders or files] [--count 100] [--seed 20261127] [--list]`
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseAst } from 'vitest/node';
import { seededRandom } from '../src/shared/random.ts';

export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

// biome-ignore format: a table to read
const SWAPPED: Readonly<Record<string, string>> = {
  '<': '>=', '>=': '<', '>': '<=', '<=': '>', '===': '!==', '!==': '===', '==': '!=', '!=': '==', '&&': '||', '||': '&&',
};

// biome-ignore lint/suspicious/noExplicitAny: a syntax tree is walked by the names of its parts
type Node = any;

/** Every mutant of a TypeScript source, in order. Types, imports and names of properties have none. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const mutants: Mutant[] = [];
  const add = ({ start, end }: { start: number; end: number }, after: string) => {
    const line = source.slice(0, start).split('\n').length;
    mutants.push({ file, line, start, end, before: source.slice(start, end), after });
  };
  const visit = (node: Node): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node?.type !== 'string' || node.type === 'ImportDeclaration') return null;
    if (node.type.startsWith('TS')) return visit(node.expression);
    if (SWAPPED[node.operator] && node.left) {
      const start = source.indexOf(node.operator, node.left.end);
      add({ start, end: start + node.operator.length }, SWAPPED[node.operator]!);
    }
    // A comparison that is a whole condition is negated already; that of a case is none.
    const condition = node.type !== 'SwitchCase' && node.test;
    if (condition && !(condition.type === 'BinaryExpression' && SWAPPED[condition.operator]))
      add(condition, `!(${source.slice(condition.start, condition.end)})`);
    if (node.type === 'ExpressionStatement') {
      const awaited = node.expression.argument ?? node.expression;
      const called = awaited.expression ?? awaited;
      if (called.type === 'CallExpression' && called.callee.type !== 'Super') add(node, ';');
    }
    if (typeof node.value === 'boolean' && node.type === 'Literal') add(node, String(!node.value));
    if (typeof node.value === 'number')
      for (const value of [node.value + 1, node.value - 1]) add(node, value < 0 ? `(${value})` : `${value}`);
    if (node.type === 'TemplateLiteral' || (typeof node.value === 'string' && node.value)) add(node, "''");
    return Object.entries(node)
      .filter(([key]) => !['source', 'quasi', 'quasis'].includes(key) && (key !== 'key' || node.computed))
      .map(([, part]) => visit(part));
  };
  visit(parseAst(source, { lang: 'ts' }).body);
  return mutants;
}

/** Draws without putting back: the same mutants for the same seed and sources. */
export function draw<T>(all: readonly T[], count: number, seed: number): T[] {
  const random = seededRandom(seed);
  const rest = [...all];
  const one = () => rest.splice(Math.floor(random() * rest.length), 1)[0]!;
  return Array.from({ length: Math.min(count, rest.length) }, one);
}

const PLACES = ['src/engine', 'src/conversation', 'src/lookup', 'src/bots'];
const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout;
const oneLine = (text: string) => text.replace(/\s+/g, ' ').replace(/^(.{60}).+/, '$1…');

const fail = (sentence: string) => {
  console.error(sentence);
  process.exitCode = 1;
};

/** Called when this process ends, however it ends. */
let restore = () => {};
let kill = () => {};

/** Runs the tests related to files, which fail when they take longer. */
async function pass(files: readonly string[], minutes: number): Promise<boolean> {
  const related = ['related', '--run', '--bail=1', '--passWithNoTests', ...files];
  const child = spawn('node_modules/.bin/vitest', related, { stdio: 'ignore', detached: true });
  kill = () => process.kill(-child.pid!, 'SIGKILL');
  const timer = setTimeout(kill, minutes * 60_000);
  const [code] = await once(child, 'exit');
  kill = () => {};
  clearTimeout(timer);
  return code === 0;
}

async function main(): Promise<void> {
  const text = (usual: string) => ({ type: 'string', default: usual }) as const;
  const options = { count: text('100'), seed: text('20261127'), list: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const files =
    git('ls-files', '--', ...(positionals.length ? positionals : PLACES)).match(/.+\.ts$/gm) ?? [];
  const all = files.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8')));
  const mutants = draw(all, Number(values.count), Number(values.seed));
  const say = (word: string, { file, line, before, after }: Mutant) =>
    console.log(`${word}${file}:${line}  ${oneLine(before)} → ${oneLine(after)}`);
  console.log(`${mutants.length} of ${all.length} mutants, seed ${values.seed}`);
  if (values.list) return void mutants.map((mutant) => say('', mutant));
  if (git('status', '--porcelain')) return fail('Files are changed: commit or stash them first.');

  process.on('exit', () => [restore, kill].map((end) => end()));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
  const drawn = mutants.map(({ file }) => file);
  if (!(await pass(drawn, 60))) return fail('The related tests fail without a mutant: mend them first.');
  let killed = 0;
  for (const mutant of mutants) {
    const source = readFileSync(mutant.file, 'utf8');
    restore = () => writeFileSync(mutant.file, source);
    writeFileSync(mutant.file, source.slice(0, mutant.start) + mutant.after + source.slice(mutant.end));
    const survived = await pass([mutant.file], 10);
    restore();
    restore = () => {};
    killed += survived ? 0 : 1;
    say(survived ? 'SURVIVED  ' : 'killed    ', mutant);
  }
  console.log(`${killed} of ${mutants.length} killed`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

/** What the documents promise of tests is there, and their commands do what they say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { run } from './cli/support.ts';
import { starterCatalogue, temporaryFolder } from './support/catalogue.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

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

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** The lines of every shell block, continued ones joined, without comments. */
const commands = [
  ...new Set(
    DOCUMENTS.flatMap((file) => [...read(file).matchAll(/^```(?:sh|bash)?\n(.*?)^```/gms)])
      .flatMap(([, block]) => block!.replace(/\\\n\s*/g, '').split('\n'))
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => /^(npx|npm|node|docker|systemctl|PUBLIC_NAME|useradd|mkdir|cp|install) /.test(line)),
  ),
];

/** What is not run here, and where it is tried instead: another test, or the work of a machine that this one is not. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [
    /^npm ci( |$)|^npm test$|^npm start$|^npm install |^mkdir films/,
    'test/release.test.ts and test/cli/start.test.ts start what is installed',
  ],
  [/^npx music2movie start$/, 'test/cli/start.test.ts'],
  [/^npx music2movie chat$/, 'test/cli/chat.test.ts'],
  [/^npx music2movie data( |$)/, 'test/cli/data.test.ts'],
  [
    /^npx music2movie (index|fit|evaluate|explore)( |$)/,
    'test/cli/index.test.ts, test/fitting and test/explore',
  ],
  [/^npx music2movie mcp$/, 'test/cli/mcp.test.ts'],
  [/^npx music2movie judge( |$)/, 'test/cli/judge.test.ts'],
  [/^npx tsx /, 'a script of its own, named below'],
  [/^npm run /, 'a script of package.json, named below'],
  [/^(docker|PUBLIC_NAME)/, 'no container engine is at hand: test/release.test.ts reads the files'],
  [/^(useradd|mkdir|cp|install|systemctl) /, 'changes the machine: test/release.test.ts reads the unit'],
];

describe('the commands of the documents', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await starterCatalogue();
  });

  const here = commands.filter((command) => !ELSEWHERE.some(([pattern]) => pattern.test(command)));

  it('are found', () => {
    expect(commands.length).toBeGreaterThan(20);
    expect(here.length).toBeGreaterThan(8);
  });

  it.each(here)('%s', async (command) => {
    expect(command).toMatch(/^npx music2movie /);
    const words = [...command.replace('npx music2movie ', '').matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare!,
    );
    const argv = words.map((word) =>
      /\.(mdb|png)$|^[^/]+\.csv$/.test(word) ? path.join(folder, path.basename(word)) : word,
    );
    const env = {
      MUSIC2MOVIE_CATALOGUE: await starterCatalogue(),
      MUSIC2MOVIE_STATE: path.join(folder, 'state'),
    };
    // Without --out a backup stands where the command was given.
    if (argv[1] === 'backup' && !argv.includes('--out')) argv.push('--out', path.join(folder, 'backup.mdb'));
    // A backup needs something to copy, and a restore a backup.
    if (argv[0] === 'state') await run(['state', 'prune'], { env });
    if (argv[1] === 'restore' && !existsSync(argv[2]!))
      await run(['state', 'backup', '--out', argv[2]!], { env });
    const { code, out, err } = await run(argv, { env });
    // 1 of doctor is a finding, 3 a question back: both are answers.
    expect([command, code, err]).toEqual([
      command,
      expect.toBeOneOf([0, 3, ...(argv[0] === 'doctor' ? [1] : [])]),
      expect.not.stringMatching(/error:|went wrong/),
    ]);
    expect(out.length + err.length).toBeGreaterThan(0);
  });

  it.each(commands.filter((command) => /^npm run |^npx tsx /.test(command)))(
    '%s names what there is',
    (command) => {
      const [, script] = /^npm run (?:-s )?(\S+)/.exec(command) ?? [];
      const [, file] = /^npx tsx (\S+)/.exec(command) ?? [];
      if (script) expect(Object.keys(JSON.parse(read('package.json')).scripts)).toContain(script);
      else expect(existsSync(file!)).toBe(true);
    },
  );

  it('are tried elsewhere where it is said', () => {
    for (const [, where] of ELSEWHERE) {
      for (const [file] of where.matchAll(/test\/[\w/.-]+(?<![.])/g))
        expect([file, existsSync(file)]).toEqual([file, true]);
    }
  });
});

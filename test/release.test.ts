/** What a release is made of: the package as it would be installed elsewhere, its papers, and its ways to be hosted. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { licences } from '../scripts/licences.ts';
import { starterCatalogue, temporaryFolder } from './support/catalogue.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const pack = JSON.parse(read('package.json'));

describe('the package, unpacked in an empty folder elsewhere', () => {
  let folder: string;
  let home: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const args = ['pack', '--pack-destination', folder, '--silent'];
    execFileSync('npm', args, {
      cwd: ROOT,
      env: { ...process.env, npm_config_cache: path.join(folder, 'cache') },
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
    const modules = path.join(folder, 'app', 'node_modules');
    home = path.join(modules, 'music2movie');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', path.join(folder, tarball), '-C', home, '--strip-components=1']);
    // What `npm install --omit=dev` would fetch, from here.
    for (const name of Object.keys(pack.dependencies)) {
      mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
      symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
    }
  });

  async function run(argv: readonly string[], entry = path.join(home, pack.bin.music2movie)) {
    const env = {
      PATH: process.env.PATH,
      MUSIC2MOVIE_OFFLINE: 'true',
      MUSIC2MOVIE_CATALOGUE: await starterCatalogue(),
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...argv], {
      cwd: path.join(folder, 'app'),
      env,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  it('holds what it needs and nothing else', () => {
    expect(readdirSync(home).sort()).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        '.env.example',
        'bin',
        'commands',
        'data',
        'deploy',
        'docs',
        'package.json',
        'src',
      ].sort(),
    );
    expect(readdirSync(path.join(home, 'data')).sort()).toEqual(['README.md', 'feel', 'model', 'starter']);
  });

  it('answers', async () => {
    expect(await run(['--version'])).toEqual({ status: 0, stdout: `${pack.version}\n`, stderr: '' });
    const answer = await run(['recommend', 'Blue Monday', 'New Order', '--json']);
    expect([answer.status, answer.stderr]).toEqual([0, '']);
    expect(JSON.parse(answer.stdout).movies).toHaveLength(5);
  });

  it('keeps what it writes beside itself, where an upgrade leaves it alone', async () => {
    await run(['song', 'blue monday']);
    const backup = await run(['state', 'backup']);
    expect([backup.status, backup.stderr]).toEqual([0, '']);
    expect(backup.stdout).toContain(path.join(folder, 'app', 'data', 'state.key'));
    expect(existsSync(path.join(home, 'data', 'state'))).toBe(false);
  });

  it('gives its engine to programs that read no TypeScript', async () => {
    const script = path.join(folder, 'app', 'ask.mjs');
    writeFileSync(
      script,
      `import { Engine } from 'music2movie/engine';
       const engine = await Engine.open(process.env.MUSIC2MOVIE_CATALOGUE);
       const [found] = engine.findSongs('Lose Yourself', 1);
       console.log(engine.moviesFor(found.song).matches.length);
       await engine.close();`,
    );
    expect(await run([], script)).toEqual({ status: 0, stdout: '5\n', stderr: '' });
  });

  it('loads every bot', async () => {
    const script = path.join(folder, 'app', 'bots.mjs');
    const load = (bot: string) =>
      `typeof (await tsImport('./node_modules/music2movie/src/bots/${bot}/start.ts', import.meta.url)).startBot`;
    writeFileSync(
      script,
      `import { tsImport } from 'tsx/esm/api';
       console.log(${load('discord')}, ${load('slack')});`,
    );
    expect(await run([], script)).toEqual({ status: 0, stdout: 'function function\n', stderr: '' });
  });
});

describe('its papers', () => {
  it('list every package with its licence, as the lock file is', () => {
    expect(read('docs/LICENCES.md')).toBe(licences());
    expect(licences()).not.toContain('not stated');
    for (const name of Object.keys(pack.dependencies)) expect(licences()).toContain(`| ${name} | `);
    for (const term of ['ODbL', 'ODC-By', 'TMDB', 'Apache-2.0', 'LGPL']) expect(licences()).toContain(term);
  });

  it('come as a bill of materials', () => {
    const bill = JSON.parse(
      execFileSync('npm', ['run', '-s', 'sbom'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 }),
    );
    expect(bill.bomFormat).toBe('CycloneDX');
    const names = bill.components.map(({ name }: { name: string }) => name.split('/').at(-1));
    expect(names).toEqual(expect.arrayContaining(['lmdb', 'fastify', 'discord.js', 'bolt']));
    expect(names).not.toContain('vitest');
  });

  it('give the version in one form', () => {
    expect(pack.version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[${pack.version}\\]`, 'm'));
  });
});

describe('its ways to be hosted', () => {
  it('copy what there is, and let nothing else into the image', () => {
    const docker = read('deploy/Dockerfile');
    const copied = [...docker.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files]) =>
      files!.split(' '),
    );
    expect(copied.length).toBeGreaterThan(5);
    for (const file of copied) expect([file, existsSync(path.join(ROOT, file))]).toEqual([file, true]);
    const let_in = [...read('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, file]) => file!);
    for (const file of copied)
      expect(let_in.some((one) => one === file || one.startsWith(`${file}/`))).toBe(true);
    expect(docker).toMatch(/^USER node$/m);
    expect(docker).toMatch(/^HEALTHCHECK /m);
  });

  it('set only variables that the program reads', async () => {
    const { VARIABLES } = await import('../src/config.ts');
    const known = new Set([...VARIABLES, 'NODE_ENV', 'PUBLIC_NAME']);
    const set = [
      ...[...read('deploy/Dockerfile').matchAll(/^(?:ENV | {4})([A-Z_\d]+)=/gm)],
      ...[...read('deploy/compose.yaml').matchAll(/^ {6}([A-Z_\d]+):/gm)],
      ...[...read('deploy/music2movie.service').matchAll(/^Environment=([A-Z_\d]+)=/gm)],
    ].map(([, name]) => name!);
    expect(set.length).toBeGreaterThan(10);
    for (const name of set) expect([name, known.has(name)]).toEqual([name, true]);
  });

  it('start a file that is there', () => {
    expect(read('deploy/Dockerfile')).toContain(`"${pack.bin.music2movie}"`);
    expect(read('deploy/music2movie.service')).toContain(
      `node_modules/music2movie/${pack.bin.music2movie} start`,
    );
    expect(statSync(path.join(ROOT, pack.bin.music2movie)).isFile()).toBe(true);
  });
});

/**
 * Imports point one way, and no files import each other in a circle. Each folder may import itself and the folders listed for it; a chat SDK or a web server
 * may be imported only by its own adapter. `npm run check` runs this; a test proves that it can fail.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What every adapter of a chat or page may import. */
const ADAPTER = [
  'commands',
  'src/conversation',
  'src/i18n',
  'src/art',
  'src/lookup',
  'src/state',
  'src/config.ts',
  'src/config',
  'src/engine',
  'src/shared',
];

/** Folder (longest prefix wins) → folders it may import from besides itself. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'src/version.ts': [],
  'src/shared': ['src/version.ts'],
  'src/i18n': [],
  'src/art': ['src/i18n', 'src/engine', 'src/shared'],
  'src/engine': ['src/shared'],
  'src/config.ts': ['src/config', 'src/shared'],
  'src/config': ['src/shared'],
  'src/state': ['src/shared'],
  'src/operation': ['src/state', 'src/shared'],
  'src/jobs': ['src/shared'],
  'src/lookup': ['src/engine', 'src/state', 'src/config.ts', 'src/i18n', 'src/shared'],
  'src/conversation': ['src/engine', 'src/lookup', 'src/state', 'src/i18n', 'src/shared'],
  commands: ['src/conversation', 'src/i18n', 'src/shared'],
  'src/bots/common': ADAPTER,
  'src/bots/discord': [...ADAPTER, 'src/bots/common'],
  'src/bots/slack': [...ADAPTER, 'src/bots/common'],
  'src/bots/web': [...ADAPTER, 'src/bots/common'],
  'src/indexer': ['src/engine', 'src/shared', 'src/version.ts'],
  'src/fitting': ['src/indexer', 'src/engine', 'src/shared'],
  'src/explore': ['src/fitting', 'src/indexer', 'src/engine', 'src/shared', 'src/version.ts'],
  'src/judge': ['src/fitting', 'src/indexer', 'src/engine', 'src/shared', 'src/bots/web/escape.ts'],
  'src/cli': ['src', 'commands'],
};

/** Packages that only one place may know. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'discord.js': ['src/bots/discord'],
  '@slack/': ['src/bots/slack'],
  fastify: ['src/bots/web', 'src/judge', 'src/cli/start.ts'],
  '@fastify/': ['src/bots/web', 'src/judge'],
  'onnxruntime-node': ['src/indexer/posters'],
  'prom-client': ['src/operation'],
  bullmq: ['src/jobs'],
  aws4fetch: ['src/indexer/store'],
  ioredis: ['src/state'],
  commander: ['src/cli', 'src/explore'],
};

const within = (file: string, place: string) => file === place || file.startsWith(`${place}/`);

/** Circles that stand until the model's features are taken apart; none may be added. */
const KNOWN_CIRCLES: readonly string[] = [
  'src/engine/model/artists.ts, src/engine/model/features.ts, src/engine/model/soundtracks.ts',
];

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g;

/** The file that a relative import names. */
const targetOf = (file: string, specifier: string) =>
  path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));

/** Faults of one file's imports, as sentences. Paths are relative to the project, with forward slashes. */
export function faultsOf(file: string, source: string): string[] {
  const layer = Object.keys(LAYERS)
    .filter((place) => within(file, place))
    .sort((a, b) => b.length - a.length)[0];
  if (!layer) return [`${file} stands in no layer: add its folder to scripts/check-layers.ts`];
  const faults: string[] = [];
  for (const [, specifier] of source.matchAll(IMPORT)) {
    if (specifier!.startsWith('.')) {
      const target = targetOf(file, specifier!);
      if (target === 'package.json' || within(target, layer)) continue;
      if (!LAYERS[layer]!.some((place) => within(target, place)))
        faults.push(`${file} may not import ${target}`);
    } else {
      const owners = Object.entries(PACKAGES).find(
        ([name]) => specifier === name || specifier!.startsWith(name.endsWith('/') ? name : `${name}/`),
      )?.[1];
      if (owners && !owners.some((place) => within(file, place)))
        faults.push(`${file} may not import ${specifier}`);
    }
  }
  return faults;
}

/**
 * Circles of files, each as its files in alphabetical order: sets in which every file leads to every other by imports,
 * those of types included (Tarjan 1972).
 *
 * @param files source text by path
 */
export function circlesOf(files: ReadonlyMap<string, string>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const number = order.size;
    order.set(file, number);
    lowest.set(file, number);
    open.push(file);
    for (const [, specifier] of files.get(file)!.matchAll(IMPORT)) {
      const target = specifier!.startsWith('.') ? targetOf(file, specifier!) : '';
      if (!files.has(target)) continue;
      const reached = order.has(target)
        ? open.includes(target)
          ? order.get(target)!
          : number
        : visit(target);
      lowest.set(file, Math.min(lowest.get(file)!, reached));
    }
    if (lowest.get(file) === number) {
      const circle = open.splice(open.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return lowest.get(file)!;
  };
  for (const file of files.keys()) if (!order.has(file)) visit(file);
  return circles;
}

/** Every source file's text by its path. */
function sources(root: string): Map<string, string> {
  const files = ['src', 'commands'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name))
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
  );
  return new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

/** Faults of the whole tree. */
export function checkLayers(root: string): string[] {
  const files = sources(root);
  const circles = circlesOf(files)
    .map((circle) => circle.join(', '))
    .filter((circle) => !KNOWN_CIRCLES.includes(circle))
    .map((circle) => `${circle} import each other in a circle`);
  return [...[...files].flatMap(([file, source]) => faultsOf(file, source)), ...circles];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = checkLayers(fileURLToPath(new URL('..', import.meta.url)));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log('Imports point one way, and in no circle.');
}

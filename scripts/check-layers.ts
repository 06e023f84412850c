/**
 * Imports point one way. Each folder may import itself and the folders listed for it; a chat SDK or a web server
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
  commander: ['src/cli', 'src/explore'],
};

const within = (file: string, place: string) => file === place || file.startsWith(`${place}/`);

/** Faults of one file's imports, as sentences. Paths are relative to the project, with forward slashes. */
export function faultsOf(file: string, source: string): string[] {
  const layer = Object.keys(LAYERS)
    .filter((place) => within(file, place))
    .sort((a, b) => b.length - a.length)[0];
  if (!layer) return [`${file} stands in no layer: add its folder to scripts/check-layers.ts`];
  const faults: string[] = [];
  for (const [, specifier] of source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)) {
    if (specifier!.startsWith('.')) {
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier!));
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

/** Faults of the whole tree. */
export function checkLayers(root: string): string[] {
  return ['src', 'commands'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const file = path.posix.join(folder, name.split(path.sep).join('/'));
        return faultsOf(file, readFileSync(path.join(root, file), 'utf8'));
      }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = checkLayers(fileURLToPath(new URL('..', import.meta.url)));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log('Imports point one way.');
}

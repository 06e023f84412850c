/** `music2movie catalogue`: the builds that stand beside each other, and which of them is in use. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { type Config, loadConfig, loadEnvFile } from '../config.ts';
import { FILES } from '../engine/catalogue/format.ts';
import { buildsIn, readCurrent } from '../engine/catalogue/place.ts';
import { readManifest, verifyFiles } from '../engine/catalogue/verify.ts';
import { KEPT_BUILDS, pointTo, prune } from '../indexer/publish.ts';
import { publishCatalogue } from '../indexer/store/publish-catalogue.ts';
import type { Store } from '../indexer/store/sign.ts';
import { Music2MovieError, UserError } from '../shared/errors.ts';
import type { CliIo } from './io.ts';
import { wholeBetween } from './options.ts';
import { storeAt } from './store-at.ts';

/** A build, as it is listed. */
interface Listed {
  readonly id: string;
  readonly current: boolean;
  readonly builtAt: string | null;
  readonly films: number | null;
  readonly songs: number | null;
  readonly bytes: number;
  /** Why it can't be used; null when its files are there in their sizes. */
  readonly fault: string | null;
}

const CATALOGUE = ['--catalogue <dir>', 'the catalogue folder (default: the one in the settings)'] as const;

export function register(program: Command, io: CliIo): void {
  const command = program
    .command('catalogue')
    .description('list the builds of the catalogue, go back to one, publish one, or remove old ones');
  command
    .command('list', { isDefault: true })
    .description('list the builds, newest first')
    .option(...CATALOGUE)
    .option('--json', 'print one JSON object')
    .action(async ({ catalogue, json }: { catalogue?: string; json?: boolean }) => {
      const builds = await list(await folder(io, catalogue));
      io.out(json ? `${JSON.stringify({ builds })}\n` : listText(builds));
    });
  command
    .command('use <build>')
    .description(
      'use a build from now on: its id, the beginning of it, or "previous"; running servers follow',
    )
    .option(...CATALOGUE)
    .action(async (build: string, { catalogue }: { catalogue?: string }) => {
      const dir = await folder(io, catalogue);
      const id = await find(dir, build);
      const manifest = await readManifest(path.join(dir, id));
      await verifyFiles(path.join(dir, id), manifest, Object.values(FILES));
      await pointTo(dir, id);
      io.out(`${id} is in use: ${manifest.counts.movies} films, ${manifest.counts.songs} songs.\n`);
    });
  command
    .command('publish')
    .description('put the build in use into a store, from which machines with CATALOGUE_URL fetch it')
    .argument('[to]', 'a folder, a bucket (s3://…), or an address that takes PUT (default: CATALOGUE_URL)')
    .option(...CATALOGUE)
    .action(async (to: string | undefined, { catalogue }: { catalogue?: string }) => {
      const dir = await folder(io, catalogue);
      const { id, sent } = await publishCatalogue(dir, storeOf(to, loadConfig(io.env)));
      io.out(`${id} is published; files sent: ${sent}.\n`);
    });
  command
    .command('prune')
    .description('remove old builds; the one in use stays')
    .option(...CATALOGUE)
    .option('--keep <n>', 'builds to keep, the one in use among them', wholeBetween(1, 1_000), KEPT_BUILDS)
    .action(async ({ catalogue, keep }: { catalogue?: string; keep: number }) => {
      const removed = await prune(await folder(io, catalogue), keep);
      io.out(removed.length === 0 ? 'Nothing to remove.\n' : `Removed: ${removed.join(', ')}.\n`);
    });
}

/** The folder or address to publish to. @throws UserError where none is named */
function storeOf(to: string | undefined, config: Config): string | Store {
  if (to !== undefined && !/^(?:https?|s3):/.test(to)) return path.resolve(to);
  const url = to?.replace(/\/+$/, '') ?? config.catalogueStore?.url;
  if (url !== undefined) return storeAt(url, config);
  throw new UserError('It is not said where to.', {
    id: 'catalogue.no-store',
    hint: 'Name a folder or an address, or set CATALOGUE_URL.',
  });
}

async function folder(io: CliIo, option: string | undefined): Promise<string> {
  if (io.env === process.env) loadEnvFile();
  const dir = option ?? loadConfig(io.env).catalogueDir;
  return realpath(dir).catch(() => path.resolve(dir));
}

async function list(dir: string): Promise<Listed[]> {
  const current = await readCurrent(dir);
  return Promise.all((await buildsIn(dir)).map((id) => listed(dir, id, id === current)));
}

async function listed(dir: string, id: string, current: boolean): Promise<Listed> {
  const place = path.join(dir, id);
  try {
    const { builtAt, counts, files } = await readManifest(place);
    let bytes = 0;
    let fault: string | null = null;
    for (const [name, entry] of Object.entries(files)) {
      const size = await stat(path.join(place, name)).then(
        (info) => info.size,
        () => -1,
      );
      bytes += Math.max(0, size);
      if (size !== entry.bytes) fault ??= size < 0 ? `${name} is missing` : `${name} is not whole`;
    }
    return { id, current, builtAt, films: counts.movies, songs: counts.songs, bytes, fault };
  } catch (error) {
    if (!(error instanceof Music2MovieError)) throw error;
    return { id, current, builtAt: null, films: null, songs: null, bytes: 0, fault: error.message };
  }
}

function listText(builds: readonly Listed[]): string {
  if (builds.length === 0) return 'There are no builds; `npx music2movie index` makes one.\n';
  const table = new Table({
    head: ['', 'build', 'films', 'songs', 'MB', ''],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  const n = (value: number | null) => value?.toLocaleString('en') ?? '';
  for (const { id, current, films, songs, bytes, fault } of builds)
    table.push([current ? 'in use' : '', id, n(films), n(songs), (bytes / 1e6).toFixed(0), fault ?? '']);
  return `${table.toString()}\n`;
}

/** @throws UserError where no build, or more than one, is meant */
async function find(dir: string, text: string): Promise<string> {
  const builds = await buildsIn(dir);
  const current = await readCurrent(dir);
  const older = builds.filter((id) => current === null || id < current);
  const found = text === 'previous' ? older.slice(0, 1) : builds.filter((id) => id.startsWith(text));
  if (found.length === 1) return found[0]!;
  throw new UserError(
    found.length === 0 ? `There is no build "${text}".` : `Several builds begin with "${text}".`,
    { id: 'catalogue.no-build', hint: 'List them: npx music2movie catalogue list.' },
  );
}

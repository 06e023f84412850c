/** `music2movie state`: back up, restore, check, send and prune what is kept. */
import path from 'node:path';
import type { Command } from 'commander';
import { type Config, loadConfig, loadEnvFile } from '../config.ts';
import { UserError } from '../shared/errors.ts';
import { openState } from '../state/open.ts';
import type { StateStore } from '../state/store.ts';
import { backupState, checkState, type FileReport, restoreState, sendState } from '../state/tools.ts';
import type { CliIo } from './io.ts';

export function configOf(io: CliIo): Config {
  if (io.env === process.env) loadEnvFile();
  return loadConfig(io.env);
}

/** Opens the state of the settings and says what was out of the ordinary. */
export function openConfigured(io: CliIo, { stateDir, keyFile, stateUrl }: Config): Promise<StateStore> {
  const tell = (news: { readonly kind: string }) => io.err(`The state: ${JSON.stringify(news)}\n`);
  return openState(stateDir, tell, { keyFile, url: stateUrl?.reveal() });
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

function line({ file, bytes, checked }: FileReport): string {
  return checked.sound
    ? `ok  ${file}: ${checked.entries} entries, ${megabytes(bytes)}\n`
    : `!!  ${file}: damaged (${checked.reason}), ${megabytes(bytes)}\n`;
}

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  const state = program
    .command('state')
    .description('back up, restore, check, send and prune what is kept: votes, settings, installations')
    .addHelpText(
      'after',
      '\nThe folder is MUSIC2MOVIE_STATE. Its key stands in a file of its own (MUSIC2MOVIE_KEY_FILE): back it up apart,\nas votes and settings cannot be found without it.',
    );

  state
    .command('backup')
    .description('copy what is kept into one checked file, also while the program runs')
    .option('--out <file>', 'where to; never overwritten', 'music2movie-state.mdb')
    .action(({ out }: { out: string }) => {
      const config = configOf(io);
      const target = path.resolve(out);
      const entries = backupState(config.stateDir, target);
      io.out(`Copied ${entries} entries to ${target}. The key is ${config.keyFile}: back it up apart.\n`);
    });

  state
    .command('restore')
    .description('put a backup in the place of what is kept; the program must be stopped')
    .argument('<file>', 'a backup, or one of the daily snapshots')
    .action((file: string) => {
      const { entries, aside } = restoreState(configOf(io).stateDir, path.resolve(file));
      io.out(`Restored ${entries} entries.${aside ? ` What stood there before is ${aside}.` : ''}\n`);
    });

  state
    .command('check')
    .description('read every file and snapshot to its end; exit status 1 when one is damaged')
    .action(() => {
      const { stateDir } = configOf(io);
      const { files, snapshots } = checkState(stateDir);
      if (files.length === 0) io.out(`There is no state in ${stateDir} yet.\n`);
      for (const report of [...files, ...snapshots]) io.out(line(report));
      if ([...files, ...snapshots].some(({ checked }) => !checked.sound)) exit(1);
    });

  state
    .command('send')
    .description('copy what is kept in the folder to the server at STATE_URL; stop the program first')
    .action(async () => {
      const config = configOf(io);
      if (!config.stateUrl) {
        throw new UserError('STATE_URL is not set.', {
          id: 'state.no-server',
          hint: 'Set it to the server that the state is to go to; docs/SCALING.md says more.',
        });
      }
      const store = await openConfigured(io, config);
      try {
        const { copied, stood } = await sendState(config.stateDir, store);
        io.out(`Copied ${copied} entries; ${stood} stood there already.\n`);
      } finally {
        await store.close();
      }
    });

  state
    .command('prune')
    .description('delete what has expired, as a running program does every hour')
    .action(async () => {
      const store = await openConfigured(io, configOf(io));
      const removed = await store.sweep();
      const { bytes } = store.size();
      await store.close();
      io.out(`Deleted ${removed} entries; ${megabytes(bytes)} on disk.\n`);
    });
}

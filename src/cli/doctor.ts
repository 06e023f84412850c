/** `music2movie doctor`: what is configured, what is missing, and how to fix it. */
import { access, constants, mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { styleText } from 'node:util';
import type { Command } from 'commander';
import { type Finding, fault, fine } from '../bots/common/doctor.ts';
import { type Config, loadConfig, loadEnvFile } from '../config.ts';
import { Engine } from '../engine/engine.ts';
import { Model } from '../engine/model/model.ts';
import { STARTER } from '../indexer/starter.ts';
import { Music2MovieError } from '../shared/errors.ts';
import { openState } from '../state/open.ts';
import { checkState } from '../state/tools.ts';
import type { CliIo } from './io.ts';

export function register(program: Command, io: CliIo, exit: (code: number) => void): void {
  program
    .command('doctor')
    .description('say what is configured, what is missing, and how to fix it')
    .option('--json', 'print the findings as one JSON object')
    .addHelpText(
      'after',
      '\nExit status 0 when all is well, 1 when something needs fixing. No secret is ever printed.',
    )
    .action(async (options: { json?: boolean }) => {
      const findings = await examine(io);
      if (options.json) io.out(`${JSON.stringify({ findings })}\n`);
      else for (const finding of findings) io.out(line(finding, io.isTerminal));
      if (findings.some((finding) => !finding.ok)) exit(1);
    });
}

function line({ ok, subject, sentence, fix }: Finding, colours: boolean): string {
  const sign = ok ? 'ok' : '!!';
  const mark = colours ? styleText(ok ? 'green' : 'red', sign) : sign;
  return `${mark}  ${subject}: ${sentence}\n${fix ? `      → ${fix}\n` : ''}`;
}

async function examine(io: CliIo): Promise<Finding[]> {
  const findings = [node()];
  let config: Config;
  try {
    if (io.env === process.env) loadEnvFile();
    config = loadConfig(io.env);
    findings.push(fine('Settings', 'every setting is as it should be.'));
  } catch (error) {
    return [...findings, failure('Settings', error)];
  }
  findings.push(await model(), await catalogue(config), await state(config), ...(await lookups(config)));
  if (config.discord) {
    const { diagnoseDiscord } = await import('../bots/discord/doctor.ts');
    findings.push(...(await diagnoseDiscord(config)));
  } else {
    findings.push(fine('Discord', 'not set up. docs/discord.md shows each click.'));
  }
  if (config.slack) {
    const { diagnoseSlack } = await import('../bots/slack/doctor.ts');
    findings.push(...(await diagnoseSlack(config)));
  } else {
    findings.push(fine('Slack', 'not set up. docs/slack.md shows each click.'));
  }
  return findings;
}

function failure(subject: string, error: unknown): Finding {
  if (!(error instanceof Music2MovieError)) throw error;
  return fault(subject, error.message, error.hint);
}

/** The oldest Node that package.json names. */
const OLDEST_NODE = [20, 19] as const;

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const sentence = `version ${process.versions.node}.`;
  return ok
    ? fine('Node.js', sentence)
    : fault('Node.js', sentence, `Install Node.js ${OLDEST_NODE.join('.')} or newer.`);
}

async function model(): Promise<Finding> {
  try {
    const { spec } = await Model.load(STARTER.model);
    return fine('Fitted model', `sound, fitted on ${spec.fittedAt}.`);
  } catch (error) {
    return failure('Fitted model', error);
  }
}

async function catalogue(config: Config): Promise<Finding> {
  const subject = 'Catalogue';
  try {
    const engine = await Engine.open(config.catalogueDir);
    const { movies, songs, builtAt } = engine.info;
    const { insteadOf } = engine.catalogue;
    await engine.close();
    if (insteadOf) {
      const said = `${insteadOf.message} The one before it is in use, built on ${builtAt.slice(0, 10)}.`;
      return fault(subject, said, insteadOf.hint);
    }
    const sentence = `${movies.toLocaleString('en')} films and ${songs.toLocaleString('en')} songs, built on ${builtAt.slice(0, 10)}.`;
    return fine(subject, sentence);
  } catch (error) {
    if (
      error instanceof Music2MovieError &&
      error.id === 'catalogue.missing' &&
      config.catalogueDir === STARTER.out
    ) {
      return fine(subject, 'none yet; `npm start` builds the starter catalogue.');
    }
    return failure(subject, error);
  }
}

async function stateServer({ stateDir, keyFile }: Config, url: string): Promise<Finding> {
  const subject = 'State';
  try {
    const doubts: string[] = [];
    const store = await openState(stateDir, (news) => news.kind === 'doubt' && doubts.push(news.reason), {
      keyFile,
      url,
    });
    await store.close();
    if (doubts.length === 0)
      return fine(subject, 'the server at STATE_URL keeps settings, votes and questions.');
    return fault(
      subject,
      `the server at STATE_URL answers, but ${doubts.join('; ')}.`,
      'Change its settings; docs/SCALING.md names them.',
    );
  } catch (error) {
    return failure(subject, error);
  }
}

async function state(config: Config): Promise<Finding> {
  if (config.stateUrl) return stateServer(config, config.stateUrl.reveal());
  const subject = 'State';
  try {
    await mkdir(config.stateDir, { recursive: true });
    await access(config.stateDir, constants.W_OK);
    const { files } = checkState(config.stateDir);
    for (const { file, checked } of files) {
      if (checked.sound) continue;
      return fault(
        subject,
        `${basename(file)} is damaged (${checked.reason}).`,
        'Start the program: it sets the file aside and restores the newest snapshot.',
      );
    }
    const entries = files.reduce((sum, { checked }) => sum + (checked.sound ? checked.entries : 0), 0);
    return fine(subject, `settings, votes and open questions can be kept; ${entries} entries are sound.`);
  } catch {
    return fault(
      subject,
      'the folder for settings, votes and open questions can’t be written.',
      'Set MUSIC2MOVIE_STATE to a folder that this user may write.',
    );
  }
}

async function lookups(config: Config): Promise<Finding[]> {
  const subject = 'Look-ups';
  if (config.offline) {
    return [fine(subject, 'off (MUSIC2MOVIE_OFFLINE): only songs of the catalogue are answered.')];
  }
  const words = config.searchOnline
    ? 'on, for links and for words that the catalogue does not know'
    : 'on for links; words are not looked up (MUSIC2MOVIE_SEARCH_ONLINE)';
  const spotify = config.spotify
    ? 'with Spotify credentials.'
    : 'without Spotify credentials: links to songs, albums and artists work, playlists do not.';
  const { diagnoseLookups } = await import('./lookup-doctor.ts');
  return [fine(subject, `${words}, ${spotify}`), ...(await diagnoseLookups(config))];
}

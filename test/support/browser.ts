/**
 * A real browser for tests and screenshots: the one named in CHROMIUM_PATH, else one found on the system,
 * else the one that `@sparticuz/chromium` unpacks into the temporary folder (Linux on x64, nothing but npm
 * needed: the libraries that a bare system lacks, such as libnss3, are in the same package).
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** A Chromium of this machine, or null. */
function systemBrowser(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const all = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES];
  return all.find((path) => existsSync(path)) ?? null;
}

/** Unpacks the packaged browser. */
async function packagedBrowser(): Promise<string> {
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

/** Unpacks the libraries that a bare system lacks; they lie in the same package, for Amazon's bare Linux. */
async function packagedLibraries(): Promise<string> {
  // build/cjs/index.cjs; the unpacking itself is no part of what the package exports.
  const root = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', '..');
  const file = pathToFileURL(join(root, 'build', 'esm', 'lambdafs.js')).href;
  const { inflate } = (await import(file)) as { inflate: (archive: string) => Promise<string> };
  await inflate(join(root, 'bin', 'al2023.tar.br'));
  return join(tmpdir(), 'al2023', 'lib');
}

/** A browser with a fresh profile. */
export interface TestBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

async function launch(
  path: string,
  libraries: string | null,
  options: BrowserContextOptions,
): Promise<TestBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'music2movie-browser-'));
  const env = { ...process.env } as Record<string, string>;
  if (libraries !== null) env.LD_LIBRARY_PATH = [libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: path,
      args: FLAGS,
      env,
      chromiumSandbox: false,
      ...options,
    });
    return {
      context,
      close: async () => {
        await context.close();
        await rm(profile, { recursive: true, force: true, maxRetries: 3 });
      },
    };
  } catch (error) {
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

/**
 * Starts a browser with a fresh profile.
 *
 * @throws Error with one sentence when neither the system's nor the packaged browser starts
 */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<TestBrowser> {
  const attempts: (() => Promise<TestBrowser>)[] = [];
  const system = systemBrowser();
  if (system !== null) attempts.push(() => launch(system, null, options));
  if (!process.env.CHROMIUM_PATH) {
    // With the system's libraries first: they fit its fonts and C library best.
    attempts.push(async () => launch(await packagedBrowser(), null, options));
    attempts.push(async () => launch(await packagedBrowser(), await packagedLibraries(), options));
  }
  const failures: unknown[] = [];
  for (const attempt of attempts) {
    try {
      return await attempt();
    } catch (error) {
      failures.push(error);
    }
  }
  throw new Error(
    'No browser starts here: install Chromium, or name one in CHROMIUM_PATH (see docs/web.md, “Browser tests”).',
    { cause: new AggregateError(failures) },
  );
}

/**
 * Pictures of the real page in a real browser, into docs/screenshots: `npx tsx scripts/screenshots.ts`.
 *
 * It uses the catalogue of MUSIC2MOVIE_CATALOGUE (else data/catalogue, built from the starter sources where
 * it is missing) and draws every poster itself, as posters belong to their studios.
 */
import { mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { createWebServer } from '../src/bots/web/start.ts';
import { loadConfig } from '../src/config.ts';
import { Engine } from '../src/engine/engine.ts';
import { ensureStarterCatalogue } from '../src/indexer/starter.ts';
import { createResolver } from '../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../src/state/memory.ts';
import { openBrowser } from '../test/support/browser.ts';

const OUT = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const SONG = process.argv[2] ?? 'Teardrop Massive Attack';
const MAX_BYTES = 250_000;

/** Screens by name: what to do on the page before the picture is taken. */
const SCREENS: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['first', async () => {}],
  [
    'answer',
    async (page) => {
      await page.fill('#song', SONG);
      await page.press('#song', 'Enter');
      await page.locator('.film').nth(4).waitFor();
    },
  ],
  [
    'detail',
    async (page) => {
      await page.locator('.card').first().click();
      await page.locator('.detail').waitFor();
    },
  ],
];

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  const file = join(OUT, `${name}.png`);
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  // Fewer colours until it is small enough for a repository; the drawn posters have few to begin with.
  for (const colours of [256, 128, 64]) {
    await sharp(picture).png({ palette: true, colours, effort: 10, dither: 0.6 }).toFile(file);
    if ((await stat(file)).size <= MAX_BYTES) break;
  }
  console.log(`${name}.png ${Math.round((await stat(file)).size / 1024)} KB`);
}

const config = loadConfig({ ...process.env, MUSIC2MOVIE_OFFLINE: '1' });
await ensureStarterCatalogue(config.catalogueDir);
const engine = await Engine.open(config.catalogueDir);
const state = openMemoryState();
const resolver = createResolver({ known: engine, config, state });
const context = { engine: () => engine, resolver, state, imageHost: null };
const app = await createWebServer({ context, config: { rateLimitPerMinute: 10_000 } });
const url = await app.listen({ port: 0, host: '127.0.0.1' });
await mkdir(OUT, { recursive: true });
// The packaged browser brings Open Sans, so that the pictures look alike on every machine.
process.env.FONTCONFIG_PATH ??= join(tmpdir(), 'fonts');
try {
  for (const colorScheme of ['dark', 'light'] as const) {
    for (const [width, height] of [
      [1280, 960],
      [390, 844],
    ] as const) {
      const browser = await openBrowser({
        viewport: { width, height },
        colorScheme,
        reducedMotion: 'reduce',
      });
      try {
        const page = await browser.context.newPage();
        await page.goto(url);
        for (const [name, act] of SCREENS) {
          await act(page);
          await shoot(page, `${name}-${colorScheme}-${width}`);
        }
      } finally {
        await browser.close();
      }
    }
  }
} finally {
  await app.close();
  await engine.close();
  await state.close();
}

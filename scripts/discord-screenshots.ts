/**
 * What a phone shows of an answer in Discord, in both looks, into docs/screenshots: `npx tsx scripts/discord-screenshots.ts`.
 *
 * The payload is the bot's own; the page around it is ours, in Discord's proportions. Every poster is drawn, as posters
 * belong to their studios.
 */
import { mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { askText } from '../commands/index.ts';
import { render, type View } from '../src/bots/discord/render/index.ts';
import { loadConfig } from '../src/config.ts';
import { handleAction } from '../src/conversation/actions.ts';
import type { AnswerContext } from '../src/conversation/context.ts';
import { Engine } from '../src/engine/engine.ts';
import { ensureStarterCatalogue } from '../src/indexer/starter.ts';
import { createResolver } from '../src/lookup/resolve/resolver.ts';
import { openMemoryState } from '../src/state/memory.ts';
import { openBrowser } from '../test/support/browser.ts';
import { phonePage } from './discord-phone.ts';

const OUT = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const SONG = process.argv[2] ?? 'Teardrop Massive Attack';
/** A phone's screen: everything should fit two of them. */
const SCREEN = { width: 390, height: 844 };

const config = loadConfig({ ...process.env, MUSIC2MOVIE_OFFLINE: '1' });
await ensureStarterCatalogue(config.catalogueDir);
const engine = await Engine.open(config.catalogueDir);
const state = openMemoryState();
const context: AnswerContext = {
  engine: () => engine,
  resolver: createResolver({ known: engine, config, state }),
  state,
  imageHost: null,
  locale: 'en',
  user: 'discord:1',
  audience: { private: false, ageRestricted: false },
};
const view: View = { ephemeral: false, locale: 'en', seal: { kind: 'owner', hash: 'AAAAAAAA' } };
const answer = await askText(SONG, context);
if (answer.kind !== 'recommendations') throw new Error(`“${SONG}” is not answered with films.`);
const detail = await handleAction(answer.films[0]!.details.token, context);
const alone: View = { ...view, ephemeral: true, seal: { kind: 'alone' }, into: '1300000000000000000' };
const pictures = {
  'discord-embeds': await render(answer, view),
  'discord-cards': await render(answer, { ...view, look: 'cards' }),
  'discord-detail': await render(detail, alone),
};

await mkdir(OUT, { recursive: true });
// The packaged browser brings Open Sans, so that the pictures look alike on every machine.
process.env.FONTCONFIG_PATH ??= join(tmpdir(), 'fonts');
const browser = await openBrowser({ viewport: SCREEN, deviceScaleFactor: 2, reducedMotion: 'reduce' });
try {
  const page = await browser.context.newPage();
  for (const [name, message] of Object.entries(pictures)) {
    await page.setContent(phonePage(message, { who: 'mara', command: '/movie-for' }), { waitUntil: 'load' });
    const height = await page.evaluate('document.documentElement.scrollHeight');
    const file = join(OUT, `${name}.png`);
    const taken = await page.screenshot({ fullPage: true, animations: 'disabled' });
    await sharp(taken).png({ palette: true, colours: 128, effort: 10, dither: 0.6 }).toFile(file);
    const screens = (Number(height) / SCREEN.height).toFixed(2);
    console.log(
      `${name}.png ${Math.round((await stat(file)).size / 1024)} KB, ${screens} screens of a phone`,
    );
  }
} finally {
  await browser.close();
  await engine.close();
  await state.close();
}

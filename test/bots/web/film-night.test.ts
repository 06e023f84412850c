/** Three browsers in one film night. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { startPage } from './page.ts';

const browsers: TestBrowser[] = [];
const complaints: string[] = [];
let server: Awaited<ReturnType<typeof startPage>>;

beforeAll(async () => {
  server = await startPage();
});
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await server?.app.close();
});

/** Somebody with a browser of their own. */
async function somebody(address = server.url): Promise<Page> {
  const browser = await openBrowser({ viewport: { width: 1000, height: 900 }, reducedMotion: 'reduce' });
  browsers.push(browser);
  const page = await browser.context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(address);
  return page;
}

const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();

async function add(page: Page, name: string, song: string): Promise<void> {
  await page.locator('.night-add [name=song]').fill(song);
  await page.locator('.night-add [name=name]').fill(name);
  await press(page, 'Add a song');
  await page.locator('.night-people li', { hasText: `${name}:` }).waitFor();
}

describe('a film night on the page', () => {
  it('is begun by one, joined by two others over its address, and chosen by all', async () => {
    const ann = await somebody();
    await ann.fill('#song', '/movie-night');
    await ann.press('#song', 'Enter');
    await press(ann, 'Open a film night');
    await ann.locator('.night-add').waitFor();
    const address = (await ann.locator('.night-invite a').getAttribute('href'))!;
    expect(address).toMatch(new RegExp(`^${server.url}/a/1b\\.1\\.`));
    expect(ann.url()).toBe(address);
    expect(await ann.locator('.qr svg').isVisible()).toBe(true);
    await add(ann, 'Ann', 'hold on adele');

    const [ben, cleo] = [await somebody(address), await somebody(address)];
    await add(ben, 'Ben', 'clair de lune');
    // What somebody types is left alone while others join.
    await ann.locator('.night-add [name=song]').fill('enter sandman');
    await cleo.locator('.night-add [name=song]').fill('which');
    await cleo.locator('.night-add [name=name]').fill('Cleo');
    await press(cleo, 'Add a song');
    await cleo.locator('.choices button', { hasText: 'Gojira' }).click();
    for (const page of [ann, ben, cleo]) {
      await page.locator('.night-people li', { hasText: 'Cleo: Hold On – Gojira' }).waitFor();
    }
    expect(await ann.locator('.night-add [name=song]').inputValue()).toBe('enter sandman');

    await press(ben, 'Find the films');
    await ben.locator('.sorry', { hasText: 'whoever opened' }).waitFor();
    await press(ben, 'To the film night');
    await press(ann, 'Find the films');
    for (const page of [ann, ben, cleo]) await page.locator('.night-film').nth(4).waitFor();
    expect(await cleo.locator('.night-film .reason').first().textContent()).toMatch(/closest to|equally/);

    const second = (page: Page) => page.locator('.night-film').nth(1);
    for (const page of [ben, cleo]) {
      await second(page).getByRole('button', { name: 'Vote for' }).click();
      await second(page).locator('[aria-pressed=true]').waitFor();
    }
    await second(ann).locator('.meta', { hasText: '2 votes' }).waitFor();
    expect(await second(ann).locator('[aria-pressed=true]').count()).toBe(0);
    const title = await second(ann).locator('h3').textContent();
    await press(ann, 'End the vote');
    for (const page of [ann, ben, cleo]) {
      await page.locator('.night-film.chosen').waitFor();
      expect(await page.locator('.night-film.chosen h3').textContent()).toBe(title);
    }
    expect(complaints).toEqual([]);
  }, 180_000);

  it('is shown as it stands by its address, and after a reload', async () => {
    const ann = browsers[0]!.context.pages().at(-1)!;
    await ann.reload();
    await ann.locator('.night-film.chosen').waitFor();
    const markup = await (await fetch(ann.url())).text();
    expect(markup).toContain('Tonight: ');
  }, 60_000);

  it('changes nothing by an address alone', async () => {
    const before = (await server.context.state.list('night:')).length;
    for (const path of ['/?song=%2Fmovie-night', '/a/1b.0..0', '/act/1b.0..0'])
      await fetch(`${server.url}${path}`);
    expect(await server.context.state.list('night:')).toHaveLength(before);
  });

  it('gives nothing where nothing has changed, and no other answer', async () => {
    const ann = browsers[0]!.context.pages().at(-1)!;
    const live = (await ann.locator('[data-live]').getAttribute('hx-get'))!;
    expect((await fetch(`${server.url}${live}`)).status).toBe(204);
    expect((await fetch(`${server.url}/night/1p.0`)).status).toBe(404);
    const gone = await fetch(`${server.url}/night/1b.1.AAAAAAAAAAAAAAAA.0?seen=1&form=true`);
    expect(gone.headers.get('hx-retarget')).toBe('closest .answer');
    expect(await gone.text()).toContain('This film night is over');
  });
});

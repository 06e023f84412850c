/** The page as people use it, in a real browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { startPage } from './page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: TestBrowser;
let server: Awaited<ReturnType<typeof startPage>>;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  server = await startPage();
  browser = await openBrowser({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser?.close();
  await server?.app.close();
});
beforeEach(async () => {
  await Promise.all(browser.context.pages().map((old, at) => (at === 0 ? null : old.close())));
  complaints.length = 0;
  page = await browser.context.newPage();
  // Sooner than the test itself, so that a failure names what it waited for.
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(server.url);
});

const isFocused = (selector: string) =>
  page.evaluate<boolean>(`document.activeElement === document.querySelector(${JSON.stringify(selector)})`);
const answer = () => page.locator('.answer').last();
const focused = () => page.evaluate<string>('document.activeElement?.textContent ?? ""');

async function ask(text: string): Promise<void> {
  const turns = await page.locator('.turn:not(.waiting)').count();
  await page.fill('#song', text);
  await page.press('#song', 'Enter');
  await page.locator('.turn:not(.waiting)').nth(turns).waitFor();
}

describe('asking', () => {
  it('suggests while one types and answers the picked song', async () => {
    await page.locator('#song').pressSequentially('hold', { delay: 20 });
    const option = page.locator('#suggestions [role=option]', { hasText: 'Adele' });
    await option.click();
    await page.locator('.film').nth(4).waitFor();
    expect(await page.locator('.asked').textContent()).toContain('Hold On – Adele');
    expect(await answer().locator('.song-name').textContent()).toContain('Adele');
    expect(page.url()).toMatch(/\/a\/1a\./);
    expect(complaints).toEqual([]);
  });

  it('keeps the suggestions when the focus comes right back, and none come over an answer', async () => {
    await page.locator('#song').pressSequentially('hold', { delay: 20 });
    await page.locator('#suggestions [role=option]').first().waitFor();
    await page.evaluate('song.blur(), song.focus(), new Promise((done) => setTimeout(done, 250))');
    expect(await page.locator('#suggestions').isVisible()).toBe(true);
    // The answer takes longer than the suggestions do.
    await page.route('**/movie-for*', async (route) => {
      await new Promise((done) => setTimeout(done, 600));
      await route.continue();
    });
    const late = page.waitForResponse(/suggest.*hold.+on/);
    await page.fill('#song', 'hold on');
    await page.press('#song', 'Enter');
    await late;
    expect(await page.locator('#suggestions').isVisible()).toBe(false);
    await page.locator('.film').nth(4).waitFor();
    expect(await page.locator('#suggestions').isVisible()).toBe(false);
  });

  it('leaves the next question alone that one types while the first is answered', async () => {
    await page.route('**/movie-for*', async (route) => {
      await new Promise((done) => setTimeout(done, 400));
      await route.continue();
    });
    await page.fill('#song', 'hold on');
    await page.press('#song', 'Enter');
    await page.fill('#song', 'blue mon');
    await page.locator('.film').nth(4).waitFor();
    await page.waitForTimeout(100);
    expect(await page.locator('#song').inputValue()).toBe('blue mon');
    expect(await isFocused('#song')).toBe(true);
    await page.keyboard.type('day');
    await page.press('#song', 'Enter');
    await page.locator('.turn:not(.waiting)').nth(1).waitFor();
    expect(await answer().locator('h2').textContent()).toContain('Blue Monday');
    await expect.poll(() => page.locator('#song').inputValue()).toBe('');
  });

  it('understands a pasted link and a typed command, and keeps the conversation', async () => {
    await ask('https://open.spotify.com/track/6hHc7Pks7wtBIW8Z6A0iFq?si=1');
    expect(await answer().locator('h2').textContent()).toContain('Blue Monday');
    await ask('/movie-for hold on genre:western');
    expect(await answer().locator('.film').count()).toBe(3);
    expect(await page.locator('.turn').count()).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('keeps the songs of a pasted list apart', async () => {
    const field = page.locator('#song');
    await page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'hold on\\r\\nblue monday\\n\\n');
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.querySelector('#song').dispatchEvent(paste);
    }`);
    expect(await field.inputValue()).toBe('hold on + blue monday');
    await field.press('Enter');
    await expect.poll(() => answer().locator('h2').textContent()).toContain('Hold On + Blue Monday');
  });

  it('starts from an example by touch of a finger or a click', async () => {
    await page.locator('.example', { hasText: 'Blue Monday' }).click();
    await page.locator('.film').nth(4).waitFor();
    expect(await answer().locator('h2').textContent()).toContain('Blue Monday');
  });

  it('shows what strangers write as text only', async () => {
    await ask('<img src=x onerror=alert(1)>');
    expect(await page.locator('.asked').textContent()).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('#chat img[src=x]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('an answer', () => {
  it('opens and closes details in place, one at a time', async () => {
    await ask('hold on');
    await page.locator('.card').nth(1).click();
    const title = await page.locator('.film h3').nth(1).textContent();
    const detail = page.locator('.slot .detail');
    await detail.waitFor();
    expect(await detail.locator('h3').textContent()).toContain(title);
    expect(await page.locator('.card').nth(1).getAttribute('aria-expanded')).toBe('true');
    expect(await detail.locator('.profiles svg').count()).toBe(1);
    await page.locator('.card').nth(3).click();
    await page
      .locator('#chat .slot .detail', { hasText: (await page.locator('.film h3').nth(3).textContent())! })
      .waitFor();
    expect(await detail.count()).toBe(1);
    await page.locator('.card').nth(3).click();
    await detail.waitFor({ state: 'detached' });
    expect(await page.locator('.card[aria-expanded=true]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('takes a vote without leaving the details', async () => {
    await ask('hold on');
    await page.locator('.card').first().click();
    await page.locator('[data-action=vote-up]').click();
    await expect.poll(() => page.locator('.vote-result').textContent()).toContain('fits');
    expect(await page.locator('.detail').count()).toBe(1);
  });

  it('pages on, narrows to nothing and comes back', async () => {
    await ask('hold on');
    const first = await page.locator('.film h3').allTextContents();
    await page.locator('[data-action=next]').click();
    await page.locator('[data-action=previous]').waitFor();
    const second = await page.locator('.film h3').allTextContents();
    expect(new Set([...first, ...second]).size).toBe(10);
    await page.locator('.filters summary').click();
    await page.locator('.filters [name=genre]').fill('Western');
    await page.locator('.filters [name=language]').fill('Japanese');
    await page.locator('.filters button').click();
    await page.locator('.remark').waitFor();
    expect(await page.locator('.film').count()).toBe(0);
    await page.locator('.chips button', { hasText: 'Japanese' }).click();
    await page.locator('.film').nth(2).waitFor();
    await page.locator('[data-action=clear-filters]', { hasText: 'Clear' }).click();
    await page.locator('.film').nth(4).waitFor();
    expect(await page.locator('.film h3').allTextContents()).toEqual(first);
    expect(complaints).toEqual([]);
  });

  it('turns to well-known films', async () => {
    await ask('hold on');
    await page.locator('.segment', { hasText: 'Well known' }).click();
    await page.locator('.segment[aria-pressed=true]', { hasText: 'Well known' }).waitFor();
    expect(await page.locator('.segment[aria-pressed=true]').count()).toBe(1);
  });
});

describe('the keyboard alone', () => {
  it('asks, picks, opens details, closes them and goes on', async () => {
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Skip');
    await page.keyboard.press('Enter');
    await page.keyboard.type('hold', { delay: 20 });
    await page.locator('#suggestions [role=option]').nth(2).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const active = await page.locator('#song').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    await page.locator('.film').nth(4).waitFor();
    await expect.poll(focused).toContain('Five films');
    for (let i = 0; i < 8 && !(await isFocused('.card')); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.detail').waitFor();
    await expect.poll(focused).toContain(await page.locator('.film h3').first().textContent());
    await page.keyboard.press('Escape');
    await page.locator('.detail').waitFor({ state: 'detached' });
    expect(await isFocused('.card')).toBe(true);
    await page.locator('#song').focus();
    await page.keyboard.type('hold', { delay: 20 });
    await page.locator('#suggestions:not([hidden])').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('#song').getAttribute('aria-expanded')).toBe('false');
  });
});

describe('when the server is gone', () => {
  it('says so in the conversation, and asks again when it is back', async () => {
    await page.route('**/movie-for*', (route) => route.abort());
    await page.fill('#song', 'hold on');
    await page.press('#song', 'Enter');
    await page.locator('.notice.sorry', { hasText: 'did not answer' }).waitFor();
    await page.unroute('**/movie-for*');
    await page.locator('[data-retry]').click();
    await page.locator('.film').nth(4).waitFor();
    expect(await page.locator('.notice').count()).toBe(0);
    expect(await page.locator('.asked').count()).toBe(1);
  });
});

describe('posters that cannot be loaded', () => {
  it('make way for drawn ones', async () => {
    const away = await startPage(undefined, { imageHost: 'https://image.tmdb.org' });
    try {
      await page.route('https://image.tmdb.org/**', (route) => route.abort());
      await page.goto(`${away.url}/?song=hold+on`);
      await page.locator('.film').nth(4).scrollIntoViewIfNeeded();
      await expect.poll(() => page.locator('img.real').count()).toBe(0);
      const drawn = page.locator('.film .poster img');
      expect(await drawn.count()).toBe(5);
      expect(await page.evaluate('document.querySelector(".film .poster img").naturalWidth')).toBe(500);
    } finally {
      await away.app.close();
    }
  });
});

describe('accessibility', () => {
  interface Violation {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }
  const violations = async () => {
    await page.evaluate(AXE);
    const found = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)');
    return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  };

  it.each(['dark', 'light'] as const)('has no violations by %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations()).toEqual([]);
    await page.locator('#song').pressSequentially('hold', { delay: 20 });
    await page.locator('#suggestions [role=option]').first().waitFor();
    expect(await violations()).toEqual([]);
    await ask('hold on');
    await page.locator('.card').first().click();
    await page.locator('.detail').waitFor();
    await page.locator('.filters summary').click();
    expect(await violations()).toEqual([]);
    await ask('which');
    await ask('nonsense of no song');
    expect(await violations()).toEqual([]);
  });

  it('fits a phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const sideways = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(await sideways()).toBeLessThanOrEqual(0);
    await ask('hold on');
    await page.locator('.card').first().click();
    await page.locator('.detail').waitFor();
    expect(await sideways()).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

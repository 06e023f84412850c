/** The page's history, its sizes and its failures, in a real browser. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../../support/browser.ts';
import { startPage } from './page.ts';

let browser: TestBrowser;
let server: Awaited<ReturnType<typeof startPage>>;
let page: Page;

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
  page = await browser.context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(server.url);
});

async function ask(text: string): Promise<void> {
  const turns = await page.locator('.turn:not(.waiting)').count();
  await page.fill('#song', text);
  await page.press('#song', 'Enter');
  await page.locator('.turn:not(.waiting)').nth(turns).waitFor();
}

/** What stands in the conversation: each turn's heading, its first film, and the details that are open. */
const standing = () =>
  page.evaluate<string[]>(`[...document.querySelectorAll('.turn')].map((turn) =>
    [turn.querySelector('h2'), turn.querySelector('.film h3'), turn.querySelector('.detail h3')]
      .map((part) => part?.textContent ?? '').join('|'))`);

/** Rectangle of an element in the part of the window that the search bar leaves free. */
interface Seen {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly free: number;
  readonly width: number;
}
const seen = (selector: string) =>
  page.evaluate<Seen>(`(() => {
    const { top, bottom, left, right } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect();
    const bar = document.querySelector('.composer').getBoundingClientRect();
    const sticky = document.body.classList.contains('talking');
    return { top, bottom, left, right, free: sticky ? bar.top : innerHeight, width: innerWidth };
  })()`);

async function expectVisible(selector: string): Promise<void> {
  const box = await seen(selector);
  expect(box.top, `${selector}: top`).toBeGreaterThanOrEqual(-1);
  expect(box.bottom, `${selector}: bottom`).toBeLessThanOrEqual(box.free + 1);
  expect(box.left, `${selector}: left`).toBeGreaterThanOrEqual(-1);
  expect(box.right, `${selector}: right`).toBeLessThanOrEqual(box.width + 1);
}

describe('Back, Forward and Reload', () => {
  it('bring back every question and every state, all turns', async () => {
    const states: string[][] = [await standing()];
    const places: string[] = [page.url()];
    const note = async () => {
      states.push(await standing());
      places.push(page.url());
    };
    await ask('hold on');
    await note();
    await page.locator('[data-action=next]').click();
    await page.locator('[data-action=previous]').waitFor();
    await note();
    await page.locator('.card').nth(2).click();
    await page.locator('.detail').waitFor();
    await note();
    await ask('blue monday');
    await note();
    await page.locator('.turn:last-child .segment', { hasText: 'Hidden gems' }).click();
    await page.locator('.turn:last-child .segment[aria-pressed=true]', { hasText: 'Hidden gems' }).waitFor();
    await note();
    expect(new Set(places).size).toBe(places.length);
    for (let at = states.length - 2; at >= 0; at--) {
      await page.goBack();
      await expect.poll(standing, { message: `back to ${at}` }).toEqual(states[at]);
      expect(page.url()).toBe(places[at]);
    }
    for (let at = 1; at < states.length; at++) {
      await page.goForward();
      await expect.poll(standing, { message: `forward to ${at}` }).toEqual(states[at]);
    }
    await page.reload();
    await expect.poll(standing).toEqual(states.at(-1));
    await page.goBack();
    await expect.poll(standing).toEqual(states.at(-2));
    // What was brought back still works.
    await page.locator('.turn').last().locator('.card').first().click();
    await page.locator('.turn:last-child .detail').waitFor();
  });

  it('closes details by going back, so that Back never does nothing', async () => {
    await ask('hold on');
    const before = await standing();
    await page.locator('.card').first().click();
    await page.locator('.detail').waitFor();
    await page.locator('[data-close]').click();
    await page.locator('.detail').waitFor({ state: 'detached' });
    expect(await standing()).toEqual(before);
    await page.goBack();
    await expect.poll(standing).toEqual([]);
    expect(await page.locator('.examples').isVisible()).toBe(true);
  });

  it('shows the one answer of an address whose turns are kept no longer', async () => {
    await ask('hold on');
    await ask('blue monday');
    await page.evaluate('sessionStorage.clear()');
    await page.goBack();
    await expect.poll(async () => (await standing()).length).toBe(1);
    expect((await standing())[0]).toContain('Hold On');
  });
});

const SIZES = [
  [390, 508],
  [390, 844],
  [720, 450],
  [820, 1180],
  [1440, 900],
] as const;

describe.each(SIZES)('at %i × %i', (width, height) => {
  beforeEach(async () => {
    await page.setViewportSize({ width, height });
    await page.reload();
  });

  it('shows whole what opens: suggestions, filters, details', async () => {
    await page.locator('#song').pressSequentially('hold', { delay: 10 });
    await page.locator('#suggestions [role=option]').first().waitFor();
    await expectVisible('#suggestions');
    await ask('hold on');
    await page.locator('#song').pressSequentially('hold', { delay: 10 });
    await page.locator('#suggestions [role=option]').first().waitFor();
    await expectVisible('#suggestions');
    await page.keyboard.press('Escape');
    await page.locator('.filters summary').click();
    await page.waitForTimeout(50);
    await expectVisible('.filters form');
    for (const at of [0, 4]) {
      await page.locator('.card').nth(at).click();
      await page
        .locator('.detail', { hasText: (await page.locator('.film h3').nth(at).textContent())! })
        .waitFor();
      await page.waitForTimeout(50);
      await expectVisible('.card[aria-expanded=true] .poster');
      await expectVisible('.detail h3');
    }
  });

  it('opens a score where it stands', async () => {
    await ask('hold on');
    await page.locator('.film .score summary').nth(1).click();
    await page.waitForTimeout(50);
    await expectVisible('.film .score[open] p');
    expect(await page.locator('.film .score[open] p').textContent()).toMatch(/\d+ would say/);
  });

  it('has targets of 44 pixels', async () => {
    await ask('hold on');
    await page.locator('.filters summary').click();
    await page.locator('.card').first().click();
    await page.locator('.detail').waitFor();
    const small = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('a[href], button, input, select, summary, [role=option]')]
      .filter((element) => element.checkVisibility() && !element.matches('.skip, [type=hidden]'))
      .map((element) => [element, element.getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.min(width, height) < 43.9)
      .map(([element, { width, height }]) => element.outerHTML.slice(0, 80) + ' ' + width + '×' + height)`);
    expect(small).toEqual([]);
  });

  it('keeps a star and its number on one line', async () => {
    await ask('hold on');
    const broken = await page.evaluate<number>(`[...document.querySelectorAll('.meta > span')]
      .filter((fact) => fact.offsetHeight > 30).length`);
    expect(await page.locator('.meta .star').count()).toBe(5);
    expect(broken).toBe(0);
  });
});

describe('a press that fails', () => {
  const next = () => page.locator('[data-action=next]');

  it('says so once, keeps the answer, and tries again', async () => {
    await ask('hold on');
    const before = await standing();
    await page.route('**/act/**', (route) => route.abort());
    await next().click();
    await page.locator('.trouble', { hasText: 'did not answer' }).waitFor();
    await page.locator('[data-retry]').click();
    await page.locator('.trouble').waitFor();
    await next().click();
    await page.locator('.trouble').waitFor();
    expect(await page.locator('.trouble').count()).toBe(1);
    expect(await standing()).toEqual(before);
    await expectVisible('.trouble');
    await page.unroute('**/act/**');
    await page.locator('[data-retry]').click();
    await page.locator('[data-action=previous]').waitFor();
    expect(await page.locator('.trouble').count()).toBe(0);
  });

  it.each([
    [429, 'Try again in 7 s.'],
    [503, 'Back in a moment.'],
  ])('says what the server said with status %i in place of losing the answer', async (status, sentence) => {
    await ask('hold on');
    await page.route('**/act/**', (route) =>
      route.fulfill({
        status,
        contentType: 'text/html',
        body: `<section class="answer notice sorry"><h2>Sorry</h2><p>${sentence}</p></section>`,
      }),
    );
    await page.locator('.card').first().click();
    await page.locator('.slot .trouble', { hasText: sentence }).waitFor();
    expect(await page.locator('.card[aria-expanded=true]').count()).toBe(0);
    await next().click();
    await expect.poll(() => page.locator('.trouble').count()).toBe(1);
    expect(await page.locator('.film').count()).toBe(5);
    await page.unroute('**/act/**');
    await page.locator('.card').first().click();
    await page.locator('.slot .detail').waitFor();
    expect(await page.locator('.trouble').count()).toBe(0);
  });

  it('asks a refused question again as it was', async () => {
    await page.route('**/movie-for*', (route) =>
      route.fulfill({ status: 429, body: '<p class="notice"></p><div class="notice"><p>Wait.</p></div>' }),
    );
    await ask('hold on');
    await page.locator('.failed .trouble').waitFor();
    await page.unroute('**/movie-for*');
    await page.locator('[data-retry]').click();
    await page.locator('.film').nth(4).waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
  });
});

describe('what is no song', () => {
  it.each(['   ', 'qqqq zzzz xxxx'])('%j ends in songs to start with', async (text) => {
    await ask(text);
    const answer = page.locator('.answer').last();
    expect(await answer.locator('button').count()).toBeGreaterThanOrEqual(3);
    await answer.locator('button').first().click();
    await page.locator('.film').nth(4).waitFor();
  });
});

describe('what stands on the page', () => {
  it('numbers the second five from 6 to 10', async () => {
    await ask('hold on');
    await page.locator('[data-action=next]').click();
    await page.locator('[data-action=previous]').waitFor();
    expect(await page.locator('.rank').allTextContents()).toEqual(['6', '7', '8', '9', '10']);
  });

  it('keeps the space between title and artist of an example', async () => {
    const example = page.locator('.example', { hasText: 'Blue Monday' });
    expect(await example.getAttribute('data-ask')).toBe('Blue Monday – New Order');
    expect(await example.textContent()).toContain('Blue Monday New Order');
  });

  it('draws scores so that they differ to the eye', async () => {
    await ask('hold on');
    const widths = await page
      .locator('.film .score .fill')
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('width'))));
    expect(Math.max(...widths) - Math.min(...widths)).toBeGreaterThanOrEqual(2);
  });
});

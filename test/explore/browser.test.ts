/** The starter's report in a real browser: no error, no request, nothing that sticks out, no accessibility fault. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from '../support/browser.ts';
import { type StarterReport, starterReport } from './starter-report.ts';

let report: StarterReport;
let browser: TestBrowser;
beforeAll(async () => {
  report = await starterReport();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

/** Opens the report and gathers what goes wrong. */
async function openReport(width: number, colorScheme: 'light' | 'dark') {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => /^(?:file|data):/.test(request.url()) || faults.push(request.url()));
  await page.goto(pathToFileURL(report.page).href);
  return { page, faults };
}

it.each([
  [390, 'light'],
  [390, 'dark'],
  [1280, 'light'],
  [1280, 'dark'],
] as const)('opens cleanly at %i pixels, %s', async (width, scheme) => {
  const { page, faults } = await openReport(width, scheme);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const violations = (await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 160)))',
  )) as string[];
  expect(violations).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

it('shows the name of a mark under the pointer', async () => {
  const { page, faults } = await openReport(1280, 'light');
  const mark = page
    .locator('#space-map .wide circle, #space-map .wide path')
    .filter({ has: page.locator('title') })
    .first();
  await mark.scrollIntoViewIfNeeded();
  await mark.hover({ force: true });
  expect(await page.locator('.tip').isVisible()).toBe(true);
  expect(await page.locator('.tip').textContent()).toMatch(/\(.+\)$/);
  expect(faults).toEqual([]);
  await page.close();
});

it('draws every chart file as well-formed XML', async () => {
  const { page } = await openReport(1280, 'light');
  for (const name of (await readdir(report.folder)).filter((file) => file.endsWith('.svg'))) {
    const text = await readFile(path.join(report.folder, name), 'utf8');
    const fault = await page.evaluate(
      `new DOMParser().parseFromString(${JSON.stringify(text)}, 'image/svg+xml').querySelector('parsererror')?.textContent ?? null`,
    );
    expect(fault, name).toBeNull();
  }
  await page.close();
});

// The documentation site builds, and what its live examples compute in the page is what they compute in Node.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../../docs/live/examples.ts';
import { initialValues, type Values } from '../../docs/live/live-example.ts';
import { chromiumPath } from '../../scripts/chromium.mjs';
import { serve } from './serve.ts';

const docs = join(import.meta.dirname, '../../docs');

/** The figures of a package's example as texts, by their labels. */
function figuresInNode(name: string, values: Values): Record<string, string> {
  return Object.fromEntries(examples[name].compute(values).figures.map(({ label, value }) => [label, String(value)]));
}

/** The figures that a live example shows. */
async function figuresInPage(page: Page, name: string): Promise<Record<string, string>> {
  const cells = await page.locator(`[data-live="${name}"] [data-figure]`).all();
  const pairs = cells.map(async (cell) => [
    await cell.getAttribute('data-figure'),
    await cell.getAttribute('data-value'),
  ]);
  return Object.fromEntries(await Promise.all(pairs));
}

describe.skipIf(chromiumPath === undefined && process.env['CI'] === undefined)('the documentation site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lemmata-docs-'));
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    for (const args of [['typedoc'], ['vitepress', 'build', '--outDir', folder]]) {
      execFileSync('npx', ['--no-install', ...args], { cwd: docs, stdio: 'pipe' });
    }
    site = await serve(folder);
    browser = await chromium.launch({
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page; what goes wrong there is collected. */
  async function open(path: string): Promise<{ page: Page; wrong: string[] }> {
    const page = await browser.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) wrong.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(site.address) && !/^(?:data|blob):/.test(request.url())) wrong.push(request.url());
    });
    await page.goto(site.address + path);
    return { page, wrong };
  }

  it.each(Object.keys(examples))(
    '%s: a live example that agrees with Node, also after a control moves',
    async (name) => {
      const { page, wrong } = await open(`/${name.split('/')[0]}/index.html`);
      const live = page.locator(`[data-live="${name}"]`);
      await live.and(page.locator('[data-ready="true"]')).waitFor({ timeout: 60_000 });
      await live.locator('.drawing svg').first().waitFor({ timeout: 60_000 });
      const values = initialValues(examples[name]);
      expect(await figuresInPage(page, name)).toEqual(figuresInNode(name, values));

      const control = examples[name].controls.find(({ kind }) => kind === 'range');
      if (control?.kind !== 'range') throw new Error(`${name}: expected a range among the controls`);
      const moved = { ...values, [control.name]: control.value === control.max ? control.min : control.max };
      await live.locator(`input[name="${control.name}"]`).fill(String(moved[control.name]));
      const expected = figuresInNode(name, moved);
      await expect.poll(() => figuresInPage(page, name), { timeout: 60_000 }).toEqual(expected);
      expect(wrong).toEqual([]);
      await page.close();
    },
  );

  it('has a home page that leads to every package, and an API reference', async () => {
    const { page, wrong } = await open('/index.html');
    const links = await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    for (const name of Object.keys(examples)) {
      expect(links.some((link) => link?.includes(`/${name.split('/')[0]}/`))).toBe(true);
    }
    await page.goto(`${site.address}/api/@lemmata/hamming/functions/hammingProfile.html`);
    expect(await page.locator('h1').textContent()).toContain('hammingProfile');
    expect(wrong).toEqual([]);
    await page.close();
  });
});

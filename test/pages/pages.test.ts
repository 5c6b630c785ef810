import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../../scripts/chromium.mjs';
import { program } from './page/program.js';
import { serve } from './serve.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(import.meta.dirname, 'page/index.html'), 'utf8');

type Outcome = Awaited<ReturnType<typeof program>> & { readonly error?: string };

// Without a browser the tests are skipped on a developer's machine, and fail where CI is set.
describe.skipIf(chromiumPath === undefined && process.env['CI'] === undefined)('the packages in a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(() => browser?.close());

  /** Opens a page of a server and waits for what it computed; anything it says on its console is an error. */
  async function outcomeOf({ address, close }: { address: string; close: () => void }, path: string): Promise<Outcome> {
    const tab = await browser.newPage();
    const said: string[] = [];
    tab.on('console', (message) => said.push(message.text()));
    tab.on('pageerror', (error) => said.push(String(error)));
    const outside: string[] = [];
    tab.on('request', (request) => {
      if (!request.url().startsWith(address)) outside.push(request.url());
    });
    await tab.goto(address + path);
    await tab.waitForFunction('window.outcome !== undefined', undefined, { timeout: 60_000 });
    const outcome = (await tab.evaluate('window.outcome')) as Outcome;
    await tab.close();
    close();
    expect(outcome.error).toBeUndefined();
    expect({ said: said.filter((text) => !text.includes('favicon') && !text.includes('404')), outside }).toEqual({
      said: [],
      outside: [],
    });
    return outcome;
  }

  /** The import map that a page needs: one line for each entry of each package, nothing else. */
  function importMap(): string {
    const imports: Record<string, string> = {};
    for (const name of readdirSync(join(root, 'packages'))) {
      const { exports } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
      for (const [entry, target] of Object.entries<string | { default: string }>(exports)) {
        if (typeof target === 'string') continue;
        imports[`@lemmata/${name}${entry.slice(1)}`] = `/packages/${name}${target.default.slice(1)}`;
      }
    }
    return `<script type="importmap">${JSON.stringify({ imports })}</script>`;
  }
  const mapped = () => ({ '/test/pages/page/index.html': page.replace('<!-- import map -->', importMap()) });

  it('give the digests of Node from an import map', async () => {
    const outcome = await outcomeOf(await serve(root, mapped()), '/test/pages/page/index.html');
    expect(outcome).toEqual(await program());
    expect(outcome).toMatchObject({ chosen: 'wasm', liveArenas: 0 });
  });

  it('give the same digests where a content security policy forbids WebAssembly', async () => {
    const policy = { 'Content-Security-Policy': "script-src 'self' 'unsafe-inline'" };
    const outcome = await outcomeOf(await serve(root, mapped(), policy), '/test/pages/page/index.html');
    const { digests } = await program();
    expect(outcome).toEqual({ digests, chosen: 'js', liveArenas: 0 });
  });

  it('give the same digests built by Vite without configuration', async () => {
    const outDir = mkdtempSync(join(import.meta.dirname, 'built-'));
    try {
      await build({ root: join(import.meta.dirname, 'page'), configFile: false, logLevel: 'error', build: { outDir } });
      expect(await outcomeOf(await serve(outDir), '/index.html')).toEqual(await program());
    } finally {
      rmSync(outDir, { recursive: true });
    }
  });
});

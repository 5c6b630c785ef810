// Each published package, packed and installed outside the workspace with the tarballs of its own dependencies only, runs
// the code of its README in Node and, built by Vite, in Chromium, and prints the same in both.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import ts from 'typescript';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../../scripts/chromium.mjs';
import { Consumers, closure, manifests } from '../packed.ts';
import { serve } from './serve.ts';

/** The runner works in Node alone: it starts processes and writes files. */
const NODE_ALONE = ['@lemmata/bench'];

/** Keeps what is printed, in a form that is the same everywhere; the time a run took differs from run to run. */
const PRELUDE = `globalThis.printed = [];
const plain = (name, value) => (name === 'elapsedMs' ? undefined : ArrayBuffer.isView(value) ? [...value] : value);
console.log = (...values) => printed.push(values.map((value) => JSON.stringify(value, plain)).join(' '));
`;

/** The JavaScript of the `ts` blocks of an installed package's README. */
function readmeCode(folder: string, name: string): string {
  const text = readFileSync(join(folder, 'node_modules', name, 'README.md'), 'utf8');
  const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]);
  expect(blocks.length, `ts blocks in the README of ${name}`).toBeGreaterThan(0);
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  return blocks.map((block) => ts.transpileModule(block, { compilerOptions: options }).outputText).join('\n');
}

describe.skipIf(chromiumPath === undefined && process.env['CI'] === undefined)('the README of a packed package', () => {
  let consumers: Consumers;
  let browser: Browser;
  beforeAll(async () => {
    consumers = new Consumers();
    browser = await chromium.launch({
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    consumers?.dispose();
  });

  it.each([...manifests.keys()])('%s runs in Node and in Chromium', async (name) => {
    const folder = consumers.project(name, closure(name));
    writeFileSync(join(folder, 'prelude.js'), PRELUDE);
    writeFileSync(join(folder, 'readme.js'), readmeCode(folder, name));
    writeFileSync(
      join(folder, 'node.js'),
      "import './prelude.js';\nawait import('./readme.js');\nprocess.stdout.write(JSON.stringify(printed));\n",
    );
    const inNode = JSON.parse(execFileSync(process.execPath, ['node.js'], { cwd: folder, encoding: 'utf8' }));
    if (NODE_ALONE.includes(name)) return;
    expect(inNode.length).toBeGreaterThan(0);

    const script =
      "import './prelude.js';\nimport('./readme.js').then(() => (window.outcome = printed), (error) => (window.outcome = String(error)));\n";
    writeFileSync(join(folder, 'page.js'), script);
    writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="./page.js"></script>');
    await build({ root: folder, configFile: false, logLevel: 'error', build: { target: 'es2022', outDir: 'built' } });
    const { address, close } = await serve(join(folder, 'built'));
    const tab = await browser.newPage();
    await tab.goto(`${address}/index.html`);
    await tab.waitForFunction('window.outcome !== undefined', undefined, { timeout: 60_000 });
    const inPage = await tab.evaluate('window.outcome');
    await tab.close();
    close();
    expect(inPage).toEqual(inNode);
  });

  it("the repository's README shows a page without a build step that works", async () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    const html = /```html\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const folder = consumers.project('page', closure('@lemmata/coordinate-descent'));
    writeFileSync(join(folder, 'index.html'), `<!doctype html><body>${html}</body>`);
    const { address, close } = await serve(folder);
    const tab = await browser.newPage();
    await tab.goto(`${address}/index.html`);
    await tab.waitForFunction('/^-?[0-9.]+,-?[0-9.]+$/.test(document.body.textContent)', undefined, {
      timeout: 60_000,
    });
    await tab.close();
    close();
  });
});

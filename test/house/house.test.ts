import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { documentationGaps } from './documentation-rules.ts';
import { ALGORITHMS } from './floors.ts';
import { sourceViolations } from './source-rules.ts';

const root = join(import.meta.dirname, '../..');

/** Every TypeScript and JavaScript source of the repository that is, or is about to be, under version control. */
function sources(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((path) => /^(packages|benchmarks|examples|docs)\/.*\.(ts|mjs|js|vue)$/.test(path))
    .filter((path) => !/\/assembly\/|vitest\.config\.ts$/.test(path) && existsSync(join(root, path)));
}

/** The entry files of a package, by what its package.json exports. */
function entries(name: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  return Object.values<{ default?: string }>(manifest.exports)
    .flatMap(({ default: built }) => (built === undefined ? [] : [built]))
    .map((built) => join(root, 'packages', name, built.replace('./dist/', 'src/').replace(/\.js$/, '.ts')));
}

describe('the house', () => {
  it('keeps its rules in every source file', () => {
    const files = sources();
    expect(files.length).toBeGreaterThan(20);
    const violations = files.flatMap((path) => sourceViolations(path, readFileSync(join(root, path), 'utf8')));
    expect(violations.map(({ path, line, rule, message }) => `${path}:${line} (${rule}) ${message}`)).toEqual([]);
  });

  const packages = ['core', 'linalg', 'bench', ...ALGORITHMS].filter((name) =>
    existsSync(join(root, 'packages', name)),
  );
  it.each(packages)('documents every public symbol of %s', (name) => {
    const examples = (ALGORITHMS as readonly string[]).includes(name);
    const gaps = entries(name).flatMap((entry) => documentationGaps(entry, examples));
    expect(gaps.map(({ symbol, message }) => `${symbol} ${message}`)).toEqual([]);
  });
});

describe('the rules', () => {
  const LASSO = 'packages/coordinate-descent/src/lasso.ts';
  it.each<[rule: string, path: string, text: string]>([
    ['imports', LASSO, "import { hammingProfile } from '@lemmata/hamming';"],
    ['imports', LASSO, "export { hammingProfile } from '@lemmata/hamming';"],
    ['imports', LASSO, "import type { Profile } from '@lemmata/hamming';"],
    ['imports', LASSO, "type Profile = import('@lemmata/hamming').Profile;"],
    ['imports', LASSO, "const hamming = await import('@lemmata/hamming');"],
    ['imports', LASSO, 'const hamming = await import(`@lemmata/hamming`);'],
    ['imports', LASSO, "const hamming = require('@lemmata/hamming');"],
    ['imports', LASSO, "const name = '@lemmata/' + 'hamming'; await import(name);"],
    ['imports', LASSO, "import { x } from '../../hamming/src/index.js';"],
    ['imports', LASSO, "import { x } from '@lemmata/linalg/dist/kernels/dense.js';"],
    ['imports', LASSO, "import { bruteForceLasso } from '@lemmata/testing';"],
    ['imports', LASSO, "import { x } from '../test/fixtures.js';"],
    ['imports', LASSO, "import { planSuites } from '@lemmata/bench';"],
    ['imports', 'packages/core/src/driver.ts', "import { dot } from '@lemmata/linalg';"],
    ['imports', 'packages/linalg/src/index.ts', "import { lasso } from '@lemmata/coordinate-descent';"],
    ['imports', 'packages/bench/src/run.ts', "import { dot } from '@lemmata/linalg';"],
    ['imports', 'packages/testing/src/index.ts', "import { exp } from '@lemmata/core';"],
    ['imports', 'packages/helpers/src/index.ts', "import { exp } from '@lemmata/core';"],
    ['imports', 'benchmarks/coordinate-descent/solver.ts', "import { x } from '../../packages/core/src/index.js';"],
    ['portable-math', LASSO, 'const y = Math.exp(x);'],
    ['portable-math', LASSO, "const y = Math['exp'](x);"],
    ['portable-math', LASSO, 'const y = globalThis.Math.exp(x);'],
    ['portable-math', LASSO, 'const { exp } = Math;'],
    ['portable-math', LASSO, 'const M = Math;'],
    ['portable-math', LASSO, 'const y = Math[name](x);'],
    ['portable-math', LASSO, 'const y = Math.hypot(3, 4);'],
    ['portable-math', LASSO, 'const y = x ** 2;'],
    ['portable-math', LASSO, 'x **= 2;'],
    ['randomness-and-time', LASSO, 'const y = Math.random();'],
    ['randomness-and-time', LASSO, 'const t = Date.now();'],
    ['randomness-and-time', LASSO, 'const t = new Date();'],
    ['length', LASSO, 'const x = 1;\n'.repeat(401)],
    ['length', LASSO, `// Over 400 lines:\n${'const x = 1;\n'.repeat(401)}`],
  ])('find a planted violation of "%s" in %s: %s', (rule, path, text) => {
    expect(sourceViolations(path, text).map((violation) => violation.rule)).toContain(rule);
  });

  it.each<[path: string, text: string]>([
    [
      LASSO,
      "import { dot } from '@lemmata/linalg';\nimport { run } from '@lemmata/core';\nimport { a } from './gap.js';",
    ],
    [LASSO, "import { toMlMatrix } from '@lemmata/linalg/dense';"],
    [LASSO, "const y = Math.sqrt(x) + Math['abs'](x) + Math.PI; const settings = { Math: 1 };"],
    [
      'packages/coordinate-descent/test/lasso.test.ts',
      "import { bruteForceLasso } from '@lemmata/testing';\nMath.exp(1);",
    ],
    ['packages/core/src/math/exp.ts', 'const y = Math.pow(2, x);'],
    ['packages/bench/src/run.ts', 'const module = await import(url); const t = new Date();'],
    ['benchmarks/coordinate-descent/solver.ts', "import { lasso } from '@lemmata/coordinate-descent';"],
    [LASSO, `// Over 400 lines: one table of constants\n${'const x = 1;\n'.repeat(401)}`],
    [LASSO, 'const x = 1;\n'.repeat(400)],
  ])('let through what is allowed in %s: %s', (path, text) => {
    expect(sourceViolations(path, text)).toEqual([]);
  });

  const DOCUMENTED = `
    /** Counts. */
    export interface Counts {
      /** Sweeps done. */
      readonly sweeps: number;
    }
    /**
     * Solves.
     * @param b - targets
     * @returns counts
     * @example
     * solve(1)
     */
    export function solve(b: number): Counts { return { sweeps: b }; }
    /** A structure. */
    export class Selector {
      /** Adds. */
      insert(): void {}
      #hidden = 1;
    }
    /** Defaults. */
    export const DEFAULTS: number = 1;`;
  it.each<[gap: string, from: string, to: string]>([
    ['Counts is not documented', '/** Counts. */', ''],
    ['Counts.sweeps is not documented', '/** Sweeps done. */', ''],
    ['solve @param b is missing', '* @param b - targets', '*'],
    ['solve @returns is missing', '* @returns counts', '*'],
    ['solve @example is missing', '* @example', '*'],
    ['Selector.insert is not documented', '/** Adds. */', ''],
    ['DEFAULTS is not documented', '/** Defaults. */', ''],
  ])('find a planted undocumented symbol: %s', (gap, from, to) => {
    const gapsOf = (text: string) => {
      const host = ts.createCompilerHost({});
      const { getSourceFile, fileExists } = host;
      host.fileExists = (path) => path === 'planted.ts' || fileExists(path);
      host.getSourceFile = (path, ...rest) =>
        path === 'planted.ts'
          ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true)
          : getSourceFile(path, ...rest);
      return documentationGaps('planted.ts', true, host).map(({ symbol, message }) => `${symbol} ${message}`);
    };
    expect(gapsOf(DOCUMENTED)).toEqual([]);
    expect(gapsOf(DOCUMENTED.replace(from, to))).toEqual([gap]);
  });
});

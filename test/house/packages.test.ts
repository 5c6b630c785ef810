import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const names = readdirSync(join(root, 'packages'));
const manifest = (name: string) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
const published = names.filter((name) => manifest(name).private !== true);

describe.each(published)('the package %s', (name) => {
  const { dependencies = {}, devDependencies: _, ...json } = manifest(name);

  it('says what every package says', () => {
    expect(json).toMatchObject({
      name: `@lemmata/${name}`,
      version: manifest('core').version,
      license: 'MIT',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20' },
      files: expect.arrayContaining(['dist', 'src']),
    });
    expect(json.description).toMatch(/\S/);
    expect(json.repository).toBeUndefined();
    for (const file of ['README.md', 'LICENSE']) expect(existsSync(join(root, 'packages', name, file))).toBe(true);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(json.scripts[script]).toBeUndefined();
  });

  it('has entries with types first, all of them built', () => {
    for (const [entry, target] of Object.entries<string | Record<string, string>>(json.exports)) {
      if (entry === './package.json') continue;
      expect(Object.keys(target)).toEqual(['types', 'default']);
      for (const file of Object.values(target)) expect(existsSync(join(root, 'packages', name, file))).toBe(true);
    }
  });

  it('depends on packages of its own version by an ordinary range', () => {
    for (const [dependency, range] of Object.entries(dependencies)) {
      if (dependency.startsWith('@lemmata/')) expect(range).toBe(`^${json.version}`);
    }
  });

  it('compiles for a consumer without DOM and Node types, library checks on', () => {
    const entry = join(root, 'packages', name, 'consumer.ts');
    const modules = Object.keys(json.exports)
      .filter((key) => key !== './package.json')
      .map((key) => `@lemmata/${name}${key.slice(1)}`);
    const text = modules.map((module, i) => `import * as m${i} from '${module}';\nvoid m${i};\n`).join('');
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ['lib.es2022.d.ts'],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    };
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    host.fileExists = (path) => path === entry || fileExists(path);
    host.getSourceFile = (path, ...rest) =>
      path === entry ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022) : getSourceFile(path, ...rest);
    const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([entry], options, host));
    const own = diagnostics.filter(({ file }) => !/node_modules\/(?!@lemmata)/.test(file?.fileName ?? ''));
    expect(ts.formatDiagnostics(own, { ...host, getCurrentDirectory: () => root })).toBe('');
  });
});

describe('the lock file', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

  it('holds no address of a registry', () => {
    const addresses = Object.values<{ resolved?: string }>(lock.packages).flatMap(({ resolved = '' }) =>
      resolved.includes('://') ? [resolved] : [],
    );
    expect(addresses).toEqual([]);
  });

  it('has every optional platform package that a dependency names', () => {
    const before = readFileSync(join(root, 'package-lock.json'), 'utf8');
    const script = join(root, 'scripts/fix-lockfile.mjs');
    expect(execFileSync(process.execPath, [script, '--check'], { cwd: root, encoding: 'utf8' })).toMatch(
      /: 0 platform/,
    );
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).toBe(before);
  });
});

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestBytes, digestJson, InvalidInputError } from '@lemmata/core';
import { init, parse } from 'es-module-lexer';

/** What a module's code is made of. */
export interface SourceDigest {
  /** SHA-256 over all files and package versions. */
  readonly digest: string;
  /** Versions of the packages that it reaches, ours and others, by name. */
  readonly packages: Readonly<Record<string, string>>;
}

/** A package on disk. */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** The runner itself is no part of what it measures; its rules have a version of their own in the task key. */
const RUNNER = '@lemmata/bench';

/**
 * Digests the sources that a built module reaches through its imports.
 *
 * Files reached by relative imports, and files of workspace packages (those whose real path lies outside
 * `node_modules`), count with their bytes; other packages count as name and version; built-in modules do not count, nor
 * does the runner. Imports of a name computed at run time cannot be followed. Paths enter relative to their package, so
 * that the digest does not depend on where the project lies.
 *
 * @param file - absolute path of the module
 * @param extra - further files that decide what runs, as paths or `file:` addresses
 * @returns the digest and the packages
 * @throws InvalidInputError `ERR_FORMAT` when an import leads nowhere
 */
export async function sourceDigest(file: string, extra: readonly string[] = []): Promise<SourceDigest> {
  await init();
  const files = new Map<string, string>();
  const packages = new Map<string, string>();
  const paths = extra.map((source) => (source.startsWith('file:') ? fileURLToPath(source) : source));
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const path = realpathSync(required(next, file));
    if (files.has(path)) continue;
    files.set(path, '');
    for (const specifier of importsOf(path)) {
      const reached = resolveImport(specifier, path, packages);
      if (reached !== undefined) waiting.push(reached);
    }
  }
  for (const path of paths) files.set(realpathSync(required(path, file)), '');
  const list: [string, string][] = [];
  for (const path of files.keys()) {
    list.push([placeOf(path), await digestBytes(readFileSync(path))]);
  }
  list.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  const versions = Object.fromEntries([...packages].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { digest: await digestJson({ files: list, packages: versions }), packages: versions };
}

function required(path: string, from: string): string {
  if (existsSync(path)) return path;
  throw new InvalidInputError(`${from}: expected its imports to exist (is it built?), got no ${path}`, 'ERR_FORMAT', {
    argument: from,
    actual: path,
  });
}

function importsOf(path: string): string[] {
  if (!/\.[cm]?js$/.test(path)) return [];
  const [imports] = parse(readFileSync(path, 'utf8'), path);
  // A name that is a pattern (`glob`) is known at run time alone.
  return imports
    .filter((found) => found.type !== 'import-meta' && !(found.type === 'dynamic' && found.glob))
    .map(({ specifier }) => specifier)
    .filter((name) => typeof name === 'string');
}

/** Follows an import: the file to read, or undefined when it ends here. */
function resolveImport(specifier: string, from: string, packages: Map<string, string>): string | undefined {
  if (specifier.startsWith('node:')) return undefined;
  if (specifier.startsWith('file:')) return fileURLToPath(specifier);
  if (specifier.startsWith('.') || specifier.startsWith('/')) return join(dirname(from), specifier);
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const found = findPackage(name, from);
  // Built-in modules may be written without their prefix.
  if (found === undefined && createRequire(from).resolve.paths(specifier) === null) return undefined;
  if (found === undefined) throw new InvalidInputError(`${from}: expected package ${name}, got none`, 'ERR_FORMAT');
  packages.set(found.name, found.version);
  if (name === RUNNER || found.folder.split(sep).includes('node_modules')) return undefined;
  return createRequire(from).resolve(specifier);
}

/** Finds a package as Node does: in the nearest `node_modules`, or as the package that `from` itself belongs to. */
function findPackage(name: string, from: string): Package | undefined {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const installed = readPackage(join(folder, 'node_modules', name));
    if (installed !== undefined) return installed;
    const own = readPackage(folder);
    if (own?.name === name) return own;
    if (folder === dirname(folder)) return undefined;
  }
}

function readPackage(folder: string): Package | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version?: string };
  if (name === undefined) return undefined;
  return { name, version: version ?? '0.0.0', folder: realpathSync(folder) };
}

/** A file's place in a form that is the same on every machine: its package and the path within. */
function placeOf(path: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const owner = readPackage(folder);
    if (owner !== undefined) return `${owner.name}/${relative(folder, path).split(sep).join('/')}`;
  }
  return path.split(sep).slice(-1)[0];
}

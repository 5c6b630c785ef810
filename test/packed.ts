// Published packages as their users get them: packed, and installed outside the workspace with the tarballs of their own
// dependencies only.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The root folder of the repository. */
export const root = join(import.meta.dirname, '..');

/** What a package says about itself. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The published packages by name. */
export const manifests: ReadonlyMap<string, Manifest> = new Map(
  readdirSync(join(root, 'packages'))
    .map((folder): Manifest => JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')))
    .filter((manifest) => manifest.private !== true)
    .map((manifest) => [manifest.name, manifest]),
);

/** The package and those of ours that it needs, directly or through others. */
export function closure(name: string): string[] {
  const needed = Object.keys(manifests.get(name)?.dependencies ?? {}).filter((dependency) => manifests.has(dependency));
  return [...new Set([name, ...needed.flatMap(closure)])];
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
  });
}

/** A folder outside the workspace with every published package as a tarball. */
export class Consumers {
  readonly #work = mkdtempSync(join(tmpdir(), 'lemmata-consumers-'));
  readonly #tarballs = new Map<string, string>();

  constructor() {
    const wanted = [...manifests.keys()].map((name) => `--workspace=${name}`);
    const packed: { name: string; filename: string }[] = JSON.parse(
      npm(root, 'pack', '--json', ...wanted, `--pack-destination=${this.#work}`),
    );
    for (const { name, filename } of packed) this.#tarballs.set(name, join(this.#work, filename));
  }

  /** Makes a project with the given packages installed, ours from their tarballs, others from the registry; returns its folder. */
  project(name: string, packages: readonly string[]): string {
    const folder = join(this.#work, name.replaceAll(/\W/g, '-'));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
    npm(
      folder,
      'install',
      '--prefer-offline',
      '--ignore-scripts',
      ...packages.map((wanted) => this.#tarballs.get(wanted) ?? wanted),
    );
    return folder;
  }

  /** Removes everything. */
  dispose(): void {
    rmSync(this.#work, { recursive: true, force: true });
  }
}

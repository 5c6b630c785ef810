// Where the benchmarks of the packages lie.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './set-up.mjs';

/** The suite files of all packages whose name begins with a word, relative to the root. */
export function suitesNamed(word) {
  return readdirSync(join(root, 'benchmarks'))
    .map((name) => join('benchmarks', name, 'suites'))
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))
    .filter((file) => new RegExp(`[\\\\/]${word}[^\\\\/]*\\.json$`).test(file))
    .sort();
}

/** The built modules of a name, one at most for each folder of benchmarks, relative to the root. */
export function builtModules(file) {
  return readdirSync(join(root, 'benchmarks'))
    .map((name) => join('benchmarks/dist', name, file))
    .filter((path) => existsSync(join(root, path)));
}

import { resolve } from 'node:path';
import { InvalidInputError } from '@lemmata/core';
import type { PlannedModule, PlannedTask } from './plan.js';
import { sourceDigest } from './source-digest.js';

/**
 * Checks that sources are as they were planned: a plan holds the digests of what it was made from, and running anything
 * else under its keys would be a lie.
 *
 * @param root - absolute path of the folder of results
 * @param tasks - tasks of its plan
 * @throws InvalidInputError `ERR_STATE` when a module changed since
 */
export async function checkSources(root: string, tasks: readonly PlannedTask[]): Promise<void> {
  const digests = new Map<string, Promise<string>>();
  const digestOf = (module: PlannedModule): Promise<string> => {
    const name = JSON.stringify([module.file, module.sources]);
    const extra = module.sources.map((source) => resolve(root, source));
    const digest = digests.get(name) ?? sourceDigest(resolve(root, module.file), extra).then((found) => found.digest);
    digests.set(name, digest);
    return digest;
  };
  for (const task of tasks) {
    for (const kind of ['problem', 'dataset', 'solver'] as const) {
      if ((await digestOf(task.modules[kind])) === task[kind].sourceDigest) continue;
      throw new InvalidInputError(
        `plan.json: expected the sources of ${kind} ${task[kind].name} as they were planned, got others; plan again`,
        'ERR_STATE',
      );
    }
  }
}

import { pathToFileURL } from 'node:url';
import { InvalidInputError } from '@lemmata/core';
import type { Dataset, Params, Problem, Solver } from './contracts.js';

/** What a module of each kind exports and returns. */
export interface Definitions {
  /** A module with `problem(params)`. */
  readonly problem: Problem;
  /** A module with `dataset(params)`. */
  readonly dataset: Dataset;
  /** A module with `solver(params)`. */
  readonly solver: Solver;
}

/** Members that must be functions, for each kind. */
const FUNCTIONS: { readonly [K in keyof Definitions]: readonly string[] } = {
  problem: ['load', 'evaluate', 'trivialSolution', 'verify'],
  dataset: ['generate'],
  solver: ['supports', 'setup', 'run', 'solution', 'counts'],
};

/** Members that must be texts, for each kind. */
const TEXTS: { readonly [K in keyof Definitions]: readonly string[] } = {
  problem: ['name', 'version', 'metric', 'count', 'referenceKind'],
  dataset: ['name', 'version', 'licence', 'source'],
  solver: ['name', 'version', 'language', 'sampling', 'determinism'],
};

/**
 * Loads a built module and makes the problem, data set or solver of some parameters.
 *
 * @param kind - what the module exports
 * @param file - absolute path of the module
 * @param params - the parameters that a suite names
 * @returns the definition
 * @throws InvalidInputError `ERR_FORMAT` when there is no such module or it does not export what its kind needs
 */
export async function loadDefinition<K extends keyof Definitions>(
  kind: K,
  file: string,
  params: Params,
): Promise<Definitions[K]> {
  const refuse = (expected: string, actual: string): InvalidInputError =>
    new InvalidInputError(`${file}: expected ${expected}, got ${actual}`, 'ERR_FORMAT', { argument: file });
  let module: Record<string, unknown>;
  try {
    // Which modules there are is known from suites alone, so this is the one place that imports by name.
    module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw refuse('a module that loads (built before the run)', (error as Error).message);
  }
  const make = module[kind];
  if (typeof make !== 'function') throw refuse(`an export ${kind}(params)`, typeof make);
  const definition = make(params) as Record<string, unknown> | null | undefined;
  for (const name of TEXTS[kind]) {
    const member = definition?.[name];
    if (typeof member !== 'string' || member === '')
      throw refuse(`${kind}(params).${name} to be a text`, typeof member);
  }
  for (const name of FUNCTIONS[kind]) {
    const member = definition?.[name];
    if (typeof member !== 'function') throw refuse(`${kind}(params).${name} to be a function`, typeof member);
  }
  if (typeof definition?.['params'] !== 'object' || definition['params'] === null) {
    throw refuse(`${kind}(params).params to be an object`, typeof definition?.['params']);
  }
  return definition as unknown as Definitions[K];
}

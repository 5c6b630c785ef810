import { pathToFileURL } from 'node:url';
import { InvalidInputError } from '@lemmata/core';
import type { Claim, Dataset, Params, Problem, Solver } from './contracts.js';
import type { Kernel } from './kernel-contracts.js';

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
  const refuse = (expected: string, actual: string): InvalidInputError => malformed(file, expected, actual);
  const module = await importModule(file);
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

function malformed(file: string, expected: string, actual: string): InvalidInputError {
  return new InvalidInputError(`${file}: expected ${expected}, got ${actual}`, 'ERR_FORMAT', { argument: file });
}

async function importModule(file: string): Promise<Record<string, unknown>> {
  try {
    // Which modules there are is known from suites and command lines alone, so this is the one place that imports by name.
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw malformed(file, 'a module that loads (built before the run)', (error as Error).message);
  }
}

/**
 * Loads the claims of a built module.
 *
 * @param file - absolute path of the module
 * @returns its claims, at least one
 * @throws InvalidInputError `ERR_FORMAT` when it exports none, or one that is incomplete
 */
export async function loadClaims(file: string): Promise<readonly Claim[]> {
  const { claims } = await importModule(file);
  if (!Array.isArray(claims) || claims.length === 0) throw malformed(file, 'an export claims, a list', typeof claims);
  for (const claim of claims as Partial<Claim>[]) {
    for (const name of ['id', 'source', 'statement', 'workload'] as const) {
      if (typeof claim[name] !== 'string') throw malformed(file, `claims[].${name} to be a text`, typeof claim[name]);
    }
    const { bound, measure } = claim;
    const limits = Object.entries(bound ?? {});
    const bounded = limits.length === 1 && /^at(Most|Least)$/.test(limits[0][0]) && Number.isFinite(limits[0][1]);
    if (!bounded) throw malformed(file, 'claims[].bound to be { atMost } or { atLeast }', JSON.stringify(bound));
    if (typeof measure !== 'function') throw malformed(file, 'claims[].measure to be a function', typeof measure);
  }
  return claims as readonly Claim[];
}

/**
 * Loads the kernels of a built module.
 *
 * @param file - absolute path of the module
 * @returns its kernels, at least one, each with at least one version
 * @throws InvalidInputError `ERR_FORMAT` when it exports none
 */
export async function loadKernels(file: string): Promise<readonly Kernel[]> {
  const { kernels } = await importModule(file);
  if (!Array.isArray(kernels) || kernels.length === 0)
    throw malformed(file, 'an export kernels, a list', typeof kernels);
  for (const kernel of kernels as Partial<Kernel>[]) {
    if (typeof kernel.name !== 'string') throw malformed(file, 'kernels[].name to be a text', typeof kernel.name);
    if (!kernel.versions?.length) throw malformed(file, `versions of kernel ${kernel.name}`, 'none');
  }
  return kernels as readonly Kernel[];
}

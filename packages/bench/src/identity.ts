import { digestJson, type JsonValue } from '@lemmata/core';
import type { Named } from './contracts.js';

/** Version of the measuring rules. It enters every task key: raise it when results of older runs no longer compare. */
export const RUNNER_VERSION = 5;

/**
 * The id of a problem, data set or solver: `name@version#` and 16 digits of the SHA-256 of its parameters.
 *
 * @param named - name, version and parameters
 * @returns the id, equal exactly when all three are
 */
export async function idOf(named: Pick<Named, 'name' | 'version' | 'params'>): Promise<string> {
  return `${named.name}@${named.version}#${(await digestJson(named.params)).slice(0, 16)}`;
}

/**
 * Derives a seed: the SHA-256 of a base and the values of the axes that it depends on.
 *
 * @param base - seed of the suite
 * @param axes - what the stream is for, then the values it depends on
 * @returns 64 hexadecimal digits
 */
export function deriveSeed(base: string, ...axes: readonly (string | number)[]): Promise<string> {
  return digestJson([base, ...axes]);
}

/** Everything that decides what a task does. Where it runs and how long it takes are no part of it. */
export interface TaskIdentity {
  /** Id of the problem. */
  readonly problemId: string;
  /** Id of the data set. */
  readonly datasetId: string;
  /** Id of the solver. */
  readonly solverId: string;
  /** Version of the software that the solver runs, `missing` when it is not there. */
  readonly softwareVersion: string;
  /** Number of the repetition, from 0. */
  readonly repetition: number;
  /** Seeds of the data and of the solver. */
  readonly seeds: { readonly data: string; readonly solver: string };
  /** Value of the metric to reach, or null. */
  readonly target: number | null;
  /** Limits of one run. */
  readonly budget: Readonly<Record<string, number>>;
  /** Seconds after which the task is ended. */
  readonly timeoutSeconds: number;
  /** Fewest warm runs. */
  readonly warmRuns: number;
  /** Fewest seconds of warm runs. */
  readonly warmSeconds: number;
  /** Threads that the solver may use. */
  readonly threads: number;
  /** Digests of the sources of problem, data set and solver. */
  readonly sources: { readonly problem: string; readonly dataset: string; readonly solver: string };
}

/**
 * The key of a task: the SHA-256 of its identity. The same key is the same work, which is never done twice.
 *
 * @param identity - what decides the task
 * @returns 64 hexadecimal digits
 */
export function taskKey(identity: TaskIdentity): Promise<string> {
  return digestJson({ runner: RUNNER_VERSION, ...identity } as unknown as JsonValue);
}

import { DimensionError, InvalidInputError, notFinite, refusal, requireNumber, requireVector } from '@lemmata/core';
import { readGroups } from '../groups/column-groups.js';
import { GroupSeparable } from './group-separable.js';
import type { BlockProblem, GroupNorms } from './minimize-options.js';
import { Separable } from './separable.js';

/**
 * Reads the separable part of a problem.
 *
 * @param problem - the problem
 * @param n - number of variables
 * @returns the part, checked
 * @throws DimensionError, InvalidInputError for lengths that do not fit, numbers out of range and bounds that cross
 */
export function readSeparable({ l1, lower, upper, groupNorms }: BlockProblem, n: number): Separable {
  const weights = l1 === undefined ? new Float64Array(n) : numbers('problem.l1', l1, n, undefined);
  const negative = weights.findIndex((t) => t < 0);
  if (negative >= 0) throw refusal(place('problem.l1', l1, negative), 'a number >= 0', weights[negative]);
  if (groupNorms !== undefined) {
    for (const [name, bound] of Object.entries({ lower, upper })) if (bound !== undefined) throw withNorms(name, bound);
    return withGroups(weights, groupNorms, n);
  }
  const least =
    lower === undefined ? new Float64Array(n).fill(-Infinity) : numbers('problem.lower', lower, n, -Infinity);
  const most = upper === undefined ? new Float64Array(n).fill(Infinity) : numbers('problem.upper', upper, n, Infinity);
  const crossed = least.findIndex((value, i) => value > most[i]);
  if (crossed >= 0) {
    throw refusal(place('problem.lower', lower, crossed), `at most problem.upper = ${most[crossed]}`, least[crossed]);
  }
  return new Separable(weights, least, most);
}

function withNorms(name: string, bound: unknown): InvalidInputError {
  const { message, details } = refusal(`problem.${name}`, 'it left out with problem.groupNorms', bound);
  return new InvalidInputError(message, 'ERR_INCOMPATIBLE', details);
}

function withGroups(l1: Float64Array, norms: GroupNorms, n: number): GroupSeparable {
  if (typeof norms !== 'object' || norms === null) throw refusal('problem.groupNorms', 'groups and lambda', norms);
  const lambda = requireNumber('problem.groupNorms.lambda', norms.lambda, 0);
  const groups = readGroups(norms.groups, n, 'problem.groupNorms.groups', 'variables');
  const { count, starts } = groups;
  const weights =
    norms.weights === undefined
      ? Float64Array.from({ length: count }, (_, g) => Math.sqrt(starts[g + 1] - starts[g]))
      : requireVector('problem.groupNorms.weights', norms.weights, count, 'groups');
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0) throw refusal(`problem.groupNorms.weights[${negative}]`, 'a number >= 0', weights[negative]);
  return new GroupSeparable(
    l1,
    groups,
    weights.map((weight) => lambda * weight),
  );
}

/**
 * Reads where to start.
 *
 * @param initial - the option
 * @param separable - whose bounds it has to respect
 * @param n - number of variables
 * @returns the point, a copy; the one nearest to 0 when none was given
 * @throws DimensionError, InvalidInputError when it is no such point
 */
export function readInitial(initial: ArrayLike<number> | undefined, separable: Separable, n: number): Float64Array {
  if (initial === undefined) return Float64Array.from({ length: n }, (_, i) => separable.clamp(i, 0));
  const start = requireVector('options.initial', initial, n, 'variables');
  const outside = start.findIndex((value, i) => separable.clamp(i, value) !== value);
  if (outside < 0) return start;
  const range = `a number within its bounds [${separable.lower[outside]}, ${separable.upper[outside]}]`;
  throw refusal(`options.initial[${outside}]`, range, start[outside]);
}

function place(argument: string, given: unknown, index: number): string {
  return typeof given === 'number' ? argument : `${argument}[${index}]`;
}

/** One number a variable: finite, or the infinity that means no bound. */
function numbers(
  argument: string,
  given: number | ArrayLike<number>,
  n: number,
  none: number | undefined,
): Float64Array {
  if (typeof given !== 'number' && (typeof given !== 'object' || given === null)) {
    throw refusal(argument, 'a number or an array of numbers', given, 'ERR_INPUT');
  }
  if (typeof given !== 'number' && given.length !== n) {
    throw new DimensionError(`${argument}: expected length ${n} (variables), got ${given.length}`, {
      argument,
      expected: n,
      actual: given.length,
    });
  }
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = typeof given === 'number' ? given : given[i];
    if (typeof value !== 'number' || !(Number.isFinite(value) || value === none)) {
      throw notFinite(place(argument, given, i), value, i);
    }
    values[i] = value;
  }
  return values;
}

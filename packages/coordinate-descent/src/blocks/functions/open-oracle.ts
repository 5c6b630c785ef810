import { refusal, requireInteger, requireVector } from '@lemmata/core';
import { type BlockOracle, FunctionOracle } from '../oracle.js';
import type { SmoothFunction } from './smooth-function.js';

const openers = new WeakMap<object, () => BlockOracle>();

/**
 * Gives a function of this package an oracle that keeps what it knows along the way.
 *
 * @param f - the function
 * @param open - makes a fresh oracle
 */
export function registerOracle(f: SmoothFunction, open: () => BlockOracle): void {
  openers.set(f, open);
}

/**
 * Opens the oracle of a run.
 *
 * @param f - a function of this package or the caller's own
 * @returns a fresh oracle, to be disposed of
 * @throws InvalidInputError, DimensionError when it is no function of this form
 */
export function openOracle(f: SmoothFunction): BlockOracle {
  if (typeof f !== 'object' || f === null) throw refusal('problem.smooth', 'a smooth function', f);
  const open = openers.get(f);
  if (open !== undefined) return open();
  const dimension = requireInteger('problem.smooth.dimension', f.dimension, 1, 2147483647);
  const lipschitz = requireVector('problem.smooth.lipschitz', f.lipschitz, dimension, 'variables');
  const negative = lipschitz.findIndex((value) => value < 0);
  if (negative >= 0) throw refusal(`problem.smooth.lipschitz[${negative}]`, 'a number >= 0', lipschitz[negative]);
  if (f.thirdOrder !== undefined) {
    const third = requireVector('problem.smooth.thirdOrder', f.thirdOrder, dimension, 'variables');
    const below = third.findIndex((value) => value < 0);
    if (below >= 0) throw refusal(`problem.smooth.thirdOrder[${below}]`, 'a number >= 0', third[below]);
  }
  for (const name of ['value', 'gradient'] as const) {
    if (typeof f[name] !== 'function') throw refusal(`problem.smooth.${name}`, 'a function', f[name]);
  }
  for (const name of ['blockBound', 'blockHessian'] as const) {
    if (f[name] !== undefined && typeof f[name] !== 'function') {
      throw refusal(`problem.smooth.${name}`, 'a function or nothing', f[name]);
    }
  }
  return new FunctionOracle(f);
}

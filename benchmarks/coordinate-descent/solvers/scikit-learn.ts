// scikit-learn's Lasso in a Python process.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { LassoInstance, LassoSolution } from '../certificate.js';

/** `sklearn.linear_model.Lasso`, tightened until the gap of our own evaluation is met. */
export function solver(given: Params): Solver<LassoInstance, LassoSolution> {
  return pythonPeer<LassoInstance, LassoSolution>({
    name: 'scikit-learn',
    version: '1',
    params: readParams('solver scikit-learn', given, {}),
    sampling: 'rerun',
    script: fileURLToPath(new URL('../../../coordinate-descent/peers/scikit_learn_lasso.py', import.meta.url)),
    settings:
      'Lasso with cyclic selection on Fortran-ordered or CSC arrays, precompute off, copy_X off, input checks as usual, one thread; its tolerance is relative to |b|^2',
    install: 'pip install scikit-learn==1.9.1 threadpoolctl',
  });
}

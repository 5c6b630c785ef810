// scikit-learn's Lasso in a Python process.
import { fileURLToPath } from 'node:url';
import { type Params, peerSolver, readParams, type Solver } from '@lemmata/bench';
import type { LassoInstance, LassoSolution } from '../certificate.js';

const PEER = fileURLToPath(new URL('../../../coordinate-descent/peers/scikit_learn_lasso.py', import.meta.url));

/** `sklearn.linear_model.Lasso`, tightened until the gap of our own evaluation is met. */
export function solver(given: Params): Solver<LassoInstance, LassoSolution> {
  return peerSolver<LassoInstance, LassoSolution>({
    name: 'scikit-learn',
    version: '1',
    params: readParams('solver scikit-learn', given, {}),
    language: 'Python',
    sampling: 'rerun',
    sources: [PEER],
    settings:
      'Lasso with cyclic selection on Fortran-ordered or CSC arrays, precompute off, copy_X off, input checks as usual, one thread; its tolerance is relative to |b|^2',
    command: process.env['LEMMATA_PYTHON'] ?? 'python3',
    args: [PEER],
    install: 'pip install scikit-learn==1.9.1 threadpoolctl',
  });
}

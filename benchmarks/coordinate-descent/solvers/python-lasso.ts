// Lasso solvers in Python processes.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { LassoInstance, LassoSolution } from '../certificate.js';

const peer = (name: string): string =>
  fileURLToPath(new URL(`../../../coordinate-descent/peers/${name}.py`, import.meta.url));

const LIBRARIES = {
  'scikit-learn': {
    script: peer('scikit_learn_lasso'),
    settings:
      'Lasso with cyclic selection on Fortran-ordered or CSC arrays, precompute off, copy_X off, input checks as usual, one thread; its tolerance is relative to |b|^2',
    install: 'pip install scikit-learn==1.9.1 threadpoolctl',
  },
  celer: {
    script: peer('celer_lasso'),
    settings: 'Lasso on Fortran-ordered or CSC arrays, pruning on, one thread; its tolerance is relative to |b|^2',
    install: 'pip install celer==0.7.4',
  },
  skglm: {
    script: peer('skglm_lasso'),
    settings:
      'Lasso with working sets and Anderson acceleration, compiled before the clock, one thread; its tolerance bounds subgradients',
    install: 'pip install skglm==0.5',
  },
} as const;

/** One of the libraries, tightened until the gap of our own evaluation is met. */
export function solver(given: Params): Solver<LassoInstance, LassoSolution> {
  const params = readParams('solver python-lasso', given, {
    library: ['scikit-learn', 'celer', 'skglm'],
    // The Python that comes with Debian has the scikit-learn of its release.
    python: ['chosen', '/usr/bin/python3'],
  });
  const { library, python } = params;
  const { script, settings, install } = LIBRARIES[library];
  return pythonPeer<LassoInstance, LassoSolution>({
    name: library,
    version: '2',
    params,
    sampling: 'rerun',
    script,
    modules: [peer('design')],
    settings,
    ...(python === 'chosen'
      ? { install }
      : { python, install: 'apt-get install python3-sklearn python3-threadpoolctl libopenblas0-pthread' }),
  });
}

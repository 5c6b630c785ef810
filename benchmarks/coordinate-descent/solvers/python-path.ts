// Paths of Lasso fits in Python processes.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { LassoPathInstance, LassoPathSolution } from '../lasso-path.js';

const peer = (name: string): string =>
  fileURLToPath(new URL(`../../../coordinate-descent/peers/${name}.py`, import.meta.url));

const LIBRARIES = {
  'scikit-learn': {
    script: peer('scikit_learn_path'),
    settings:
      'lasso_path on Fortran-ordered or CSC arrays, precompute auto (products of columns where there are more rows than columns), copy_X off, input checks as usual, one thread',
    install: 'pip install scikit-learn==1.9.1 threadpoolctl',
  },
  celer: {
    script: peer('celer_path'),
    settings: 'celer_path on Fortran-ordered or CSC arrays, pruning on, one thread',
    install: 'pip install celer==0.7.4',
  },
} as const;

/** One of the libraries, tightened until the gaps of our own evaluation are met. */
export function solver(given: Params): Solver<LassoPathInstance, LassoPathSolution> {
  const params = readParams('solver python-path', given, {
    library: ['scikit-learn', 'celer'],
    // The Python that comes with Debian has the scikit-learn of its release.
    python: ['chosen', '/usr/bin/python3'],
  });
  const { library, python } = params;
  const { script, settings, install } = LIBRARIES[library];
  return pythonPeer<LassoPathInstance, LassoPathSolution>({
    name: `${library}-path`,
    version: '1',
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

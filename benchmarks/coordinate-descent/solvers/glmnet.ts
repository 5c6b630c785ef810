// glmnet in a process of R.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { rPeer } from '../../peers/r.js';
import type { LassoInstance, LassoSolution } from '../certificate.js';

/** `glmnet::glmnet` at one lambda, tightened until the gap of our own evaluation is met. */
export function solver(given: Params): Solver<LassoInstance, LassoSolution> {
  return rPeer<LassoInstance, LassoSolution>({
    name: 'glmnet',
    version: '1',
    params: readParams('solver glmnet', given, {}),
    sampling: 'rerun',
    script: fileURLToPath(new URL('../../../coordinate-descent/peers/glmnet_lasso.R', import.meta.url)),
    settings:
      'gaussian at a single lambda, columns as they are, matrix or dgCMatrix; its threshold bounds the gain of an epoch',
    install: 'apt-get install r-cran-glmnet r-cran-jsonlite',
  });
}

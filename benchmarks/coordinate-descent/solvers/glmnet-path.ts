// A path of Lasso fits by glmnet in a process of R.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { rPeer } from '../../peers/r.js';
import type { LassoPathInstance, LassoPathSolution } from '../lasso-path.js';

/** `glmnet::glmnet` on all lambdas at once, tightened until the gaps of our own evaluation are met. */
export function solver(given: Params): Solver<LassoPathInstance, LassoPathSolution> {
  return rPeer<LassoPathInstance, LassoPathSolution>({
    name: 'glmnet-path',
    version: '1',
    params: readParams('solver glmnet-path', given, {}),
    sampling: 'rerun',
    script: fileURLToPath(new URL('../../../coordinate-descent/peers/glmnet_path.R', import.meta.url)),
    settings:
      'gaussian at given lambdas, type.gaussian as it chooses, columns as they are, matrix or dgCMatrix, no early end of the path; its threshold bounds the gain of an epoch',
    install: 'apt-get install r-cran-glmnet r-cran-jsonlite',
  });
}

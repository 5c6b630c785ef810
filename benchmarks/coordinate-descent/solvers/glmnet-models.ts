// Logistic and softmax regressions of glmnet in a process of R.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { rPeer } from '../../peers/r.js';
import type { ModelInstance, ModelSolution } from '../model-certificate.js';

/** `glmnet::glmnet` at one lambda, tightened until the gap of our own evaluation is met. */
export function solver(given: Params): Solver<ModelInstance, ModelSolution> {
  return rPeer<ModelInstance, ModelSolution>({
    name: 'glmnet',
    version: '1',
    params: readParams('solver glmnet-models', given, {}),
    sampling: 'rerun',
    script: fileURLToPath(new URL('../../../coordinate-descent/peers/glmnet_models.R', import.meta.url)),
    settings:
      'binomial and multinomial (ungrouped), mgaussian; a single lambda, columns as they are, matrix or dgCMatrix; its threshold bounds the gain of an epoch',
    install: 'apt-get install r-cran-glmnet r-cran-jsonlite',
    supports: ({ model }) => model !== 'group-lasso' || { skip: 'no group Lasso' },
  });
}

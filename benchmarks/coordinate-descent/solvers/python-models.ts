// Models of groups, tasks and classes in Python processes.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { ModelInstance, ModelName, ModelSolution } from '../model-certificate.js';

const peer = (name: string): string =>
  fileURLToPath(new URL(`../../../coordinate-descent/peers/${name}.py`, import.meta.url));

interface Library {
  readonly script: string;
  readonly models: readonly ModelName[];
  readonly settings: string;
  readonly install: string;
}

const LIBRARIES: Readonly<Record<'scikit-learn' | 'celer' | 'skglm', Library>> = {
  'scikit-learn': {
    script: peer('scikit_learn_models'),
    models: ['multi-task', 'softmax', 'logistic'],
    settings:
      'MultiTaskLasso with cyclic selection; LogisticRegression by liblinear for two classes and by saga for more; Fortran-ordered (for saga C-ordered) arrays or CSC (CSR), input checks as usual, one thread',
    install: 'pip install scikit-learn==1.9.1 threadpoolctl',
  },
  celer: {
    script: peer('celer_models'),
    // Its MultiTaskLasso calls a method that scikit-learn 1.9 no longer has.
    models: ['group-lasso', 'logistic'],
    settings: 'GroupLasso and LogisticRegression on Fortran-ordered arrays or CSC, pruning on, one thread',
    install: 'pip install celer==0.7.4',
  },
  skglm: {
    script: peer('skglm_models'),
    models: ['group-lasso', 'multi-task', 'logistic'],
    settings:
      'GroupLasso, MultiTaskLasso and SparseLogisticRegression, compiled before the clock, one thread; its tolerance bounds subgradients',
    install: 'pip install skglm==0.5',
  },
};

/** One of the libraries, tightened until the gap of our own evaluation is met. */
export function solver(given: Params): Solver<ModelInstance, ModelSolution> {
  const params = readParams('solver python-models', given, { library: ['scikit-learn', 'celer', 'skglm'] });
  const { script, models, settings, install } = LIBRARIES[params.library];
  return pythonPeer<ModelInstance, ModelSolution>({
    name: params.library,
    version: '1',
    params,
    sampling: 'rerun',
    script,
    modules: [peer('design')],
    settings,
    install,
    supports: ({ model }) => models.includes(model) || { skip: `no ${model}` },
  });
}

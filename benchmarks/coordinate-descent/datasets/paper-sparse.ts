// The paper's data set A for the Lasso: columns of very different lengths, 6.9% of the entries kept.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import type { RegressionInput } from '../lasso.js';
import { sparseColumns } from './sparse-columns.js';

/** Data set A. */
export function dataset(given: Params): Dataset<RegressionInput> {
  const params = readParams('dataset paper-sparse', given, {
    rows: { default: 1000, min: 2, integer: true },
    cols: { default: 10000, min: 1, integer: true },
  });
  return {
    name: 'paper-sparse',
    version: '1',
    params,
    licence: 'generated',
    source: 'entries N(0, 1) + 1 in columns times 10 N(0, 1), kept with probability 10 ln(m) / m; b = A w + N(0, 1)',
    generate: ({ seed }) => sparseColumns(params.rows, params.cols, seed),
    describe: ({ A }) => ({ shape: [A.rows, A.cols], ...('indptr' in A ? { nnz: A.data.length } : {}) }),
  };
}

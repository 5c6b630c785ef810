// Dense designs with correlation rho^|i-j| between columns i and j, and a sparse truth of size 1.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { arDesign, regressionData } from '@lemmata/linalg';
import type { RegressionInput } from '../lasso.js';

/** An autoregressive design and its targets. */
export function dataset(given: Params): Dataset<RegressionInput> {
  const params = readParams('dataset autoregressive', given, {
    rows: { default: 500, min: 1, integer: true },
    cols: { default: 5000, min: 1, integer: true },
    correlation: { default: 0.5, min: -1, max: 1 },
  });
  return {
    name: 'autoregressive',
    version: '1',
    params,
    licence: 'generated',
    source: 'rows normal with correlation rho^|i-j|; one coefficient of size 1 in 50 columns; |Xw| = 3 |noise|',
    generate: ({ seed }) => {
      const A = arDesign({ ...params, seed });
      return { A, b: regressionData(A, seed).b };
    },
    describe: ({ A }) => ({ shape: [A.rows, A.cols] }),
  };
}

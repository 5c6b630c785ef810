// Sparse designs that resemble counts of words: column j is drawn with probability ~ (j + 1)^-1.1.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { regressionData, zipfDesign } from '@lemmata/linalg';
import type { RegressionInput } from '../lasso.js';

/** A text-like design and its targets. */
export function dataset(given: Params): Dataset<RegressionInput> {
  const params = readParams('dataset zipf', given, {
    rows: { default: 5000, min: 1, integer: true },
    cols: { default: 24000, min: 1, integer: true },
    perRow: { default: 14, min: 1, integer: true },
  });
  return {
    name: 'zipf',
    version: '1',
    params,
    licence: 'generated',
    source: '14 different columns a row by a power law of rank; values 1 + Exp(1), rows of length 1; |Xw| = 3 |noise|',
    generate: ({ seed }) => {
      const A = zipfDesign({ ...params, seed });
      return { A, b: regressionData(A, seed).b };
    },
    describe: ({ A }) => ({ shape: [A.rows, A.cols], nnz: A.data.length }),
  };
}

// The diabetes study of Efron, Hastie, Johnstone and Tibshirani (2004), 442 patients: columns centred and scaled to
// length 1 as in their paper. See data/diabetes/SOURCE.md.
import { readFile } from 'node:fs/promises';
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { digestBytes } from '@lemmata/core';
import { type DenseMatrix, toDense } from '@lemmata/linalg';
import { readCsv } from '@lemmata/linalg/io';
import { centred, innerProduct } from '../certificate.js';
import type { RegressionInput } from '../lasso.js';

const FILE = new URL('../../../data/diabetes/diabetes.csv', import.meta.url);
const SHA256 = '9193026b7622ff944f0a6855a10107b24caf50dad69787c46e6890e69c27faca';

/** The table as it is in the file: ten baseline columns, then the progression of the disease after one year. */
async function readTable(): Promise<DenseMatrix> {
  const bytes = new Uint8Array(await readFile(FILE));
  const digest = await digestBytes(bytes);
  if (digest !== SHA256) throw new Error(`diabetes.csv: expected SHA-256 ${SHA256}, got ${digest}`);
  const { matrix } = await readCsv(bytes);
  return toDense(matrix, 'column');
}

/** Ten standardised columns and the progression. */
export function dataset(given: Params): Dataset<RegressionInput> {
  return {
    name: 'diabetes',
    version: '1',
    params: readParams('dataset diabetes', given, {}),
    licence: 'BSD-3-Clause, as distributed with scikit-learn 1.9.1',
    source: 'B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, Least Angle Regression, Annals of Statistics 32 (2004)',
    generate: async () => {
      const { rows, cols, data } = await readTable();
      const predictors = cols - 1;
      const design = new Float64Array(rows * predictors);
      for (let j = 0; j < predictors; j++) {
        const column = centred(data.subarray(j * rows, (j + 1) * rows));
        const length = Math.sqrt(innerProduct(column, column));
        design.set(
          column.map((entry) => entry / length),
          j * rows,
        );
      }
      return {
        A: { layout: 'column', rows, cols: predictors, data: design },
        b: data.slice(predictors * rows),
      };
    },
    describe: ({ A }) => ({ shape: [A.rows, A.cols] }),
  };
}

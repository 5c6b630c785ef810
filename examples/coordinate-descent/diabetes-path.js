// Which of ten measurements predict how diabetes progresses? A Lasso path over the 442 patients of Efron, Hastie,
// Johnstone and Tibshirani (2004): as lambda falls, coefficients enter one after the other.
//
//   node examples/coordinate-descent/diabetes-path.js
import { readFile } from 'node:fs/promises';
import { lassoPath } from '@lemmata/coordinate-descent';
import { toDense } from '@lemmata/linalg';
import { readCsv } from '@lemmata/linalg/io';

const file = new URL('../../benchmarks/data/diabetes/diabetes.csv', import.meta.url);
const { names, matrix } = await readCsv(new Uint8Array(await readFile(file)));
const { rows, cols, data } = toDense(matrix, 'column');
const features = cols - 1;

// Columns of equal spread, so that coefficients can be compared; the last column is the target.
const design = new Float64Array(rows * features);
for (let j = 0; j < features; j++) {
  const column = data.subarray(j * rows, (j + 1) * rows);
  const mean = column.reduce((sum, value) => sum + value) / rows;
  const spread = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / rows);
  for (let i = 0; i < rows; i++) design[j * rows + i] = (column[i] - mean) / spread;
}
const progression = data.subarray(features * rows);

const path = lassoPath({ layout: 'column', rows, cols: features, data: design }, progression, { numLambdas: 10 });
console.log(
  `lambda  gap      ${names
    .slice(0, features)
    .map((name) => name.padStart(6))
    .join('')}`,
);
path.lambdas.forEach((lambda, t) => {
  const { indptr, indices, data: values } = path.coefficients;
  const line = new Array(features).fill('     .');
  for (let k = indptr[t]; k < indptr[t + 1]; k++) line[indices[k]] = values[k].toFixed(1).padStart(6);
  console.log(`${lambda.toFixed(2).padStart(6)}  ${path.relativeGaps[t].toExponential(1)}  ${line.join('')}`);
});

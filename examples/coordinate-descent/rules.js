// A race of rules: which block next? Five rules choose blocks of five variables out of 1500, for a sum of squares whose
// columns differ in length, over fixed blocks and variable ones. What is left of the sum after so many blocks:
//
//   node examples/coordinate-descent/rules.js
import { leastSquares, minimize } from '@lemmata/coordinate-descent';
import { randomStream } from '@lemmata/core';

const [ROWS, COLS, BLOCKS] = [200, 1500, 400];
const stream = randomStream('rules');
const lengths = Array.from({ length: COLS }, () => 10 * stream.normal());
const A = Array.from({ length: ROWS }, () =>
  lengths.map((length) => (stream.uniform() < 0.1 ? (stream.normal() + 1) * length : 0)),
);
const b = A.map((row) => row.reduce((sum, value, j) => sum + (j % 10 === 0 ? value : 0), 0) + stream.normal());
const smooth = leastSquares(A, b);
const start = smooth.value(new Float64Array(COLS));

const at = [50, 100, 200, 400];
console.log(`left of ${start.toExponential(1)} after blocks   ${at.map((k) => String(k).padStart(8)).join(' ')}`);
for (const update of ['gradient', 'matrix']) {
  for (const partition of ['sort', 'variable']) {
    for (const selection of ['random', 'cyclic', 'gs', 'gsl', 'gsq']) {
      const options = { update, partition, selection, blockSize: 5, maxIterations: BLOCKS, tolerance: 0 };
      const { history } = minimize({ smooth }, options);
      const left = at.map((k) => (history.objective[k] ?? history.objective.at(-1)).toExponential(1).padStart(8));
      const name = `${update}, ${partition === 'sort' ? 'fixed' : 'variable'}`;
      console.log(`${name.padEnd(20)} ${selection.padEnd(9)} ${left.join(' ')}`);
    }
  }
}

import { leastSquares, minimize, type SelectionRule } from '@lemmata/coordinate-descent';
import { randomStream } from '@lemmata/core';
import type { LiveExample, Series } from './live-example.js';

const ROWS = 80;
const COLS = 300;
const RULES: readonly SelectionRule[] = ['random', 'cyclic', 'gs', 'gsl', 'gsq'];

/** A race of rules: which block of variables is updated next, for a sum of squares whose columns differ in length. */
export const example: LiveExample = {
  controls: [
    { kind: 'range', name: 'blockSize', label: 'variables of a block', min: 1, max: 20, step: 1, value: 5 },
    { kind: 'range', name: 'blocks', label: 'blocks', min: 50, max: 400, step: 50, value: 200 },
    { kind: 'range', name: 'fixed', label: 'variable (0) or fixed (1) blocks', min: 0, max: 1, step: 1, value: 0 },
    { kind: 'range', name: 'matrix', label: 'gradient (0) or matrix (1) updates', min: 0, max: 1, step: 1, value: 1 },
  ],
  compute({ blockSize, blocks, fixed, matrix }) {
    const stream = randomStream('rules');
    const lengths = Array.from({ length: COLS }, () => 10 * stream.normal());
    const A = Array.from({ length: ROWS }, () =>
      lengths.map((length) => (stream.uniform() < 0.2 ? (stream.normal() + 1) * length : 0)),
    );
    const b = A.map((row) => row.reduce((sum, value, j) => sum + (j % 10 === 0 ? value : 0), 0) + stream.normal());
    const smooth = leastSquares(A, b);
    const start = smooth.value(new Float64Array(COLS));
    const left: { rule: SelectionRule; at: number[] }[] = RULES.map((rule) => {
      const { history } = minimize(
        { smooth },
        {
          selection: rule,
          blockSize: Number(blockSize),
          partition: Number(fixed) === 1 ? 'sort' : 'variable',
          update: Number(matrix) === 1 ? 'matrix' : 'gradient',
          maxIterations: Number(blocks),
          tolerance: 0,
        },
      );
      // Below 10^-16 of the start there is nothing but rounding.
      return { rule, at: Array.from(history.objective, (value) => Math.max(1e-16, value / start)) };
    });
    return {
      figures: left.map(({ rule, at }) => ({ label: `left by ${rule}`, value: at[at.length - 1] })),
      drawing: {
        kind: 'lines',
        xLabel: 'blocks updated',
        yLabel: 'share of f that is left',
        logY: true,
        series: left.map(({ rule, at }): Series => ({ name: rule, x: at.map((_, k) => k), y: at })),
      },
    };
  },
};

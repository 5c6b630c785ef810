import { lambdaMax, lasso, lassoPath } from '@lemmata/coordinate-descent';
import { log } from '@lemmata/core';
import { arDesign, regressionData } from '@lemmata/linalg';
import type { LiveExample, Series } from './live-example.js';

const ROWS = 80;
const COLS = 200;
const STEPS = 50;

/** A Lasso path, and the fit at one lambda of it. */
export const example: LiveExample = {
  controls: [
    { kind: 'range', name: 'divisor', label: 'lambdaMax / lambda', min: 1, max: 100, step: 1, value: 10 },
    {
      kind: 'range',
      name: 'correlation',
      label: 'correlation of neighbours',
      min: 0,
      max: 0.95,
      step: 0.05,
      value: 0.5,
    },
    { kind: 'range', name: 'seed', label: 'seed', min: 1, max: 20, step: 1, value: 3 },
  ],
  compute({ divisor, correlation, seed }) {
    const A = arDesign({ rows: ROWS, cols: COLS, correlation: Number(correlation), seed: Number(seed) });
    const { b } = regressionData(A, Number(seed));
    const lambda = lambdaMax(A, b) / Number(divisor);
    const fit = lasso(A, b, { lambda, tolerance: 1e-8 });
    const path = lassoPath(A, b, { numLambdas: STEPS });
    const { indptr, indices, data } = path.coefficients;
    const heights = Array.from({ length: COLS }, () => new Array<number>(STEPS).fill(0));
    for (let t = 0; t < STEPS; t++) {
      for (let k = indptr[t]; k < indptr[t + 1]; k++) heights[indices[k]][t] = data[k];
    }
    const shares = Array.from(path.lambdas, (value) => log(path.lambdas[0] / value) / Math.LN10);
    const series = heights
      .map((y, j): Series => ({ name: `feature ${j}`, x: shares, y }))
      .filter(({ y }) => y.some((height) => height !== 0));
    return {
      figures: [
        { label: 'lambda', value: lambda },
        { label: 'features chosen', value: fit.coefficients.reduce((count, w) => count + (w === 0 ? 0 : 1), 0) },
        { label: 'objective', value: fit.objective },
        { label: 'at most above the minimum', value: fit.certificate.gap },
        { label: 'column touches', value: fit.counts.columnTouches },
      ],
      drawing: {
        kind: 'lines',
        xLabel: 'log10 (lambdaMax / lambda)',
        yLabel: 'coefficient',
        series,
        rules: [log(Number(divisor)) / Math.LN10],
      },
    };
  },
};

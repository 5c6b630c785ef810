// The rows on groups, several targets and classes of the page that maps parameters of other libraries to ours. Values come from
// test/generators/other-libraries-groups.py (scikit-learn 1.9.1, scipy 1.17.1, skglm 0.5, celer 0.7.4), solved to their limits.
import type { DenseMatrix } from '@lemmata/linalg';
import { describe, expect, it } from 'vitest';
import {
  groupLasso,
  huberRegression,
  logisticRegression,
  multiTaskLasso,
  nonnegativeLeastSquares,
  softmaxRegression,
} from '../src/index.js';
import { A, B, b, classes, M, total, weights, y } from './other-libraries-data.js';

/** Groups of two columns. */
const PAIRS = [0, 0, 1, 1, 2, 2];
const tolerance = 1e-15;

/** A fit of one output or several. */
type Fit =
  | { readonly coefficients: Float64Array; readonly intercept: number }
  | { readonly coefficients: DenseMatrix; readonly intercepts: Float64Array };

/** Coefficients one output after the other, then intercepts; those of classes with mean 0. */
function flat(fit: Fit): number[] {
  if ('intercept' in fit) return [...fit.coefficients, fit.intercept];
  const { data, rows, cols } = fit.coefficients;
  const mean = cols > 2 ? fit.intercepts.reduce((sum, value) => sum + value / cols, 0) : 0;
  const byOutput = Array.from(data, (_, e) => data[(e % rows) * cols + Math.floor(e / rows)]);
  return [...byOutput, ...Array.from(fit.intercepts, (value) => value - mean)];
}

const ROWS: [name: string, fit: Fit, stored: number[]][] = [
  [
    'scikit-learn MultiTaskLasso(alpha)',
    multiTaskLasso(A, B, { lambda: 0.3, tolerance }),
    [
      1.3077843696724845, -0.0044530424294935795, -0.9293662203208202, 0, 0.4194904536329932, 0, -0.574630617285084,
      0.7595263848631837, 0.4840206320781847, 0, -0.1959142847118549, 0, 0.7279298009460266, -0.25887105220864426,
    ],
  ],
  [
    'scikit-learn LogisticRegression(l1_ratio=1, C), three classes',
    softmaxRegression(A, classes, { lambda: 1 / (0.5 * M), tolerance: 1e-13 }),
    [
      -0.9044818627258997, 0, 0.005108870857305093, 0, 0, 0, 0.7384801781925009, 0, 0, 0.5109181287738916, 0, 0, 0, 0,
      -0.3109642759510395, 0, 0.8918941570363714, 0, 0.5002571122410115, -0.11397474516026466, -0.38628236708074687,
    ],
  ],
  [
    'scikit-learn LogisticRegression(l1_ratio, C), three classes, sample_weight',
    softmaxRegression(A, classes, {
      lambda: 1 / (0.2 * total),
      l1Ratio: 0.3,
      sampleWeights: weights,
      tolerance: 1e-13,
    }),
    [
      -0.7637858699228659, -0.09171611507070282, 0.1746361548747916, 0, -0.26837414067168475, -0.018868291505247856,
      0.7772696608273202, 0, 0, 0.4604353650424299, -0.11282442226236017, 0, 0, 0, -0.45035284103052897,
      -0.209154315302801, 0.809769991505481, 0.031240822018078155, 0.31753144349991075, -0.1625791904493634,
      -0.15495225305054736,
    ],
  ],
  [
    'scikit-learn LinearRegression(positive=True)',
    nonnegativeLeastSquares(A, b, { intercept: true, tolerance }),
    [1.6424889349819038, 0, 0, 0, 0.8392415588379345, 0, -0.9615750051990785],
  ],
  [
    'scipy nnls(A, b)',
    nonnegativeLeastSquares(A, b, { tolerance }),
    [1.626212285649728, 0, 0, 0, 0.5281436079418486, 0],
  ],
  [
    'skglm GroupLasso(groups, alpha)',
    groupLasso(A, b, { lambda: 0.4, groups: PAIRS, weights: [1, 1, 1], tolerance }),
    [
      1.1866012701698854, 0.033354275362684774, -0.84200743799933, -0.13864571196484962, 0.3999630398964374,
      -0.11037930371440847, 0.7822291819202082,
    ],
  ],
  [
    'skglm MultiTaskLasso(alpha)',
    multiTaskLasso(A, B, { lambda: 0.3, tolerance }),
    [
      1.3077843696724845, -0.0044530424294937695, -0.9293662203208186, 0, 0.4194904536329938, 0, -0.5746306172850839,
      0.7595263848631834, 0.4840206320781841, 0, -0.19591428471185562, 0, 0.7279298009460233, -0.2588710522086426,
    ],
  ],
  [
    'skglm SparseLogisticRegression(alpha)',
    logisticRegression(A, y, { lambda: 0.05, tolerance: 1e-13 }),
    [0.5819736354391329, 0.2372457603152498, -0.6574549895386677, 0, 0.45296680871895956, 0, -0.028057904662236805],
  ],
  [
    'skglm Huber(delta) with L1(alpha), fit_intercept=False',
    huberRegression(A, b, { lambda: 0.05, epsilon: 0.5, intercept: false, tolerance: 1e-13 }),
    [1.4305862521955846, 0, -0.7810548528649274, 0, 0.6409961356097387, 0, 0],
  ],
  [
    'celer GroupLasso(groups, alpha, weights)',
    groupLasso(A, b, { lambda: 0.4, groups: PAIRS, weights: [1, 0.5, 2], tolerance }),
    [
      1.2055588728465514, 0.0685846254957282, -1.0793749831109807, -0.030222827456735313, 0.14916981638004206,
      -0.049673989851760254, 1.2667298344535833,
    ],
  ],
  [
    'celer LogisticRegression(C)',
    logisticRegression(A, y, { lambda: 1 / (0.5 * M), intercept: false, tolerance: 1e-13 }),
    [0.5788510966611422, 0.23441769795249376, -0.6646208136241494, 0, 0.44661916813022207, 0, 0],
  ],
];

describe('the parameters of other libraries', () => {
  it.each(ROWS)('%s', (_name, fit, stored) => {
    const values = flat(fit);
    // Relative gaps of 10^-13 and less leave coefficients of size one known to some 10^-6 at worst.
    stored.forEach((value, e) => {
      expect(Math.abs(values[e] - value)).toBeLessThanOrEqual(2e-6);
    });
  });
});

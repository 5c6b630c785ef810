// The page that maps parameters of other libraries to ours: each row gives the same coefficients. Those stored come from
// test/generators/other-libraries.py (scikit-learn 1.9.1) and .R (glmnet 4.1-6), solved to their limits.
import { describe, expect, it } from 'vitest';
import { elasticNet, lasso, logisticRegression, squaredHingeClassification } from '../src/index.js';
import { A, b, M, N, total, weights, y } from './other-libraries-data.js';

/** Standard deviation of b by the weights, divided by their sum. */
const mean = b.reduce((sum, value, i) => sum + (weights[i] * value) / total, 0);
const deviation = Math.sqrt(b.reduce((sum, value, i) => sum + (weights[i] * (value - mean) ** 2) / total, 0));

/** glmnet's ridge counts in units of the deviation of b. */
const glmnetNet = (lambda: number, alpha: number) => {
  const [l1, l2] = [lambda * alpha, (lambda * (1 - alpha)) / deviation];
  return { lambda: l1 + l2, l1Ratio: l1 / (l1 + l2) };
};

const tolerance = 1e-15;
const rows: [name: string, fit: { coefficients: Float64Array; intercept: number }, stored: number[]][] = [
  [
    'scikit-learn Lasso(alpha)',
    lasso(A, b, { lambda: 0.3, tolerance }),
    [1.2938460975854653, 0, -0.9183465906413842, 0, 0.4129415168292104, 0, 0.7247600678264499],
  ],
  [
    'scikit-learn Lasso(alpha, positive=True, fit_intercept=False)',
    lasso(A, b, { lambda: 0.3, lowerBounds: 0, intercept: false, tolerance }),
    [1.4552531774431587, 0, 0, 0, 0.48178196755356095, 0, 0],
  ],
  [
    'scikit-learn ElasticNet(alpha, l1_ratio), sample_weight',
    elasticNet(A, b, { lambda: 0.2, l1Ratio: 0.4, sampleWeights: weights, tolerance }),
    [1.2495886091915156, 0, -0.9629911668326608, -0.06612316665653079, 0.4715689914140917, 0, 0.7791480524905243],
  ],
  [
    'scikit-learn Ridge(alpha)',
    elasticNet(A, b, { lambda: 3 / M, l1Ratio: 0, tolerance }),
    [
      1.3772080753824745, -0.056389413033730754, -0.9342019782329738, -0.10508435011179705, 0.5095770884341074,
      -0.058673285330301896, 0.7217693980497693,
    ],
  ],
  [
    'scikit-learn LogisticRegression(l1_ratio=1, C)',
    logisticRegression(A, y, { lambda: 1 / (0.5 * M), tolerance: 1e-13 }),
    [0.581973635439445, 0.23724576031498118, -0.6574549895381667, 0, 0.4529668087194736, 0, -0.028057904663466804],
  ],
  [
    'scikit-learn LogisticRegression(l1_ratio, C), sample_weight',
    logisticRegression(A, y, { lambda: 1 / (0.2 * total), l1Ratio: 0.3, sampleWeights: weights, tolerance: 1e-13 }),
    [
      0.57502792777665, 0.4321832422082652, -0.8059689482535262, -0.04914626259724528, 0.542605953454589,
      0.07342098174087791, -0.08522698821778281,
    ],
  ],
  [
    'scikit-learn LinearSVC(penalty="l1", dual=False, C, fit_intercept=False)',
    squaredHingeClassification(A, y, { lambda: 1 / (2 * 0.1 * M), intercept: false, tolerance: 1e-13 }),
    [0.2282154215860039, 0.06380250287944404, -0.23474766186409415, 0, 0.1517743222879735, 0, 0],
  ],
  [
    'glmnet lambda, standardize = FALSE',
    lasso(A, b, { lambda: 0.3, tolerance }),
    [1.29384609758558, 0, -0.918346590641348, 0, 0.412941516829209, 0, 0.724760067826387],
  ],
  [
    'glmnet lambda',
    lasso(A, b, { lambda: 0.3, standardize: true, tolerance }),
    [1.26665681618747, 0, -0.881668985610437, 0, 0.362520214375784, 0, 0.759030270866368],
  ],
  [
    'glmnet lambda, alpha, weights',
    elasticNet(A, b, { ...glmnetNet(0.2, 0.4), sampleWeights: weights, tolerance }),
    [1.32013236614625, 0, -0.999857048543567, -0.0308667691241943, 0.461300077981498, 0, 0.791618432203499],
  ],
  [
    'glmnet penalty.factor, lower.limits, upper.limits',
    lasso(A, b, {
      lambda: 0.3,
      penaltyFactors: [0, 1, 1, 1, 1, 1].map((factor) => (factor * N) / 5),
      lowerBounds: -0.5,
      upperBounds: 2,
      tolerance,
    }),
    [1.57917850423808, 0, -0.5, 0, 0.505870247535051, 0, 0.066550962102533],
  ],
  [
    'glmnet family = "binomial", standardize = FALSE',
    logisticRegression(A, y, { lambda: 0.05, tolerance: 1e-13 }),
    [0.581973635440473, 0.237245760312974, -0.657454989539973, 0, 0.452966808719561, 0, -0.0280579046598762],
  ],
  [
    'glmnet family = "binomial", alpha, weights',
    logisticRegression(A, y, {
      lambda: 0.05,
      l1Ratio: 0.5,
      standardize: true,
      sampleWeights: weights,
      tolerance: 1e-13,
    }),
    [0.56630073396645, 0.438130094619075, -0.745577699310581, 0, 0.432092829361971, 0, -0.0679328441448329],
  ],
];

describe('the parameters of other libraries', () => {
  it.each(rows)('%s', (_name, { coefficients, intercept }, stored) => {
    // Relative gaps of 10^-13 and less leave coefficients of size one known to some 10^-6 at worst.
    stored.forEach((value, j) => {
      expect(Math.abs((j < N ? coefficients[j] : intercept) - value)).toBeLessThanOrEqual(2e-6);
    });
  });
});

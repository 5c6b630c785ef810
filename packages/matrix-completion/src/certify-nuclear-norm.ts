import { InvalidInputError, requireNumber, resolveOptions } from '@lemmata/core';
import { fromTriplets, norm2 } from '@lemmata/linalg';
import type { CompletionModel } from './completion.js';
import { checkModel, predict } from './predict.js';
import { type Observed, readObserved } from './problem/observed.js';

/** Options of {@link certifyNuclearNorm}. */
export interface CertifyNuclearNormOptions {
  /** `optimal` allows this share above lambda, and this share of the primal value as gap; in [0, 1), default 1e-6. */
  readonly tolerance?: number;
}

/** Proof of how near a completion is to the best of all matrices of any rank. */
export interface NuclearNormCertificate {
  /** What kind of proof this is. */
  readonly kind: 'nuclear-norm-duality';
  /** Largest singular value of the weighted residual w (y - z) on the observed entries, by Lanczos' method; >= 0. */
  readonly sigma1: number;
  /** sum w (y - z)^2 / 2 + lambda (|U|^2 + |V|^2) / 2, an upper bound of the primal value at Z = U V'. */
  readonly primal: number;
  /** Value of a feasible dual point: no matrix of any rank has a smaller primal value. */
  readonly dual: number;
  /** primal - dual, >= 0 up to rounding. */
  readonly gap: number;
  /** Whether sigma1 <= lambda (1 + tolerance) and gap <= tolerance * primal. */
  readonly optimal: boolean;
}

const CERTIFY_DEFAULTS: { readonly tolerance: number } = Object.freeze({ tolerance: 1e-6 });

/**
 * Proves how near a completion is to the global minimum over matrices Z of any rank.
 *
 * The ridge problem without biases and with `ridgeScaling: 'none'` is, up to a factor 2, the convex problem of
 * minimising sum w (y - z)^2 / 2 + lambda |Z|_* as soon as the rank is large enough. Every Theta on the observed places
 * with spectral norm at most lambda proves that no Z gets below sum theta y - theta^2 / (2 w); this function takes the
 * weighted residual, scaled into the ball; sigma1 is found from below, to about 1e-10 relatively, and the dual point is
 * feasible to the same accuracy. A rank that is too small shows as sigma1 > lambda.
 *
 * @param model - a completion with `biases: 'none'` and `ridgeScaling: 'none'`, lambda > 0
 * @param observed - the entries that it was fitted to
 * @param options - `tolerance`
 * @returns the proof
 * @throws InvalidInputError `ERR_INCOMPATIBLE` for a model with biases, a scaled ridge or lambda = 0, and for bad
 * entries; DimensionError for entries outside the model
 * Complexity: O(N rank) and a few dozen products with a sparse matrix of N entries.
 *
 * @example
 * ```ts
 * import { certifyNuclearNorm, completeMatrix } from '@lemmata/matrix-completion';
 *
 * const table = [[1, 2, null], [2, null, 6], [null, 6, 9]];
 * const options = { rank: 2, lambda: 0.5, biases: 'none', ridgeScaling: 'none', tolerance: 0, maxIterations: 500 } as const;
 * const { optimal, gap } = certifyNuclearNorm(completeMatrix(table, options), table);
 * console.log(optimal, gap);
 * ```
 * @see T. Hastie, R. Mazumder, J. Lee, R. Zadeh, "Matrix Completion and Low-Rank SVD via Fast Alternating Least
 * Squares", JMLR 16, 2015
 */
export function certifyNuclearNorm(
  model: CompletionModel,
  observed: Observed,
  options?: CertifyNuclearNormOptions,
): NuclearNormCertificate {
  const settings = resolveOptions('certifyNuclearNorm', options, CERTIFY_DEFAULTS);
  const tolerance = requireNumber('options.tolerance', settings.tolerance, 0, 1 - Number.EPSILON);
  checkModel(model);
  const { lambda } = model;
  if (model.biases !== 'none' || model.ridgeScaling !== 'none' || !(lambda > 0)) {
    throw new InvalidInputError(
      "model: expected biases 'none', ridgeScaling 'none' and lambda > 0, got another model",
      'ERR_INCOMPATIBLE',
      { argument: 'model', biases: model.biases, ridgeScaling: model.ridgeScaling, lambda },
    );
  }
  const entries = readObserved(observed);
  const { values, weights, rowOf, colOf } = entries;
  const fitted = predict(model, rowOf, colOf);
  let loss = 0;
  const pulls = new Float64Array(values.length);
  for (let e = 0; e < values.length; e++) {
    const rest = values[e] - fitted[e];
    pulls[e] = weights[e] * rest;
    loss += pulls[e] * rest;
  }
  const pull = fromTriplets(entries.rows, entries.cols, { rows: rowOf, cols: colOf, values: pulls });
  const sigma1 = norm2(pull).value;
  let size = 0;
  for (const factor of [model.U.data, model.V.data]) for (const x of factor) size += x * x;
  const primal = loss / 2 + (lambda * size) / 2;
  const scale = sigma1 > lambda ? lambda / sigma1 : 1;
  let dual = 0;
  for (let e = 0; e < values.length; e++) {
    const theta = scale * pulls[e];
    dual += theta * (values[e] - theta / (2 * weights[e]));
  }
  const gap = primal - dual;
  const optimal = sigma1 <= lambda * (1 + tolerance) && gap <= tolerance * primal;
  return { kind: 'nuclear-norm-duality', sigma1, primal, dual, gap, optimal };
}

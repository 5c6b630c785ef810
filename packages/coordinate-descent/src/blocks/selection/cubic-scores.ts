import type { BlockOracle, Slices } from '../oracle.js';

/**
 * Scores every variable by the cubic rule GSC: the decrease of the model g d + H d^2 / 2 + M |d|^3 / 6 at its minimiser, with
 * the second derivative H of f along the variable at x and a bound M of the third. The model bounds f, so that an exact
 * move along the variable brings the decrease at least.
 *
 * @param oracle - the function, which has third-order constants; its gradient is up to date
 * @param curvatures - room for second derivatives, length n
 * @param scores - where scores go, length n; all >= 0
 * Complexity: what `curvatures` of the oracle takes, and O(n).
 */
export function* cubicScores(oracle: BlockOracle, curvatures: Float64Array, scores: Float64Array): Slices {
  const { gradient, thirdOrder } = oracle;
  yield* oracle.curvatures(curvatures);
  for (let i = 0; i < scores.length; i++) {
    const size = Math.abs(gradient[i]);
    const h = curvatures[i];
    const m = thirdOrder?.[i] ?? 0;
    const scale = h + Math.sqrt(h * h + 2 * m * size);
    // Without any curvature f is linear along the variable: it falls for ever unless its gradient is 0.
    const d = size === 0 ? 0 : (2 * size) / scale;
    scores[i] = d === Infinity ? Number.MAX_VALUE : Math.max(0, d * (size - d * (h / 2 + (m * d) / 6)));
  }
}

/** Most Newton steps for the length of a block; from the left they rise to it, the digits doubling at the end. */
const MOST_STEPS = 60;

/**
 * Minimises sum_i (d_i / 2 v_i^2 - u_i v_i) + t |v|, the exact step of a block whose quadratic model is diagonal.
 *
 * The minimiser is 0 where |u| <= t. Else v_i = u_i x / (d_i x + t), x = |v| being the root of
 * sum_i u_i^2 / (d_i x + t)^2 = 1. The left side to the power -1/2 is concave and rises, so that Newton's method from 0
 * rises to the root. With all d_i equal this is the block soft threshold.
 *
 * @param u - linear terms; overwritten by the minimiser
 * @param d - curvatures, >= 0; entries with 0 are taken out of the model: their v_i is 0
 * @param t - >= 0
 */
export function shrinkBlock(u: Float64Array, d: Float64Array, t: number): void {
  const n = u.length;
  let square = 0;
  let equal = true;
  for (let i = 0; i < n; i++) {
    if (d[i] === 0) u[i] = 0;
    if (d[i] !== d[0]) equal = false;
    square += u[i] * u[i];
  }
  if (t === 0) {
    for (let i = 0; i < n; i++) if (d[i] > 0) u[i] /= d[i];
    return;
  }
  const size = Math.sqrt(square);
  // NaN stays NaN, so that an overflow shows.
  if (size <= t) {
    u.fill(0);
    return;
  }
  if (equal) {
    const factor = (1 - t / size) / d[0];
    for (let i = 0; i < n; i++) u[i] *= factor;
    return;
  }
  let x = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    let value = 0;
    let slope = 0;
    for (let i = 0; i < n; i++) {
      if (u[i] === 0) continue;
      const below = d[i] * x + t;
      const part = (u[i] / below) * (u[i] / below);
      value += part;
      slope += (part * d[i]) / below;
    }
    // f = value^(-1/2), f' = slope value^(-3/2): x + (1 - f) / f'.
    const next = x + ((Math.sqrt(value) - 1) * value) / slope;
    if (!(next > x)) break;
    x = next;
  }
  for (let i = 0; i < n; i++) u[i] *= x / (d[i] * x + t);
}

/**
 * Minimises sum_i (d_i / 2 v_i^2 - u_i v_i) + t sum_i |v_i|.
 *
 * @param u - linear terms; overwritten by the minimiser
 * @param d - curvatures, >= 0; where 0 the entry becomes 0
 * @param t - >= 0
 */
export function shrinkEntries(u: Float64Array, d: Float64Array, t: number): void {
  for (let i = 0; i < u.length; i++) {
    if (Math.abs(u[i]) <= t || d[i] === 0) u[i] = 0;
    else u[i] = (u[i] > 0 ? u[i] - t : u[i] + t) / d[i];
  }
}

import { cholesky, choleskySolve } from '@lemmata/linalg';

/**
 * Minimises v'G v / 2 - g'v over |v_i| <= bounds_i, G symmetric positive semidefinite: an active set method.
 *
 * Starts at 0. The free unknowns move towards their unconstrained minimum until one meets its bound and is held; when
 * none does, the held one whose gradient points inwards most is released. Each minimum is lower than the one before, so
 * no set of held unknowns comes twice; rounding aside, the end satisfies the conditions of optimality.
 *
 * @param G - rows of G, to which 1e-12 of its largest diagonal entry is added
 * @param g - the linear term, length m
 * @param bounds - bounds, > 0, length m
 * @returns the minimiser, length m
 * @see P. B. Stark, R. L. Parker, "Bounded-Variable Least-Squares", Computational Statistics 10, 1995
 */
export function boxLeastSquares(
  G: readonly (readonly number[])[],
  g: ArrayLike<number>,
  bounds: ArrayLike<number>,
): Float64Array {
  const m = g.length;
  const v = new Float64Array(m);
  const held = new Int8Array(m);
  let largest = 0;
  for (let i = 0; i < m; i++) largest = Math.max(largest, G[i][i]);
  if (largest === 0) return v;
  const ridge = 1e-12 * largest;
  // 3^m sets bound the loop; far fewer come up. The answer is feasible wherever it ends.
  for (let step = 0; step < 100 * m; step++) {
    const free: number[] = [];
    for (let i = 0; i < m; i++) if (held[i] === 0) free.push(i);
    const wanted = minimum(G, g, v, free, held, ridge);
    let length = 1;
    let first = -1;
    free.forEach((i, k) => {
      if (Math.abs(wanted[k]) <= bounds[i]) return;
      const part = ((wanted[k] > 0 ? bounds[i] : -bounds[i]) - v[i]) / (wanted[k] - v[i]);
      if (first >= 0 && part >= length) return;
      length = part;
      first = i;
    });
    free.forEach((i, k) => {
      v[i] = first < 0 ? wanted[k] : v[i] + length * (wanted[k] - v[i]);
    });
    if (first >= 0) {
      held[first] = wanted[free.indexOf(first)] > 0 ? 1 : -1;
      v[first] = held[first] * bounds[first];
      continue;
    }
    let released = -1;
    let most = 0;
    for (let i = 0; i < m; i++) {
      if (held[i] === 0) continue;
      let down = g[i] - ridge * v[i];
      let size = Math.abs(down);
      for (let j = 0; j < m; j++) {
        down -= G[i][j] * v[j];
        size += Math.abs(G[i][j] * v[j]);
      }
      // Inwards, and by more than the rounding of the sum.
      const inwards = -held[i] * down - 4 * m * Number.EPSILON * size;
      if (inwards > most) {
        most = inwards;
        released = i;
      }
    }
    if (released < 0) break;
    held[released] = 0;
  }
  return v;
}

/** The free unknowns at the minimum over them, the held ones staying where they are. */
function minimum(
  G: readonly (readonly number[])[],
  g: ArrayLike<number>,
  v: Float64Array,
  free: readonly number[],
  held: Int8Array,
  ridge: number,
): Float64Array {
  if (free.length === 0) return new Float64Array(0);
  const right = free.map((i) => {
    let sum = g[i];
    for (let j = 0; j < v.length; j++) if (held[j] !== 0) sum -= G[i][j] * v[j];
    return sum;
  });
  for (let added = ridge; ; added *= 16) {
    const block = free.map((i) => free.map((j) => G[i][j] + (i === j ? added : 0)));
    const factor = cholesky(block, { backend: 'js' });
    if (factor.status === 'complete') return choleskySolve(factor, right);
  }
}

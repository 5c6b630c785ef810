/**
 * Makes the residual orthogonal to the intercept's direction, explicitly: its weighted mean becomes 0.
 *
 * @param r - the residual
 * @param residualSum - its sum as sparse designs keep it, becomes 0
 * @param roots - square roots of the sample weights
 * @param intercept - whether there is an intercept; without one nothing happens
 */
export function centreUniform(
  r: Float64Array,
  residualSum: Float64Array,
  roots: Float64Array | undefined,
  intercept: boolean,
): void {
  residualSum[0] = 0;
  if (!intercept) return;
  let mean = 0;
  if (roots === undefined) {
    for (let i = 0; i < r.length; i++) mean += r[i];
    mean /= r.length;
    for (let i = 0; i < r.length; i++) r[i] -= mean;
    return;
  }
  for (let i = 0; i < r.length; i++) mean += roots[i] * r[i];
  mean /= r.length;
  for (let i = 0; i < r.length; i++) r[i] -= roots[i] * mean;
}

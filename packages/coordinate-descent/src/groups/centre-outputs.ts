/**
 * Makes every output orthogonal to a direction of squared length m.
 *
 * @param R - m x k in column layout; changed
 * @param direction - the direction, length m
 * @param k - number of outputs
 */
export function centreOutputs(R: Float64Array, direction: Float64Array, k: number): void {
  const m = direction.length;
  for (let o = 0; o < k; o++) {
    let mean = 0;
    for (let i = 0; i < m; i++) mean += direction[i] * R[o * m + i];
    mean /= m;
    for (let i = 0; i < m; i++) R[o * m + i] -= direction[i] * mean;
  }
}

/**
 * Factorises rows [from, to) of a symmetric positive semidefinite matrix, H = L L', rows before them being done. Only
 * the lower triangle is read and written; `inverse` receives 1 / L_ii. A pivot of at most n eps H_ii means that the row
 * depends on those before it: `inverse` becomes 0 and the solution takes 0 there. Returns how many rows did.
 */
export function factorRows(n: number, h: Float64Array, inverse: Float64Array, from: number, to: number): number {
  let dependent = 0;
  for (let i = from; i < to; i++) {
    const row = i * n;
    let pivot = h[row + i];
    const floor = n * Number.EPSILON * pivot;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let rest = h[row + j];
      for (let c = 0; c < j; c++) rest -= h[row + c] * h[other + c];
      rest *= inverse[j];
      h[row + j] = rest;
      pivot -= rest * rest;
    }
    if (pivot > floor) inverse[i] = 1 / Math.sqrt(pivot);
    else {
      inverse[i] = 0;
      dependent++;
    }
  }
  return dependent;
}

/** Solves L L' x = b in place: `x` holds b and becomes the solution. */
export function solveFactored(n: number, l: Float64Array, inverse: Float64Array, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let rest = x[i];
    for (let c = 0; c < i; c++) rest -= l[i * n + c] * x[c];
    x[i] = rest * inverse[i];
  }
  for (let i = n - 1; i >= 0; i--) {
    x[i] *= inverse[i];
    for (let c = 0; c < i; c++) x[c] -= l[i * n + c] * x[i];
  }
}

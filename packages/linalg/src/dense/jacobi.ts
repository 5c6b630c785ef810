import { denseDot } from '../kernels/dense.js';

/** Sweeps allowed; ten or fewer are common, whatever the matrix. */
const MAX_SWEEPS = 60;

/** Squares of norms below this are those of zero rows: 2^-960, that is 2^-480 times the largest. */
const NEGLIGIBLE = 1.0261342003245941e-289;

/** Rows y_p and y_q become c y_p + s y_q and c y_q - s y_p. */
function rotate(rows: Float64Array, width: number, p: number, q: number, c: number, s: number): void {
  const end = (p + 1) * width;
  for (let i = p * width, j = q * width; i < end; i++, j++) {
    const y = rows[i];
    const z = rows[j];
    rows[i] = c * y + s * z;
    rows[j] = c * z - s * y;
  }
}

/**
 * Makes the rows of a matrix orthogonal by rotations of pairs of rows: one-sided Jacobi, in cyclic order, the longer
 * row of a pair first.
 *
 * @param n - number of rows and of columns
 * @param y - n x n, row by row, its largest entry about 1; becomes J y with orthogonal rows of falling norm (rows of
 * norm below 2^-480 count as zero and are set to it)
 * @param rotations - n x n, the identity; becomes J
 * @returns the number of sweeps, or -1 when 60 did not do, which no matrix is known to need
 */
export function orthogonaliseRows(n: number, y: Float64Array, rotations: Float64Array): number {
  const tolerance = (Math.max(n, 4) * Number.EPSILON) / 2;
  const squares = new Float64Array(n);
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    for (let i = 0; i < n; i++) {
      squares[i] = denseDot(y, i * n, y.subarray(i * n, (i + 1) * n), n);
      if (squares[i] >= NEGLIGIBLE) continue;
      y.fill(0, i * n, (i + 1) * n);
      squares[i] = 0;
    }
    let rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        if (squares[p] < squares[q]) {
          // A quarter turn: the rows change places, one with the opposite sign.
          rotate(y, n, p, q, 0, 1);
          rotate(rotations, n, p, q, 0, 1);
          const kept = squares[p];
          squares[p] = squares[q];
          squares[q] = kept;
          rotated = true;
        }
        if (squares[q] === 0) continue;
        const product = denseDot(y, p * n, y.subarray(q * n, (q + 1) * n), n);
        if (Math.abs(product) <= tolerance * Math.sqrt(squares[p]) * Math.sqrt(squares[q])) continue;
        // tan(2 angle) = 2 product / (|y_p|^2 - |y_q|^2), the smaller of the two angles; zeta >= 0.
        const zeta = (squares[p] - squares[q]) / (2 * Math.abs(product));
        const size = zeta > 1e150 ? 1 / (2 * zeta) : 1 / (zeta + Math.sqrt(1 + zeta * zeta));
        const tangent = product < 0 ? -size : size;
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(y, n, p, q, cosine, cosine * tangent);
        rotate(rotations, n, p, q, cosine, cosine * tangent);
        squares[p] += tangent * product;
        squares[q] = Math.max(squares[q] - tangent * product, 0);
        rotated = true;
      }
    }
    if (!rotated) return sweep + 1;
  }
  return -1;
}

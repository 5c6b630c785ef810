// The 5-point Laplacian of a square grid with zero boundary, without the square of the mesh width.

/** A symmetric matrix in CSR. */
export interface Stiffness {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Float64Array;
}

/** Row i * side + j has 4 on the diagonal and -1 for each of its neighbours in the grid. */
export function gridLaplacian(side: number): Stiffness {
  const indptr = [0];
  const indices: number[] = [];
  const data: number[] = [];
  const NEIGHBOURS = [
    [-1, 0, -1],
    [0, -1, -1],
    [0, 0, 4],
    [0, 1, -1],
    [1, 0, -1],
  ] as const;
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      for (const [di, dj, value] of NEIGHBOURS) {
        if (i + di < 0 || i + di >= side || j + dj < 0 || j + dj >= side) continue;
        indices.push((i + di) * side + j + dj);
        data.push(value);
      }
      indptr.push(indices.length);
    }
  }
  return { indptr: Int32Array.from(indptr), indices: Int32Array.from(indices), data: Float64Array.from(data) };
}

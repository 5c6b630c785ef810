// The data of the tests that compare with stored answers of other libraries; test/generators makes the same.
/** Rows and columns. */
export const [M, N] = [40, 6];
export const A = Array.from({ length: M }, (_, i) =>
  Array.from(
    { length: N },
    (_, j) => ((i * 7 + j * 13 + ((i * j) % 5)) % 17) / 4 - 2 + ((j + 1) * ((i * (j + 2)) % 7)) / 10,
  ),
);
export const b = A.map((row, i) => row[0] * 1.5 - row[2] + 0.5 * row[4] + ((i * 5) % 9) / 6);
const sorted = [...b].sort((p, q) => p - q);
const median = (sorted[M / 2 - 1] + sorted[M / 2]) / 2;
export const y = b.map((value, i) => ([3, 10, 21].includes(i) ? value <= median : value > median));
export const weights = Array.from({ length: M }, (_, i) => 1 + (i % 3));
export const total = weights.reduce((sum, value) => sum + value, 0);

const rank = b.map((value) => sorted.indexOf(value));
const thirds = rank.map((place) => Math.floor((3 * place) / M));
/** Three classes by size of b, some of them exchanged. */
export const classes = thirds.map((c, i) => ([3, 10, 21].includes(i) ? 2 - c : c));
/** Two targets. */
export const B = b.map((value, i) => [value, A[i][1] - value / 2]);

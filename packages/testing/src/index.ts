export { bitsOf, firstDifference } from './bits.js';
export { type BruteForceLasso, bruteForceLasso, lassoObjective } from './brute-force-lasso.js';
export { solveLinearSystem } from './gaussian-elimination.js';
export { naiveProduct, naiveTranspose, productErrorBound, type Rows } from './naive-products.js';
export { randomRows, randomVector } from './random-matrices.js';

export {
  type CertifyNuclearNormOptions,
  certifyNuclearNorm,
  type NuclearNormCertificate,
} from './certify-nuclear-norm.js';
export { coherence } from './coherence.js';
export { completeMatrix, completeMatrixAsync, completeMatrixIterations } from './complete-matrix.js';
export type { CompleteMatrixOptions, InitialFactors } from './complete-matrix-options.js';
export type {
  Completion,
  CompletionColumn,
  CompletionModel,
  CompletionState,
  StationarityCertificate,
} from './completion.js';
export { type FoldedLine, foldIn, foldInColumn, type LineEntries } from './fold-in.js';
export type { CompletionCounts, SolverChoice } from './line-solver.js';
export { completedMatrix, predict, rmse } from './predict.js';
export type { Observed, ObservedTriplets, TableWithHoles } from './problem/observed.js';
export type { RidgeScaling } from './problem/problem.js';
export {
  robustAlternatingMinimization,
  robustAlternatingMinimizationAsync,
  robustAlternatingMinimizationIterations,
} from './robust-alternating-minimization.js';
export type { RobustAlternatingMinimizationOptions } from './robust-options.js';
export type { Clipping } from './rules/clip.js';

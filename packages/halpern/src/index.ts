export {
  type AccelerateResult,
  accelerate,
  accelerateAsync,
  accelerateIterations,
  type FixedPointMap,
} from './fixed-points/accelerate.js';
export type {
  AccelerateColumn,
  AccelerateMethod,
  AccelerateOptions,
  AccelerateState,
} from './fixed-points/accelerate-options.js';
export { type GameCertificate, gameGap } from './games/game-gap.js';
export { type MatrixGameResult, matrixGame, matrixGameAsync, matrixGameIterations } from './games/matrix-game.js';
export type { GameColumn, GameState, MatrixGameOptions } from './games/matrix-game-options.js';
export type { InclusionResult, ResidualCertificate } from './inclusion-algorithm.js';
export type { KktCertificate } from './lp/kkt.js';
export type { LinearProgram } from './lp/linear-program.js';
export type { LpCounts, LpResult } from './lp/lp-algorithm.js';
export { solveLP, solveLPAsync, solveLPIterations } from './lp/solve-lp.js';
export type { LpColumn, LpOptions, LpStart, LpState } from './lp/solve-lp-options.js';
export type { FiniteSumOperator, Inclusion, Resolvent } from './problem/inclusion.js';
export type { InclusionCounts } from './problem/oracle.js';
export {
  boxResolvent,
  productResolvent,
  type ResolventPart,
  simplexResolvent,
  softThresholdResolvent,
} from './problem/resolvents.js';
export { solveInclusion, solveInclusionAsync, solveInclusionIterations } from './solve-inclusion.js';
export type {
  InclusionColumn,
  InclusionCommonOptions,
  InclusionMethod,
  InclusionOptions,
  InclusionState,
} from './solve-inclusion-options.js';

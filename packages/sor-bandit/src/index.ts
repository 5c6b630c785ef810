export { type HeatOptions, type HeatProblem, type HeatStep, heatProblem, heatStep } from './problem/heat.js';
export { laplacian2d } from './problem/laplacian-2d.js';
export type { RelaxationOptions, RelaxationResult, RelaxationState } from './relaxation-options.js';
export { sor, sorAsync, sorIterations } from './sor.js';
export { ssor, ssorAsync, ssorIterations } from './ssor.js';
export { ssorCg, ssorCgAsync, ssorCgIterations } from './ssor-cg.js';
export { sorSpectralRadius, youngOmega } from './theory.js';
export {
  type TunedMethod,
  type TunedResult,
  type TunedSolveOptions,
  TunedSolver,
  type TunedSolverCounts,
  type TunedSolverOptions,
  type TunedSolverSnapshot,
} from './tuned-solver.js';
export { ChebCb } from './tuners/cheb-cb.js';
export type { ChebCbArm, ChebCbNote, ChebCbOptions, ChebCbSnapshot } from './tuners/cheb-cb-data.js';
export { type AnyTuner, restoreTuner, type TunerSnapshot } from './tuners/restore-tuner.js';
export { SmoothThompson } from './tuners/smooth-thompson.js';
export type {
  SmoothThompsonOptions,
  SmoothThompsonPosterior,
  SmoothThompsonSnapshot,
} from './tuners/smooth-thompson-data.js';
export {
  TsallisInf,
  type TsallisInfNote,
  type TsallisInfOptions,
  type TsallisInfSnapshot,
} from './tuners/tsallis-inf.js';
export { tsallisProbabilities } from './tuners/tsallis-probabilities.js';
export type { ContextRange, Suggestion, Tuner } from './tuners/tuner.js';

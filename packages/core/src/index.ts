export { type AbortSignalLike, throwIfAborted } from './abort.js';
export {
  type Arena,
  type ArenaLayout,
  type Backend,
  type BackendChoice,
  type ElementArrays,
  liveArenas,
  openArena,
} from './arena.js';
export {
  notFinite,
  refusal,
  requireBoolean,
  requireInteger,
  requireNumber,
  requireOneOf,
  requireVector,
} from './checks.js';
export { digestArray, digestBytes, digestJson, type NumericArray } from './digest.js';
export {
  type Algorithm,
  checkRunOptions,
  type Ending,
  type IterationState,
  iterate,
  type Limits,
  type RunOptions,
  run,
  runAsync,
  type SliceEnd,
  type Status,
} from './driver.js';
export { DimensionError, type ErrorCode, type ErrorDetails, InvalidInputError, NumericalError } from './errors.js';
export type { History } from './history.js';
export { canonicalJson, type JsonValue } from './json.js';
export type { KernelExports, KernelModule } from './kernel-module.js';
export { macrotask } from './macrotask.js';
export { cos, exp, expm1, log, log1p, pow, sin, tan, tanh } from './math/index.js';
export { CORE_KERNELS, type MathKernels, mathKernels, type UnaryKernel, type UnaryName } from './math/math-kernels.js';
export { resolveOptions, type Settings } from './options.js';
export { type GeneratorState, RandomStream, type RandomStreamSnapshot, randomStream, seedString } from './random.js';

export { type BruteForceOptions, type BruteForceResult, bruteForce } from './brute-force.js';
export { type UpperBoundCertificate, type UpperBoundOptions, upperBound } from './certificates/upper-bound.js';
export type { SavedLevels } from './dynamic/k-levels.js';
export type { DynamicOptions, DynamicSettings, DynamicUpdate } from './dynamic/options.js';
export type { DynamicCounts, DynamicSnapshot } from './dynamic/snapshot.js';
export { DynamicSelector, type GuessReport } from './dynamic-selector.js';
export { type CustomObjective, custom } from './objectives/custom.js';
export { type FacilityLocationOptions, facilityLocation } from './objectives/facility-location.js';
export { type SaturatedCoverageOptions, saturatedCoverage } from './objectives/saturated-coverage.js';
export { type CompressedSets, type WeightedCoverageOptions, weightedCoverage } from './objectives/weighted-coverage.js';
export {
  type CheckSubmodularOptions,
  type CheckSubmodularResult,
  checkSubmodular,
  type SubmodularCounterexample,
} from './oracle/check-submodular.js';
export { type CountedFunction, counted, type OracleCalls } from './oracle/counted.js';
export type { PrefixState } from './oracle/prefix-state.js';
export type { GainState, SetFunction } from './oracle/set-function.js';
export { select, selectAsync, selectIterations } from './select.js';
export type { SelectAlgorithm, SelectColumn, SelectOptions, SelectResult, SelectState } from './select-options.js';

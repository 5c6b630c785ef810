export type { Damage } from './check-integrity.js';
export { type ClaimOptions, type Ledger, type LedgerLine, measureClaims } from './claims.js';
export { type CompareOptions, compareSolvers } from './compare.js';
export type { ComparisonRecord, PairTiming, PlannedComparison, RecordContender } from './comparison.js';
export { comparisonJsonSchema, parseComparison } from './comparison-schema.js';
export type {
  Claim,
  ClaimBound,
  DataSize,
  Dataset,
  DatasetContext,
  Determinism,
  Named,
  OwnSample,
  Params,
  Probe,
  Problem,
  Reference,
  Sampling,
  Solver,
  SolverContext,
  SolverIdentity,
} from './contracts.js';
export type { Difference } from './first-difference.js';
export type { JsonObject } from './json-object.js';
export type { Kernel, KernelVersion, KernelVersionKind, NativeVersion, PreparedKernel } from './kernel-contracts.js';
export { kernelsJsonSchema } from './kernel-schema.js';
export type { KernelLine, KernelRow, KernelTable } from './kernel-table.js';
export { claimsJsonSchema } from './ledger-schema.js';
export { type MergeSummary, mergeResults } from './merge.js';
export type { PairFindings, RatioInterval, Verdict } from './pair-statistics.js';
export { type NumberRule, type ParamRule, type ParamValues, readParams } from './params.js';
export { PEER_PROTOCOL, type PeerOptions, peerSolver } from './peer-solver.js';
export type { Plan, PlannedModule, PlannedModules, PlannedSuite, PlannedTask } from './plan.js';
export type { ComparisonRequest } from './plan-comparison.js';
export { parsePlan, planJsonSchema } from './plan-schema.js';
export { planSuites } from './plan-suites.js';
export type {
  Curve,
  RecordDataset,
  RecordProblem,
  RecordSolver,
  TaskDigests,
  TaskRecord,
  TaskSeeds,
  TaskStatus,
  TaskTimes,
} from './record.js';
export { parseRecord, recordJsonSchema } from './record-schema.js';
export { readPlan, readRecord, writePlan } from './results-folder.js';
export { type KernelOptions, settleKernels } from './run-kernels.js';
export {
  type InterruptSignal,
  type RunPlanOptions,
  type RunProgress,
  type RunSummary,
  runPlan,
  type Shard,
} from './run-plan.js';
export type { CellChoice } from './select-cell.js';
export {
  type Budget,
  parseSuite,
  type Suite,
  type SuiteEntry,
  type SuitePairs,
  type SuiteRuns,
  type SuiteSolver,
  suiteJsonSchema,
} from './suite-schema.js';
export { digestTree, treeFromBytes, treeToBytes } from './tree.js';
export { type Repeat, type Verification, type VerifyOptions, verifyResults } from './verify.js';
export { type ReportFiles, writeReport } from './write-report.js';

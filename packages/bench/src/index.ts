export type {
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
export type { JsonObject } from './json-object.js';
export { type NumberRule, type ParamRule, type ParamValues, readParams } from './params.js';
export { PEER_PROTOCOL, type PeerOptions, peerSolver } from './peer-solver.js';
export type { Plan, PlannedModule, PlannedModules, PlannedSuite, PlannedTask } from './plan.js';
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
export { type InterruptSignal, type RunPlanOptions, type RunProgress, type RunSummary, runPlan } from './run-plan.js';
export {
  type Budget,
  parseSuite,
  type Suite,
  type SuiteEntry,
  type SuiteRuns,
  type SuiteSolver,
  suiteJsonSchema,
} from './suite-schema.js';
export { digestTree, treeFromBytes, treeToBytes } from './tree.js';
export { type ReportFiles, writeReport } from './write-report.js';

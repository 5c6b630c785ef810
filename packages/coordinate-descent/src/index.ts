export type { ActiveSet } from './blocks/active-set.js';
export {
  type HuberOptions,
  huber,
  type LinearModelOptions,
  leastSquares,
  logistic,
  squaredHinge,
} from './blocks/functions/linear-model.js';
export { quadratic } from './blocks/functions/quadratic.js';
export type { SmoothFunction } from './blocks/functions/smooth-function.js';
export {
  type GraphPartitionOptions,
  latticeCombs,
  redBlackPartition,
  treePartition,
} from './blocks/graph/graph-partitions.js';
export {
  type LabelBlocks,
  type LabelPropagation,
  type LabelPropagationOptions,
  labelPropagation,
  labelPropagationAsync,
  labelPropagationIterations,
} from './blocks/graph/label-propagation.js';
export type { NodeLabels } from './blocks/graph/label-system.js';
export { minimize, minimizeAsync, minimizeIterations } from './blocks/minimize.js';
export type { BlockCertificate, BlockResult } from './blocks/minimize-algorithm.js';
export type { BlockColumn, BlockProblem, BlockState, MinimizeOptions } from './blocks/minimize-options.js';
export type { BlockCounts } from './blocks/oracle.js';
export type { FixedPartition, PartitionKind } from './blocks/partition.js';
export type { CoordinateRule } from './blocks/selection/scores.js';
export type { SelectionRule } from './blocks/selection/selection.js';
export type { UpdateRule } from './blocks/updates/update.js';
export type { CrossValidation } from './cross-validation/cross-validation-algorithm.js';
export type {
  CrossValidationColumn,
  CrossValidationState,
  ElasticNetCrossValidationOptions,
  FoldOptions,
  LogisticCrossValidationOptions,
} from './cross-validation/cross-validation-options.js';
export {
  elasticNetCrossValidation,
  elasticNetCrossValidationAsync,
} from './cross-validation/elastic-net-cross-validation.js';
export {
  type LogisticCrossValidation,
  logisticRegressionCrossValidation,
  logisticRegressionCrossValidationAsync,
} from './cross-validation/logistic-cross-validation.js';
export { elasticNet, elasticNetAsync, elasticNetIterations } from './elastic-net.js';
export type { ElasticNetOptions, ElasticNetPathOptions } from './elastic-net-options.js';
export { elasticNetPath, elasticNetPathAsync } from './elastic-net-path.js';
export type { Label } from './labels.js';
export type { LambdaMaxOptions } from './lambda-max.js';
export { lambdaMax } from './lambda-max.js';
export { lasso, lassoAsync, lassoIterations } from './lasso.js';
export type { DualityGapCertificate, LassoFit } from './lasso-fit.js';
export type { LassoAlgorithm, LassoColumn, LassoCommonOptions, LassoOptions, LassoState } from './lasso-options.js';
export { lassoPath, lassoPathAsync } from './lasso-path.js';
export type { LassoPath } from './lasso-path-algorithm.js';
export type { LassoPathColumn, LassoPathOptions, LassoPathState } from './lasso-path-options.js';
export {
  type LogisticFit,
  logisticRegression,
  logisticRegressionAsync,
  logisticRegressionIterations,
} from './logistic.js';
export type { TwoClasses } from './logistic-algorithm.js';
export type { LogisticOptions, LogisticPathOptions } from './logistic-options.js';
export { type LogisticPath, logisticRegressionPath, logisticRegressionPathAsync } from './logistic-path.js';
export type { ModelOptions } from './model-options.js';
export type { PathColumns } from './path-recorder.js';
export { type LinearModel, predict } from './predict.js';
export { predictClasses, predictProbabilities, type TwoClassModel } from './predict-classes.js';
export type { LassoCounts } from './problem/lasso-problem.js';
export {
  type DesignLike,
  type PrepareDesignOptions,
  type PreparedDesign,
  prepareDesign,
} from './problem/prepare-design.js';

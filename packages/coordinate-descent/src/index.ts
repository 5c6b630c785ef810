export type { ActiveSet } from './blocks/active-set.js';
export {
  type HuberOptions,
  huber,
  type LinearModelOptions,
  leastSquares,
  logistic,
  squaredHinge,
  supportVectorDual,
} from './blocks/functions/linear-model.js';
export { type PairTerm, type PairwiseOptions, pairwise } from './blocks/functions/pairwise.js';
export { type EdgeTerms, type NodeTerms, pairwiseTerms } from './blocks/functions/pairwise-terms.js';
export { quadratic } from './blocks/functions/quadratic.js';
export type { SmoothFunction } from './blocks/functions/smooth-function.js';
export { type SoftmaxOptions, softmax } from './blocks/functions/softmax.js';
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
export type { BlockColumn, BlockProblem, BlockState, GroupNorms, MinimizeOptions } from './blocks/minimize-options.js';
export type { BlockCounts } from './blocks/oracle.js';
export type { FixedPartition, PartitionKind } from './blocks/partition.js';
export type { CoordinateRule } from './blocks/selection/scores.js';
export type { SelectionRule } from './blocks/selection/selection.js';
export type { UpdateRule } from './blocks/updates/update.js';
export type { ChosenLambda, CrossValidation } from './cross-validation/cross-validation-algorithm.js';
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
  type GroupLassoCrossValidationOptions,
  groupLassoCrossValidation,
  groupLassoCrossValidationAsync,
} from './cross-validation/group-lasso-cross-validation.js';
export {
  groupLogisticRegressionCrossValidation,
  groupLogisticRegressionCrossValidationAsync,
} from './cross-validation/group-logistic-cross-validation.js';
export {
  type LogisticCrossValidation,
  logisticRegressionCrossValidation,
  logisticRegressionCrossValidationAsync,
} from './cross-validation/logistic-cross-validation.js';
export {
  type MultiTaskLassoCrossValidationOptions,
  multiTaskLassoCrossValidation,
  multiTaskLassoCrossValidationAsync,
} from './cross-validation/multi-task-cross-validation.js';
export type { OutputsCrossValidation } from './cross-validation/outputs-cross-validation.js';
export {
  type SoftmaxCrossValidation,
  type SoftmaxRegressionCrossValidationOptions,
  softmaxRegressionCrossValidation,
  softmaxRegressionCrossValidationAsync,
} from './cross-validation/softmax-cross-validation.js';
export { elasticNet, elasticNetAsync, elasticNetIterations } from './elastic-net.js';
export type { ElasticNetOptions, ElasticNetPathOptions } from './elastic-net-options.js';
export { elasticNetPath, elasticNetPathAsync } from './elastic-net-path.js';
export type { GroupsLike } from './groups/column-groups.js';
export { groupLasso, groupLassoAsync, groupLassoIterations } from './groups/group-lasso.js';
export type { GroupLassoFit } from './groups/group-lasso-algorithm.js';
export type { GroupLassoCommonOptions, GroupLassoOptions } from './groups/group-lasso-options.js';
export {
  type GroupLassoLambdaMaxOptions,
  type GroupLassoPathOptions,
  groupLassoLambdaMax,
  groupLassoPath,
  groupLassoPathAsync,
} from './groups/group-lasso-path.js';
export {
  type GroupLogisticFit,
  groupLogisticRegression,
  groupLogisticRegressionAsync,
  groupLogisticRegressionIterations,
} from './groups/group-logistic.js';
export {
  groupLogisticRegressionLambdaMax,
  groupLogisticRegressionPath,
  groupLogisticRegressionPathAsync,
} from './groups/group-logistic-path.js';
export type { GroupColumn, GroupCommonOptions, GroupState, OutputsOptions } from './groups/group-options.js';
export {
  type MultiTaskLassoLambdaMaxOptions,
  multiTaskLasso,
  multiTaskLassoAsync,
  multiTaskLassoIterations,
  multiTaskLassoLambdaMax,
  multiTaskLassoPath,
  multiTaskLassoPathAsync,
} from './groups/multi-task-lasso.js';
export type { MultiTaskLassoOptions, MultiTaskLassoPathOptions } from './groups/multi-task-lasso-algorithm.js';
export type { OutputsCertificate, OutputsFit, OutputsPath } from './groups/outputs-fit.js';
export type {
  SoftmaxPenaltyOptions,
  SoftmaxRegressionOptions,
  SoftmaxRegressionPathOptions,
} from './groups/softmax-algorithm.js';
export {
  type SoftmaxPath,
  type SoftmaxRegressionLambdaMaxOptions,
  softmaxRegressionLambdaMax,
  softmaxRegressionPath,
  softmaxRegressionPathAsync,
} from './groups/softmax-path.js';
export {
  type SoftmaxFit,
  softmaxRegression,
  softmaxRegressionAsync,
  softmaxRegressionIterations,
} from './groups/softmax-regression.js';
export type {
  HuberLossOptions,
  HuberRegressionLambdaMaxOptions,
  HuberRegressionOptions,
  HuberRegressionPathOptions,
} from './huber-options.js';
export { huberRegressionLambdaMax, huberRegressionPath, huberRegressionPathAsync } from './huber-path.js';
export { huberRegression, huberRegressionAsync, huberRegressionIterations } from './huber-regression.js';
export type { Label } from './labels.js';
export type { LambdaMaxOptions } from './lambda-max.js';
export { lambdaMax } from './lambda-max.js';
export { lasso, lassoAsync, lassoIterations } from './lasso.js';
export type { DualityGapCertificate, LassoFit } from './lasso-fit.js';
export type { LassoAlgorithm, LassoColumn, LassoCommonOptions, LassoOptions, LassoState } from './lasso-options.js';
export { lassoPath, lassoPathAsync } from './lasso-path.js';
export type { LassoPath } from './lasso-path-algorithm.js';
export type { LassoPathColumn, LassoPathOptions, LassoPathState, PathOptions } from './lasso-path-options.js';
export {
  type LogisticFit,
  logisticRegression,
  logisticRegressionAsync,
  logisticRegressionIterations,
} from './logistic.js';
export type { LogisticOptions, LogisticPathOptions } from './logistic-options.js';
export { type LogisticPath, logisticRegressionPath, logisticRegressionPathAsync } from './logistic-path.js';
export type { ModelOptions } from './model-options.js';
export {
  type NonnegativeLeastSquaresOptions,
  nonnegativeLeastSquares,
  nonnegativeLeastSquaresAsync,
  nonnegativeLeastSquaresIterations,
} from './nonnegative-least-squares.js';
export type { PathColumns } from './path-recorder.js';
export { type LinearModel, type OutputsModel, predict } from './predict.js';
export { type ClassesModel, predictClasses, predictProbabilities, type TwoClassModel } from './predict-classes.js';
export type { LassoCounts } from './problem/lasso-problem.js';
export {
  type DesignLike,
  type PrepareDesignOptions,
  type PreparedDesign,
  prepareDesign,
} from './problem/prepare-design.js';
export {
  type SquaredHingeClassificationOptions,
  type SquaredHingeFit,
  squaredHingeClassification,
  squaredHingeClassificationAsync,
  squaredHingeClassificationIterations,
} from './squared-hinge.js';
export {
  type SquaredHingeClassificationPathOptions,
  type SquaredHingePath,
  squaredHingeClassificationLambdaMax,
  squaredHingeClassificationPath,
  squaredHingeClassificationPathAsync,
} from './squared-hinge-path.js';
export type { TwoClasses } from './two-classes.js';

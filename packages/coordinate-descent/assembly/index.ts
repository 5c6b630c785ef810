export { penalisedEpochDense, penalisedEpochSparse } from './penalised';
export { gramEpoch } from './gram';
export { outputsGramPass, outputsPassDense, outputsPassSparse } from './outputs';
export {
  addCurvedDense,
  addCurvedSparse,
  classPassDense,
  classPassSparse,
  columnSquaresDense,
  columnSquaresSparse,
  spreadClass,
} from './softmax';
export { appendFactorRow, removeFactorRow, solveFactor } from './factor';

export { penalisedEpochDense, penalisedEpochSparse } from './penalised';
export { gramEpoch } from './gram';

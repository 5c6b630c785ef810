export { abortScan } from './abort';
export {
  addConjugateProductsF32,
  addConjugateProductsF64,
  countByte,
  nearestF32,
  nearestF64,
  showF32,
  showF64,
} from './correlation';
export { fastaLetters } from './fasta';
export { laneCandidates, laneDistances, laneMismatches, translateBytes } from './lanes';
export { fillPlane, planeMismatches } from './planes';

export { abortScan } from './abort';
export { fastaLetters } from './fasta';
export { laneCandidates, laneDistances, laneMismatches, translateBytes } from './lanes';
export { fillPlane, planeMismatches } from './planes';

export { laneCandidates, laneMismatches } from './lanes';
export { fillPlane, planeMismatches } from './planes';

// HiGHS on a game that is written as a linear program.
export { gameSolver as solver } from './highs.js';

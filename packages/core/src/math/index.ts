export { exp, expm1 } from './exp.js';
export { log, log1p } from './log.js';
export { pow } from './pow.js';
export { cos, sin, tan } from './sin-cos.js';
export { tanh } from './tanh.js';

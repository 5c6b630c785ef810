// The portable functions for other packages' assembly, as scalars. Importing them inlines them; each module keeps
// its own copy of the two globals for low parts, and no data segment.
export { exp, expm1 } from './exp';
export { log, log1p } from './log';
export { pow } from './pow';
export { cos, sin, tan } from './sin-cos';
export { tanh } from './tanh';

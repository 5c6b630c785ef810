export { axpy, columnCombination, columnProducts, dot, selectedColumnProducts } from './dense';
export { lassoEpochDense, lassoEpochSparse } from './descent';
export { selectedSparseColumnProducts, sparseColumnCombination, sparseColumnProducts } from './sparse';
export { choleskyFactor, choleskySolve } from './cholesky';
export { complexProductsF64, fftF64, joinRealF64, splitRealF64 } from './fft';
export { complexProductsF32, fftF32, joinRealF32, splitRealF32 } from './fft-f32';
export { addSparseLowerProducts, sparseColumnsTimesDense, sparseRowsTimesDense } from './sparse-dense';
export { addBlockProducts, addLowerProducts } from './symmetric-product';

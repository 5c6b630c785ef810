export {
  conjugateGradient,
  conjugateGradientAsync,
  conjugateGradientIterations,
} from './conjugate-gradient.js';
export type {
  ConjugateGradientOptions,
  ConjugateGradientResult,
  ConjugateGradientState,
  ResidualCertificate,
} from './conjugate-gradient-options.js';
export { type ArDesignOptions, arDesign } from './designs/ar-design.js';
export { type RegressionData, regressionData, sparseTruth } from './designs/regression.js';
export { type ZipfDesignOptions, zipfDesign } from './designs/zipf-design.js';
export {
  type CholeskyBreakdown,
  type CholeskyFactor,
  type CholeskyOptions,
  cholesky,
  choleskySolve,
} from './factorisations/cholesky.js';
export { type FftKernels, type FftNumbers, fftKernels } from './kernels/fft-kernels.js';
export type { Kernels } from './kernels/kernels.js';
export { LINALG_KERNELS, linalgKernels } from './kernels/linalg-kernels.js';
export { type MatrixKernels, matrixKernels } from './kernels/matrix-kernels.js';
export { requireFinite } from './matrix/check.js';
export { denseMatrix, sparseMatrix } from './matrix/construct.js';
export { toArrays, toDense, toSparse, transpose } from './matrix/convert.js';
export { linearOperator } from './matrix/operator.js';
export { toMatrix } from './matrix/to-matrix.js';
export type { SquareOperator } from './matrix/to-operator.js';
export { fromTriplets, toTriplets } from './matrix/triplets.js';
export type {
  DenseMatrix,
  DenseMatrixLike,
  LinearOperator,
  Matrix,
  MatrixLike,
  MlMatrixLike,
  SparseMatrix,
  SparseMatrixLike,
  TripletArrays,
  Triplets,
} from './matrix/types.js';
export { multiply } from './products/multiply.js';
export { type ProductOptions, symmetricProduct } from './products/symmetric-product.js';
export { jacobiRotation } from './spectra/jacobi-rotation.js';
export {
  type ExtremeEigenvalues,
  extremeEigenvalues,
  extremeEigenvaluesAsync,
  extremeEigenvaluesIterations,
  type LanczosState,
} from './spectra/lanczos.js';
export { type Norm2Result, norm2 } from './spectra/norm2.js';
export { frobenius, norm1, normInf } from './spectra/norms.js';
export {
  type DominantEigenvalue,
  type DominantEigenvalueState,
  dominantEigenvalue,
  dominantEigenvalueAsync,
  dominantEigenvalueIterations,
} from './spectra/power-iteration.js';
export type { EigenCertificate, EigenPair, SpectrumOptions } from './spectra/spectrum-options.js';
export { fft, inverseFft } from './transforms/fft.js';
export { type FftOptions, type PreparedFft, prepareFft } from './transforms/prepare-fft.js';
export { prepareRealFft } from './transforms/prepare-real-fft.js';
export { fftTableLength, fillFftTable, fillRealFftTable } from './transforms/tables.js';

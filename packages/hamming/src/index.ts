export type { ApproximateMethod, ApproximateOptions } from './approximate-options.js';
export {
  type ApproximateProfile,
  approximateProfile,
  approximateProfileAsync,
} from './approximate-profile.js';
export { type CalibrateOptions, calibrate } from './calibrate.js';
export type { ExactnessCertificate } from './certificates/rounding-bound.js';
export type { ApproximateCounts } from './estimators/estimate.js';
export type { ProfileCounts } from './exact-profile.js';
export type { FastaPiece } from './fasta/fasta-scanner.js';
export { type ReadFastaOptions, readFasta } from './fasta/read-fasta.js';
export { type FastaMatch, type SearchFastaOptions, searchFasta } from './fasta/search-fasta.js';
export { type DistanceOptions, hammingDistance } from './hamming-distance.js';
export { hammingMatches } from './hamming-matches.js';
export { type HammingProfile, hammingProfile, hammingProfileAsync } from './hamming-profile.js';
export { type HammingOccurrences, hammingSearch, hammingSearchAsync } from './hamming-search.js';
export { type NearestMatches, nearestMatches, nearestMatchesAsync } from './nearest-matches.js';
export { type Plan, type PlanOptions, plan } from './plan.js';
export type { ComparisonOptions } from './profile-options.js';
export type { ExactMethod } from './rules/cost-model.js';
export type { CostTable } from './rules/cost-table.js';
export type { SearchCounts } from './search/search-counts.js';
export { searchMany } from './search-many.js';
export type { SearchFilter, SearchOptions } from './search-options.js';
export { type ShardRange, shardRanges } from './shard-ranges.js';
export {
  type HammingSearchStream,
  hammingSearchStream,
  type StreamOccurrences,
} from './streams/hamming-search-stream.js';
export { type HammingStream, hammingStream, type StreamDistances } from './streams/hamming-stream.js';
export { type HammingMatch, searchChunks } from './streams/search-chunks.js';
export type { SearchStreamOptions, StreamOptions } from './streams/stream-options.js';
export type { StreamSnapshot } from './streams/stream-snapshot.js';
export {
  type ApproximateSums,
  approximateCountSums,
  approximateCountSumsAsync,
  type CountSumsOptions,
} from './sums/approximate-count-sums.js';
export {
  type ApproximateTriangles,
  approximateCountTriangles,
  approximateCountTrianglesAsync,
  type CountTrianglesOptions,
} from './sums/approximate-count-triangles.js';
export { countSumsInRange, countSumsInRangeAsync, type SumsInRange } from './sums/count-sums-in-range.js';
export { dominanceProduct, dominanceProductAsync } from './sums/dominance-product.js';
export { equalityProduct, equalityProductAsync } from './sums/equality-product.js';
export type { IntegerOptions } from './sums/integers.js';
export type { ComparisonCounts, ComparisonProduct } from './sums/matrix-pairs.js';
export {
  type SparseConvolution,
  type SparseVector,
  sparseConvolution,
  sparseConvolutionAsync,
} from './sums/sparse-convolution.js';
export type { ExactSums, SumCounts } from './sums/sum-counts.js';
export { type Sumset, type SumsetCounts, sumset, sumsetAsync } from './sums/sumset.js';
export type { SumsetMethod, SumsetOptions } from './sums/sumset-options.js';
export { IUPAC, reverseComplement } from './symbols/iupac.js';
export { type PatternLike, type PreparedPattern, preparePattern } from './symbols/prepare-pattern.js';
export type { PatternOptions, SymbolLike } from './symbols/reading.js';
export type { Symbols, Unit } from './symbols/symbols.js';
export { l1Profile, l1ProfileAsync } from './values/l1-profile.js';
export { l2Profile, l2ProfileAsync } from './values/l2-profile.js';
export { lessOrEqualProfile, lessOrEqualProfileAsync } from './values/less-or-equal-profile.js';
export {
  type ScoreCertificate,
  type ScoreProfile,
  scoreProfile,
  scoreProfileAsync,
} from './values/score-profile.js';
export { thresholdProfile, thresholdProfileAsync } from './values/threshold-profile.js';
export type { ValueCounts, ValueProfile } from './values/value-profile.js';

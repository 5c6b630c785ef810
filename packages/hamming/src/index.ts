export type { ApproximateOptions } from './approximate-options.js';
export {
  type ApproximateCounts,
  type ApproximateProfile,
  approximateProfile,
  approximateProfileAsync,
} from './approximate-profile.js';
export type { ExactnessCertificate } from './certificates/rounding-bound.js';
export type { ProfileCounts } from './exact-profile.js';
export type { SearchCounts } from './find-occurrences.js';
export { type HammingProfile, hammingProfile, hammingProfileAsync } from './hamming-profile.js';
export { type HammingOccurrences, hammingSearch, hammingSearchAsync } from './hamming-search.js';
export { type Plan, type PlanOptions, plan } from './plan.js';
export type { ComparisonOptions } from './profile-options.js';
export type { ExactMethod } from './rules/cost-model.js';
export type { CostTable } from './rules/cost-table.js';
export type { SearchOptions } from './search-options.js';
export { IUPAC, reverseComplement } from './symbols/iupac.js';
export { type PatternLike, type PreparedPattern, preparePattern } from './symbols/prepare-pattern.js';
export type { PatternOptions, SymbolLike } from './symbols/reading.js';
export type { Symbols } from './symbols/symbols.js';

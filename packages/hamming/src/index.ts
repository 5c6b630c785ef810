export type { ApproximateOptions } from './approximate-options.js';
export {
  type ApproximateCounts,
  type ApproximateProfile,
  approximateProfile,
  approximateProfileAsync,
} from './approximate-profile.js';
export type { ExactnessCertificate } from './certificates/rounding-bound.js';
export type { ProfileCounts } from './exact-profile.js';
export { type HammingProfile, hammingProfile, hammingProfileAsync } from './hamming-profile.js';
export { type HammingOccurrences, hammingSearch, hammingSearchAsync, type SearchCounts } from './hamming-search.js';
export { type Plan, plan } from './plan.js';
export type { ComparisonOptions } from './profile-options.js';
export type { ExactMethod } from './rules/cost-model.js';
export type { SearchOptions } from './search-options.js';
export { type PatternLike, type PreparedPattern, preparePattern } from './symbols/prepare-pattern.js';
export type { Symbols } from './symbols/symbols.js';

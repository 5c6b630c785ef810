/* Vectors of bytes of the width that a yardstick is compiled for: -DWIDTH=256 (AVX2) or -DWIDTH=128 (the same
 * instructions on half a register). */
#ifndef LEMMATA_VECTORS_H
#define LEMMATA_VECTORS_H
#ifndef __AVX2__
#error "this yardstick needs a processor with AVX2"
#endif
#include <immintrin.h>

#if WIDTH == 256
typedef __m256i vec;
enum { BYTES = 32 };
static inline vec v_load(const void *at) { return _mm256_loadu_si256((const __m256i *)at); }
static inline void v_store(void *at, vec a) { _mm256_storeu_si256((__m256i *)at, a); }
static inline vec v_zero(void) { return _mm256_setzero_si256(); }
static inline vec v_all8(int value) { return _mm256_set1_epi8((char)value); }
static inline vec v_all16(int value) { return _mm256_set1_epi16((short)value); }
static inline vec v_equal8(vec a, vec b) { return _mm256_cmpeq_epi8(a, b); }
static inline vec v_equal16(vec a, vec b) { return _mm256_cmpeq_epi16(a, b); }
static inline vec v_subtract8(vec a, vec b) { return _mm256_sub_epi8(a, b); }
static inline vec v_subtract16(vec a, vec b) { return _mm256_sub_epi16(a, b); }
static inline vec v_add16(vec a, vec b) { return _mm256_add_epi16(a, b); }
static inline vec v_and(vec a, vec b) { return _mm256_and_si256(a, b); }
static inline vec v_or(vec a, vec b) { return _mm256_or_si256(a, b); }
static inline vec v_xor(vec a, vec b) { return _mm256_xor_si256(a, b); }
static inline int v_is_zero(vec a) { return _mm256_testz_si256(a, a); }
static inline uint32_t v_mask(vec a) { return (uint32_t)_mm256_movemask_epi8(a); }
static inline vec v_low16(vec a) { return _mm256_cvtepu8_epi16(_mm256_castsi256_si128(a)); }
static inline vec v_high16(vec a) { return _mm256_cvtepu8_epi16(_mm256_extracti128_si256(a, 1)); }
static inline vec v_powers16(void) {
  return _mm256_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, -32768);
}
#elif WIDTH == 128
typedef __m128i vec;
enum { BYTES = 16 };
static inline vec v_load(const void *at) { return _mm_loadu_si128((const __m128i *)at); }
static inline void v_store(void *at, vec a) { _mm_storeu_si128((__m128i *)at, a); }
static inline vec v_zero(void) { return _mm_setzero_si128(); }
static inline vec v_all8(int value) { return _mm_set1_epi8((char)value); }
static inline vec v_all16(int value) { return _mm_set1_epi16((short)value); }
static inline vec v_equal8(vec a, vec b) { return _mm_cmpeq_epi8(a, b); }
static inline vec v_equal16(vec a, vec b) { return _mm_cmpeq_epi16(a, b); }
static inline vec v_subtract8(vec a, vec b) { return _mm_sub_epi8(a, b); }
static inline vec v_subtract16(vec a, vec b) { return _mm_sub_epi16(a, b); }
static inline vec v_add16(vec a, vec b) { return _mm_add_epi16(a, b); }
static inline vec v_and(vec a, vec b) { return _mm_and_si128(a, b); }
static inline vec v_or(vec a, vec b) { return _mm_or_si128(a, b); }
static inline vec v_xor(vec a, vec b) { return _mm_xor_si128(a, b); }
static inline int v_is_zero(vec a) { return _mm_testz_si128(a, a); }
static inline uint32_t v_mask(vec a) { return (uint32_t)_mm_movemask_epi8(a); }
static inline vec v_low16(vec a) { return _mm_cvtepu8_epi16(a); }
static inline vec v_high16(vec a) { return _mm_cvtepu8_epi16(_mm_srli_si128(a, 8)); }
static inline vec v_powers16(void) { return _mm_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128); }
#else
#error "WIDTH: expected 128 or 256"
#endif
#endif

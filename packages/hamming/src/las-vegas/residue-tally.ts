import { type ExactnessCertificate, jointCertificate } from '../certificates/rounding-bound.js';
import { type ConvolutionTally, certificateOf, newTally } from '../sums/integer-convolution.js';

/** What convolutions by residues have cost and shown so far. */
export interface ResidueTally {
  /** Of the convolutions modulo small primes. */
  readonly residues: ConvolutionTally;
  /** Of the convolutions that were computed as they are. */
  readonly plain: ConvolutionTally;
  /** Multiplications in fields whose elements hold several residues. */
  fieldOperations: number;
  /** Pairs of places that were taken singly. */
  pairs: number;
  /** Products that were looked up to compute single sums. */
  verifications: number;
  /** Known sums that were folded. */
  foldedSums: number;
  /** Folds that settled sums, of all convolutions. */
  rounds: number;
  /** Most of them in one convolution. */
  mostRounds: number;
  /** Largest prime modulo which sums were computed; 0 without any. */
  largestPrime: number;
  /** Smallest deficit of a place of a fold: never below 0. */
  leastDeficit: number;
  /** Largest rest of a deficit modulo the small prime: always 0. */
  largestRest: number;
}

/**
 * Begins a tally.
 *
 * @returns a tally of nothing
 */
export function newResidueTally(): ResidueTally {
  return {
    residues: newTally(),
    plain: newTally(),
    fieldOperations: 0,
    pairs: 0,
    verifications: 0,
    foldedSums: 0,
    rounds: 0,
    mostRounds: 0,
    largestPrime: 0,
    leastDeficit: 0,
    largestRest: 0,
  };
}

/**
 * Says why sums are exact.
 *
 * @param tally - of all convolutions
 * @returns the certificate of the transforms; that the residues were corrected in full needs none
 */
export function residueCertificate({ residues, plain }: ResidueTally): ExactnessCertificate {
  return jointCertificate(certificateOf(residues), certificateOf(plain));
}

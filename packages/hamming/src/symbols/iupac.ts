import { refusal } from '@lemmata/core';

/**
 * The IUPAC codes of nucleotides and what each of them accepts, for `classes` of `preparePattern`: A, C, G, T, U (as T) and
 * the codes of sets, R Y S W K M B D H V N. An N of a text is no nucleotide and matches none of them.
 *
 * @see Nomenclature Committee of the International Union of Biochemistry, "Nomenclature for Incompletely Specified Bases
 * in Nucleic Acid Sequences", European Journal of Biochemistry 150, 1985
 */
export const IUPAC: ReadonlyMap<string, string> = new Map([
  ['A', 'A'],
  ['C', 'C'],
  ['G', 'G'],
  ['T', 'TU'],
  ['U', 'TU'],
  ['R', 'AG'],
  ['Y', 'CTU'],
  ['S', 'CG'],
  ['W', 'ATU'],
  ['K', 'GTU'],
  ['M', 'AC'],
  ['B', 'CGTU'],
  ['D', 'AGTU'],
  ['H', 'ACTU'],
  ['V', 'ACG'],
  ['N', 'ACGTU'],
]);

const COMPLEMENTS: ReadonlyMap<string, string> = new Map(
  ['AT', 'CG', 'RY', 'KM', 'BV', 'DH', 'SS', 'WW', 'NN'].flatMap(([x, y]) => [
    [x, y],
    [y, x],
    [x.toLowerCase(), y.toLowerCase()],
    [y.toLowerCase(), x.toLowerCase()],
  ]),
);

/**
 * The other strand of a piece of DNA: its complement, read backwards.
 *
 * A pattern occurs on the other strand where its reverse complement occurs on this one. IUPAC codes become the codes of
 * the complementary sets; case is kept.
 *
 * @param dna - letters A, C, G, T and IUPAC codes of sets, in either case
 * @returns the reverse complement, of the same length
 * @throws InvalidInputError `ERR_INPUT` for anything but such letters, with the index (U has no DNA complement letter)
 * Complexity: O(length).
 *
 * @example
 * ```ts
 * import { reverseComplement } from '@lemmata/hamming';
 *
 * console.log(reverseComplement('GATTACA'), reverseComplement('NGG')); // TGTAATC CCN
 * ```
 */
export function reverseComplement(dna: string): string {
  if (typeof dna !== 'string') throw refusal('dna', 'a string', dna);
  const letters: string[] = [];
  for (let i = dna.length - 1; i >= 0; i--) {
    const complement = COMPLEMENTS.get(dna[i]);
    if (complement === undefined) throw refusal(`dna[${i}]`, 'one of ACGTRYSWKMBDHVN in either case', dna[i]);
    letters.push(complement);
  }
  return letters.join('');
}

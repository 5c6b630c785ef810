import { DimensionError, refusal } from '@lemmata/core';

/** What may name a class. */
export type Label = number | string | boolean;

/** Labels as the engine needs them. */
export interface CodedLabels {
  /** The classes that occur, in order: numbers by size, strings by code units, false before true. */
  readonly classes: readonly Label[];
  /** Index of every sample's class, length m. */
  readonly codes: Int32Array;
}

/**
 * Reads class labels.
 *
 * @param labels - one per sample, all of one type
 * @param rows - rows of A, or how many labels there are to be
 * @param argument - name for messages
 * @param reason - what the number of labels is
 * @returns the classes and every sample's
 * @throws DimensionError, InvalidInputError when they are no labels, or fewer than two classes occur
 */
export function codeLabels(
  labels: ArrayLike<Label>,
  rows: number,
  argument = 'labels',
  reason = 'rows of A',
): CodedLabels {
  if (typeof labels !== 'object' || labels === null || typeof labels.length !== 'number') {
    throw refusal(argument, 'an array of numbers, strings or booleans', labels);
  }
  if (labels.length !== rows) {
    throw new DimensionError(`${argument}: expected length ${rows} (${reason}), got ${labels.length}`, {
      argument,
      expected: rows,
      actual: labels.length,
    });
  }
  const kind = typeof labels[0];
  const seen = new Set<Label>();
  for (let i = 0; i < rows; i++) {
    const label = labels[i];
    const fits = typeof label === kind && ['number', 'string', 'boolean'].includes(kind);
    if (!fits || (typeof label === 'number' && !Number.isFinite(label))) {
      throw refusal(`${argument}[${i}]`, 'a finite number, string or boolean, of one type for all samples', label);
    }
    seen.add(label);
  }
  const classes = [...seen].sort((p, q) => (p < q ? -1 : p > q ? 1 : 0));
  if (classes.length < 2) throw refusal(argument, 'at least two classes', classes[0]);
  const index = new Map(classes.map((label, k) => [label, k]));
  return { classes, codes: Int32Array.from({ length: rows }, (_, i) => index.get(labels[i]) as number) };
}

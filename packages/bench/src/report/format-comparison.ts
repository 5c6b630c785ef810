import type { ComparisonRecord } from '../comparison.js';
import type { RatioInterval } from '../pair-statistics.js';
import { formatNamed, formatTarget } from './format.js';

/**
 * Writes a ratio with its interval: three digits after the point where it is narrow and near 1, else fewer.
 *
 * @param interval - ratio and ends
 * @returns `1.051× [1.047, 1.056]`
 */
export function formatInterval({ ratio, low, high }: RatioInterval): string {
  const width = high - low;
  const digits = high >= 10 ? 1 : width < 0.02 && high < 2 ? 3 : 2;
  const write = (value: number): string => value.toFixed(digits);
  return `${write(ratio)}× [${write(low)}, ${write(high)}]`;
}

/**
 * Writes a share in per cent with two digits.
 *
 * @param share - a share, such as 0.05
 */
export function formatShare(share: number): string {
  return `${share >= 0.0995 ? Math.round(share * 100) : (share * 100).toFixed(1)}%`;
}

/**
 * Says of one cell what was compared.
 *
 * @param record - the comparison
 */
export function comparedCell({ problem, dataset, target }: ComparisonRecord): string {
  const goal = target === null ? '' : `, ${problem.metricLabel} <= ${formatTarget(target)}`;
  return `${formatNamed(problem)} on ${formatNamed(dataset)}${goal}`;
}

/**
 * Writes a comparison as lines of text.
 *
 * @param record - the comparison
 */
export function comparisonText(record: ComparisonRecord): string {
  const { first, second, findings, message, status, pairs, core } = record;
  const head = `${second.solver.label} against ${first.solver.label}, ${comparedCell(record)}`;
  if (findings === null) return `${head}\n  ${status}: ${message}`;
  const { ratio, control, verdict, detectable } = findings;
  return [
    head,
    `  time ratio ${formatInterval(ratio)}, 95% interval over ${pairs} pairs of processes${core === null ? '' : ' on one core'}: ${verdict}`,
    `  control ${formatInterval(control)}: differences below ${formatShare(detectable)} might not be seen`,
  ].join('\n');
}

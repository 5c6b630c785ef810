import {
  type BackendChoice,
  randomStream,
  requireNumber,
  requireOneOf,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import { type HammingProfile, hammingProfile } from './hamming-profile.js';
import { plan } from './plan.js';
import { type CostTable, costTable } from './rules/cost-table.js';
import { kernelBackend } from './rules/kernel-backend.js';
import { type PreparedPattern, preparePattern } from './symbols/prepare-pattern.js';

/** What a measurement of costs accepts. */
export interface CalibrateOptions {
  /** About how long to measure, in milliseconds, at least 1, default 100; slow machines take longer. */
  readonly milliseconds?: number;
  /** Kernels that are measured, default `'auto'`: those that run. */
  readonly backend?: BackendChoice;
}

/** The default of every option. */
const CALIBRATE_DEFAULTS: Settings<CalibrateOptions> = Object.freeze({ milliseconds: 100, backend: 'auto' });

/** A method on a workload that spends its time on the costs that are its own. */
interface Probe {
  readonly method: 'bytes' | 'sliced' | 'fft' | 'marking';
  /** Length of the pattern. */
  readonly m: number;
  /** Number of letters. */
  readonly letters: number;
  /** The costs that are scaled by what the probe takes. */
  readonly scales: readonly (keyof CostTable)[];
}

/**
 * One probe for each group of costs. Filters compare lanes, and single positions in loops like those of marking, so that
 * their costs go with these.
 */
const PROBES: readonly Probe[] = [
  { method: 'bytes', m: 256, letters: 4, scales: ['laneComparison', 'laneShift', 'filterShift'] },
  { method: 'sliced', m: 1024, letters: 4, scales: ['planeComparison', 'planeSymbol', 'planeDigit'] },
  { method: 'fft', m: 4096, letters: 4, scales: ['transformLevel', 'transformRow'] },
  { method: 'marking', m: 4096, letters: 200, scales: ['increment', 'symbol', 'verification'] },
];

/** Rounds that share the time, without the first one, which only warms up. */
const ROUNDS = 3;
/** Length of the text that the predicted cost of a workload is taken from. */
const REFERENCE = 65536;

/** A text as long as the default table predicts to take so many nanoseconds: pieces of random letters, repeated. */
function workload({ method, m, letters }: Probe, nanoseconds: number, options: { backend: BackendChoice }) {
  const stream = randomStream('calibrate').fork(method);
  const piece = Uint8Array.from({ length: m }, () => stream.integer(letters));
  const predicted = plan(REFERENCE, piece, options).costs[method] as number;
  const text = new Uint8Array(Math.max(2 * m, Math.ceil((REFERENCE * nanoseconds) / predicted)));
  for (let at = 0; at < text.length; at += m) text.set(piece.subarray(0, text.length - at), at);
  return { text, pattern: preparePattern(piece) };
}

/**
 * Measures what the operations of the exact methods cost on this machine, for the option `costs`.
 *
 * Each of four methods runs on a workload of its own; the costs that belong to it are those of the table that comes with
 * the package times one factor, the least measured time over the predicted one. Which method is cheapest depends on the
 * costs, what it computes does not: profiles and searches are the same with every table. The table is plain data and can
 * be stored.
 *
 * @param options - `milliseconds`, `backend`
 * @returns the costs, in nanoseconds
 * @throws InvalidInputError `ERR_OPTION` for options out of range or unknown; `ERR_INCOMPATIBLE` for `backend: 'wasm'` where
 * the platform cannot
 * Complexity: about the stated time, twice it when the methods have not run before.
 *
 * @example
 * ```ts
 * import { calibrate, hammingProfile } from '@lemmata/hamming';
 *
 * const costs = calibrate({ milliseconds: 20 });
 * console.log(costs.increment > 0, hammingProfile('abracadabra', 'abr', { costs }).distances); // true 0,3,3,2,3,2,3,0,3
 * ```
 */
export function calibrate(options?: CalibrateOptions): CostTable {
  const { milliseconds, backend: choice } = resolveOptions('calibrate', options, CALIBRATE_DEFAULTS);
  requireNumber('options.milliseconds', milliseconds, 1);
  requireOneOf('options.backend', choice, ['auto', 'js', 'wasm']);
  const backend = kernelBackend(choice);
  const nanoseconds = (milliseconds * 1e6) / ((ROUNDS + 1) * PROBES.length);
  const measured: { -readonly [Cost in keyof CostTable]: number } = { ...costTable(backend) };
  for (const probe of PROBES) {
    const { text, pattern } = workload(probe, nanoseconds, { backend });
    const factor = leastFactor(probe, text, pattern, backend);
    pattern.dispose();
    for (const cost of probe.scales) measured[cost] *= factor;
  }
  return measured;
}

function leastFactor({ method }: Probe, text: Uint8Array, pattern: PreparedPattern, backend: BackendChoice): number {
  const run = (): HammingProfile => hammingProfile(text, pattern, { method, backend });
  run();
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const { elapsedMs, plan: predicted } = run();
    least = Math.min(least, (elapsedMs * 1e6) / (predicted.costs[method] as number));
  }
  // Where the clock is too coarse to show anything, the table stays as it is.
  return least > 0 ? least : 1;
}

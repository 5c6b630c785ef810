import { InvalidInputError } from '@lemmata/core';
import { ChebCb } from './cheb-cb.js';
import type { ChebCbSnapshot } from './cheb-cb-data.js';
import { SmoothThompson } from './smooth-thompson.js';
import type { SmoothThompsonSnapshot } from './smooth-thompson-data.js';
import { TsallisInf, type TsallisInfSnapshot } from './tsallis-inf.js';

/** The tuners of this package. */
export type AnyTuner = TsallisInf | ChebCb | SmoothThompson;

/** The snapshots of the tuners of this package. */
export type TunerSnapshot = TsallisInfSnapshot | ChebCbSnapshot | SmoothThompsonSnapshot;

/**
 * Brings back any tuner of this package from its snapshot.
 *
 * @param snapshot - what `snapshot()` of a tuner gave, also after JSON
 * @returns a tuner that goes on, bit for bit, where the snapshot was taken
 * @throws InvalidInputError `ERR_FORMAT` when it is no such snapshot
 * Complexity: linear in the size of the snapshot.
 *
 * @example
 * ```ts
 * import { restoreTuner, TsallisInf } from '@lemmata/sor-bandit';
 *
 * const saved = JSON.stringify(new TsallisInf({ seed: 3 }).snapshot());
 * console.log(restoreTuner(JSON.parse(saved)).ask());
 * ```
 */
export function restoreTuner(snapshot: TunerSnapshot): AnyTuner {
  switch (snapshot?.format) {
    case 'lemmata/tsallis-inf':
      return TsallisInf.restore(snapshot);
    case 'lemmata/cheb-cb':
      return ChebCb.restore(snapshot);
    case 'lemmata/smooth-thompson':
      return SmoothThompson.restore(snapshot);
    default:
      throw new InvalidInputError('snapshot: expected that of a tuner, got something else', 'ERR_FORMAT', {
        argument: 'snapshot',
        expected: ['lemmata/tsallis-inf', 'lemmata/cheb-cb', 'lemmata/smooth-thompson'],
      });
  }
}

// Yardsticks in C for the profile: our own loops with AVX2, and FFTW's transforms.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import type { HammingInput } from '../instance.js';
import type { ProfileSolution } from '../profile.js';

const SETTINGS = {
  bytes: 'AVX2, 32 windows a vector, four vectors at a time, byte counters emptied every 255 positions',
  sliced: 'AVX2, 256 windows a vector, counters in binary digits summed by full adders',
  fftw: 'f32 real transforms of 4 m numbers, plans by FFTW_MEASURE made before the clock, one transform back a block',
} as const;

const source = (name: string): string => fileURLToPath(new URL(`../../../hamming/peers/${name}.c`, import.meta.url));

/** One of the yardsticks. */
export function solver(given: Params): Solver<HammingInput, ProfileSolution> {
  const params = readParams('solver c-yardstick', given, { loop: ['bytes', 'sliced', 'fftw'] });
  const { loop } = params;
  return nativePeer<HammingInput, ProfileSolution>({
    name: 'c-yardstick',
    version: '1',
    params,
    source: source(`${loop}_profile`),
    sampling: 'once',
    settings: SETTINGS[loop],
    ...(loop === 'fftw' ? { libraries: ['fftw3f'], packages: ['libfftw3-dev'] } : {}),
    supports: ({ text, pattern }) => {
      if (!(text instanceof Uint8Array)) return { skip: 'symbols are no bytes' };
      return pattern.length <= 65535 || { skip: 'counters of 16 bits' };
    },
    toPeer: ({ text, pattern }) => ({ text, pattern }),
  });
}

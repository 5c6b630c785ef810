// Yardsticks in C for the profile: our own loops with AVX2 or on half registers, and FFTW's transforms.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import type { HammingInput } from '../instance.js';
import type { ProfileSolution } from '../profile.js';

const SETTINGS = {
  bytes: 'AVX2, a window a byte, four vectors at a time, byte counters emptied every 255 positions',
  sliced: 'AVX2, a window a bit, counters in binary digits summed by full adders, carries in pairs',
  fftw: 'f32 real transforms of 4 m numbers, plans by FFTW_MEASURE made before the clock, one transform back a block',
} as const;

const peer = (name: string): string => fileURLToPath(new URL(`../../../hamming/peers/${name}`, import.meta.url));

/** One of the yardsticks; `width` is that of a vector in bits, which FFTW chooses by itself. */
export function solver(given: Params): Solver<HammingInput, ProfileSolution> {
  const params = readParams('solver c-yardstick', given, { loop: ['bytes', 'sliced', 'fftw'], width: [256, 128] });
  const { loop, width } = params;
  const parts =
    loop === 'fftw'
      ? { libraries: ['fftw3f'], packages: ['libfftw3-dev'] }
      : { headers: [peer('vectors.h')], flags: ['-mno-avx512f', `-DWIDTH=${width}`] };
  return nativePeer<HammingInput, ProfileSolution>({
    name: 'c-yardstick',
    version: '2',
    params,
    source: peer(`${loop}_profile.c`),
    sampling: 'once',
    settings: `${SETTINGS[loop]}${loop === 'fftw' ? '' : `, vectors of ${width} bits`}`,
    ...parts,
    supports: ({ text, pattern }) => {
      if (!(text instanceof Uint8Array)) return { skip: 'symbols are no bytes' };
      return pattern.length <= 65535 || { skip: 'counters of 16 bits' };
    },
    toPeer: ({ text, pattern }) => ({ text, pattern }),
  });
}

// The Fourier transform.
import type { Kernel, PreparedKernel } from '@lemmata/bench';
import { prepareFft } from '@lemmata/linalg';
import { uniform } from './data.js';
import { fftw, plainC } from './native.js';

const LOG_LENGTH = 16;
const LENGTH = 65_536;

const signal = (): Float64Array => uniform('signal', 2 * LENGTH);

function transform(backend: 'js' | 'wasm'): PreparedKernel {
  const [x, out] = [signal(), new Float64Array(2 * LENGTH)];
  const fft = prepareFft(LENGTH, { backend });
  return { run: () => void fft.forward(x, out), result: () => out.slice() };
}

/** Cooley and Tukey's scheme in radix 2 with a table: bit reversal, then butterflies in place. */
function plainTransform(): PreparedKernel {
  const [x, out] = [signal(), new Float64Array(2 * LENGTH)];
  const turns = Float64Array.from({ length: LENGTH }, (_, i) => {
    const angle = (-2 * Math.PI * (i >> 1)) / LENGTH;
    return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
  });
  const reversed = new Int32Array(LENGTH);
  for (let i = 0; i < LENGTH; i++) reversed[i] = (reversed[i >> 1] >> 1) | ((i & 1) << (LOG_LENGTH - 1));
  return {
    run: () => {
      for (let i = 0; i < LENGTH; i++) {
        out[2 * i] = x[2 * reversed[i]];
        out[2 * i + 1] = x[2 * reversed[i] + 1];
      }
      for (let half = 1; half < LENGTH; half *= 2) {
        const step = LENGTH / (2 * half);
        for (let start = 0; start < LENGTH; start += 2 * half) {
          for (let k = 0; k < half; k++) {
            const a = 2 * (start + k);
            const b = a + 2 * half;
            const c = turns[2 * k * step];
            const s = turns[2 * k * step + 1];
            const re = c * out[b] - s * out[b + 1];
            const im = c * out[b + 1] + s * out[b];
            out[b] = out[a] - re;
            out[b + 1] = out[a + 1] - im;
            out[a] += re;
            out[a + 1] += im;
          }
        }
      }
    },
    result: () => out.slice(),
  };
}

/** Kernels of transforms. */
export const transformKernels: readonly Kernel[] = [
  {
    name: 'FFT, complex',
    size: `n = ${LENGTH}`,
    operations: 5 * LENGTH * LOG_LENGTH,
    // 9 u log2(n) |X| for each transform, the norm |X| being at most sqrt(n) times its largest entry.
    tolerance: 9 * LOG_LENGTH * Math.sqrt(LENGTH) * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => transform('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => transform('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainTransform },
    ],
    native: [plainC('fft'), fftw()],
    input: signal,
    sizes: [LENGTH],
  },
];

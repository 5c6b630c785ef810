// The versions in C: our own yardsticks, and the libraries of Debian where they are installed.
import { fileURLToPath } from 'node:url';
import type { NativeVersion } from '@lemmata/bench';

const FOLDER = new URL('../../kernels/yardsticks/', import.meta.url);

/** The yardstick in plain C of a kernel. */
export function plainC(name: string): NativeVersion {
  return { label: 'C', source: fileURLToPath(new URL(`${name}.c`, FOLDER)), libraries: [], install: '' };
}

/** The kernel by OpenBLAS, one thread. */
export function openBlas(name: string): NativeVersion {
  return {
    label: 'OpenBLAS',
    source: fileURLToPath(new URL(`openblas-${name}.c`, FOLDER)),
    libraries: ['openblas'],
    install: 'Debian: apt-get install libopenblas-dev',
  };
}

/** The kernel by FFTW, one thread. */
export function fftw(): NativeVersion {
  return {
    label: 'FFTW',
    source: fileURLToPath(new URL('fftw.c', FOLDER)),
    libraries: ['fftw3'],
    install: 'Debian: apt-get install libfftw3-dev',
  };
}

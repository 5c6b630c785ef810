import { type Arena, type BackendChoice, openArena } from '@lemmata/core';
import { HAMMING_KERNELS } from '../kernels/hamming-kernels.js';
import { copyLetters, lettersFor } from './letters.js';

/** Bytes of a file that are looked at together: as many as platforms give at once. */
export const LETTER_BLOCK = 65536;
/** Kernels read and write whole vectors of so many bytes. */
const VECTOR = 16;

/** Takes the letters out of blocks of a file, in WebAssembly or in plain TypeScript. */
export interface LetterKernel {
  /** The letters of the block so far; the first `size` of them count, until the next block comes. */
  readonly letters: Uint8Array;
  /** Number of letters of the block so far. */
  readonly size: number;
  /** Number of lines that ended in the last call of `copy`. */
  readonly lines: number;
  /** Index behind the end of the last of these lines. */
  readonly lineStart: number;
  /** Brings a block of at most 65536 bytes in. */
  load(block: Uint8Array): void;
  /**
   * Copies letters from an index of the block on and leaves line ends out, up to the first byte that is neither, or to a
   * return that no line feed follows in the block; gives the index of that byte, or the block's end.
   */
  copy(from: number): number;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Opens the kernel.
 *
 * @param upperCase - whether small letters become capitals
 * @param choice - which backend
 * @returns the kernel
 */
export function openLetters(upperCase: boolean, choice: BackendChoice): LetterKernel {
  const room = LETTER_BLOCK + VECTOR;
  const arena = openArena(
    { letters: ['u8', room], tally: ['i32', 3], input: ['u8', choice === 'js' ? 0 : room] } as const,
    choice,
    [HAMMING_KERNELS],
  );
  const { letters, tally } = arena.views;
  const { load, copy } = arena.backend === 'js' ? plainLoops(arena.views, upperCase) : kernelLoops(arena, upperCase);
  let size = 0;
  return {
    letters,
    get size() {
      return size;
    },
    get lines() {
      return tally[1];
    },
    get lineStart() {
      return tally[2];
    },
    load: (block) => {
      size = 0;
      load(block);
    },
    copy: (from) => {
      const stop = copy(from, size);
      size += tally[0];
      return stop;
    },
    dispose: () => arena.dispose(),
  };
}

/** The blocks of the kernel's arena. */
type Layout = {
  readonly letters: readonly ['u8', number];
  readonly tally: readonly ['i32', number];
  readonly input: readonly ['u8', number];
};

/** Brings a block in; copies its letters from an index on, to where they are to go. */
interface Loops {
  load(block: Uint8Array): void;
  copy(from: number, to: number): number;
}

function plainLoops({ letters, tally }: Arena<Layout>['views'], upperCase: boolean): Loops {
  const table = lettersFor(upperCase);
  let input: Uint8Array = new Uint8Array(0);
  return {
    load: (block) => {
      input = block;
    },
    copy: (from, to) => copyLetters(input, from, table, letters, to, tally),
  };
}

function kernelLoops({ views, exports }: Arena<Layout>, upperCase: boolean): Loops {
  const { fastaLetters } = exports(HAMMING_KERNELS);
  const { input, letters, tally } = views;
  const fold = upperCase ? 1 : 0;
  let length = 0;
  return {
    load: (block) => {
      length = block.length;
      input.set(block);
      input.fill(0, length, length + VECTOR);
    },
    copy: (from, to) => fastaLetters(input.byteOffset, from, length, fold, letters.byteOffset + to, tally.byteOffset),
  };
}

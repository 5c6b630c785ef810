import { type BackendChoice, openArena } from '@lemmata/core';
import { lettersOfBytes } from '../symbols/byte-letters.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';
import { HAMMING_KERNELS } from './hamming-kernels.js';
import { tileLayout, tileLoader } from './lane-tile.js';

/** Blocks of a text as letters of a pattern, with how often each letter stands in them. */
export interface LetterBlocks {
  /** The block that begins at a symbol of the text, shorter at the text's end; good until the next one. */
  load(from: number): Codes;
  /** Counts of the loaded block; the last entry is that of symbols that are no letters. */
  readonly counts: Uint32Array;
  /** Releases the memory. */
  dispose(): void;
}

/** Letters that are counted one by one; symbols of a vector. */
const FEW = 16;

/**
 * Opens a text's blocks. A text of bytes is read as it is, with no second copy of it.
 *
 * @param matter - text and pattern
 * @param size - symbols of a block, a power of 2
 * @param choice - which kernels
 * @returns the blocks
 */
export function openLetterBlocks(matter: Matter, size: number, choice: BackendChoice): LetterBlocks {
  const { source, pattern } = matter;
  const { letters } = pattern;
  const counts = new Uint32Array(letters + 1);
  if (source instanceof Uint8Array && letters < FEW && size >= FEW && choice !== 'js') {
    const lanes = { text: source, table: Uint8Array.from(lettersOfBytes(pattern)), bytes: source, masked: false };
    const arena = openArena({ ...tileLayout(lanes, size) }, choice, [HAMMING_KERNELS]);
    if (arena.backend === 'wasm') {
      const { text } = arena.views;
      const kernels = arena.exports(HAMMING_KERNELS);
      const load = tileLoader(lanes, arena.views, kernels);
      return {
        counts,
        load: (from) => {
          load(from);
          const length = Math.min(size, source.length - from);
          text.fill(letters, length);
          for (let letter = 0; letter <= letters; letter++) {
            counts[letter] = kernels.countByte(text.byteOffset, size, letter);
          }
          counts[letters] -= size - length;
          return text.subarray(0, length);
        },
        dispose: () => arena.dispose(),
      };
    }
    arena.dispose();
  }
  return {
    counts,
    load: (from) => {
      const block = matter.text.subarray(from, from + size);
      counts.fill(0);
      for (let i = 0; i < block.length; i++) counts[block[i]]++;
      return block;
    },
    dispose: () => {},
  };
}

import { type Arena, type ArenaLayout, refusal } from '@lemmata/core';

/** An array that kernels read or write. */
type KernelArray = Float64Array | Float32Array | Int32Array;

/**
 * Makes the function that turns arrays into addresses for the kernels of an arena.
 *
 * @param arena - a `wasm` arena
 * @returns gives the address of the entry at a position of an array; it throws InvalidInputError for an array that does
 * not lie in the arena
 */
export function addresses(arena: Arena<ArenaLayout>): (argument: string, array: KernelArray, at?: number) => number {
  // Asking a typed array for its buffer costs more than a short loop; the arena's own blocks are recognised without it.
  const blocks = new Set<unknown>(Object.values(arena.views));
  const home = Object.values(arena.views)[0]?.buffer;
  return (argument, array, at = 0) => {
    if (!blocks.has(array) && (home === undefined || array.buffer !== home)) {
      throw refusal(argument, "a view of the kernels' arena", array);
    }
    return at === 0 ? array.byteOffset : array.byteOffset + at * array.BYTES_PER_ELEMENT;
  };
}

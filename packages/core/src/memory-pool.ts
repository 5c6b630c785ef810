// Memories that runs have released, for the next run: the first write to a page of fresh memory costs about ten times a
// write to one that is mapped already, which for a design of some megabytes is more than solving on it.

/** Bytes in a page of WebAssembly memory. */
export const PAGE: number = 65536;

/** How many released memories are remembered. */
const REMEMBERED = 4;
/** A memory may have twice the pages that are asked for, and so many more: small runs share small memories. */
const SPARE_PAGES = 16;

/** A released memory: held weakly, so that the collector may have it at any time. */
interface Released {
  readonly memory: WeakRef<WebAssembly.Memory>;
  readonly pages: number;
}

const released: Released[] = [];

/**
 * A memory of at least so many pages, its first bytes zero: a released one of about that size, else a new one.
 *
 * @param pages - number of pages, 1 to 65536
 * @param zeroed - how many bytes have to be zero, at most those of the pages
 * @returns the memory, which never grows
 * @throws RangeError when the platform has no memory of that size
 */
export function takeMemory(pages: number, zeroed: number): WebAssembly.Memory {
  for (let i = released.length - 1; i >= 0; i--) {
    const candidate = released[i];
    if (candidate.pages < pages || candidate.pages > 2 * pages + SPARE_PAGES) continue;
    released.splice(i, 1);
    const memory = candidate.memory.deref();
    if (memory === undefined) continue;
    new Uint8Array(memory.buffer, 0, zeroed).fill(0);
    return memory;
  }
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/**
 * Takes a memory back when its run is over.
 *
 * @param memory - a memory that nobody uses any more
 */
export function giveBackMemory(memory: WebAssembly.Memory): void {
  released.push({ memory: new WeakRef(memory), pages: memory.buffer.byteLength / PAGE });
  if (released.length > REMEMBERED) released.shift();
}

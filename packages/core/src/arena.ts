import { requireInteger, requireOneOf } from './checks.js';
import { InvalidInputError } from './errors.js';
import { compileKernels, type KernelExports, type KernelModule } from './kernel-module.js';
import { giveBackMemory, PAGE, takeMemory } from './memory-pool.js';

/** Which kernels to run: WebAssembly where the platform allows it, plain TypeScript, or WebAssembly or an error. */
export type BackendChoice = 'auto' | 'js' | 'wasm';

/** Which kernels ran. The answer's bits are the same with both. */
export type Backend = 'js' | 'wasm';

/** The element types of arena blocks and the arrays that show them. */
export interface ElementArrays {
  /** 64-bit floating point numbers. */
  readonly f64: Float64Array;
  /** 32-bit floating point numbers. */
  readonly f32: Float32Array;
  /** 32-bit signed integers. */
  readonly i32: Int32Array;
  /** 32-bit unsigned integers. */
  readonly u32: Uint32Array;
  /** 16-bit unsigned integers. */
  readonly u16: Uint16Array;
  /** Bytes. */
  readonly u8: Uint8Array;
}

/**
 * Element type and length of every block of an arena; `'unset'` for a block whose first contents do not matter, because
 * all that is read of it is written before.
 */
export type ArenaLayout = Readonly<
  Record<string, readonly [kind: keyof ElementArrays, length: number, contents?: 'unset']>
>;

/** The memory of one solver run: blocks laid out once, zero at the start unless they are unset, released together. */
export interface Arena<Layout extends ArenaLayout> {
  /** Where the blocks lie: on the engine's heap (`js`) or in one WebAssembly memory. */
  readonly backend: Backend;
  /** Size of all blocks, in bytes. */
  readonly bytes: number;
  /** The blocks as typed arrays; in a `wasm` arena their `byteOffset` is the kernels' pointer. */
  readonly views: { readonly [Name in keyof Layout]: ElementArrays[Layout[Name][0]] };
  /** The kernels of a module, over this arena's memory; only in a `wasm` arena, and only modules named at the opening. */
  exports(module: KernelModule): KernelExports;
  /** Releases the memory, which another arena may then take over; calling it again has no effect. */
  dispose(): void;
}

const MAX_BYTES = 65536 * PAGE;
/** Blocks start at multiples of a cache line, which is also a multiple of the 16 bytes of a SIMD register. */
const ALIGNMENT = 64;
/** Address 0 stays free, so that no block has the null pointer. */
const FIRST_BLOCK = 1024;

const ARRAYS = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;

let live = 0;

/**
 * The number of arenas that were opened and not disposed of: 0 when no run is under way.
 *
 * @returns a count
 */
export function liveArenas(): number {
  return live;
}

/**
 * Opens an arena with the given blocks.
 *
 * With `'auto'` it lies in WebAssembly memory if all modules compile and the blocks fit into 4 GiB, else on the heap.
 *
 * @param layout - element type and length of each block, and whether it may be left as it comes
 * @param choice - which kernels the run is to use
 * @param modules - the kernel modules that will run on the blocks
 * @returns the arena, all blocks zero but those that are `'unset'`
 * @throws InvalidInputError for a length that is no integer >= 0; with `'wasm'` also `ERR_INCOMPATIBLE` when the
 * platform refuses a module and `ERR_MEMORY` when the blocks do not fit, with the bytes needed
 */
export function openArena<Layout extends ArenaLayout>(
  layout: Layout,
  choice: BackendChoice,
  modules: readonly KernelModule[],
): Arena<Layout> {
  requireOneOf('options.backend', choice, ['auto', 'js', 'wasm']);
  const offsets = new Map<string, number>();
  let end = FIRST_BLOCK;
  let bytes = 0;
  const place = (unset: boolean): number => {
    for (const [name, [kind, length, contents]] of Object.entries(layout)) {
      if ((contents === 'unset') !== unset) continue;
      requireInteger(`layout.${name}`, length);
      const size = length * ARRAYS[kind].BYTES_PER_ELEMENT;
      offsets.set(name, end);
      bytes += size;
      end += Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    }
    return end;
  };
  // Unset blocks come last, so that what has to be zero is one piece.
  const zeroed = place(false);
  place(true);
  const memory = choice === 'js' ? undefined : openMemory(end, zeroed, choice, modules);
  const instances = new Map<KernelModule, KernelExports>();
  if (memory !== undefined) {
    for (const module of modules) {
      const { module: code } = compileKernels(module) as { module: WebAssembly.Module };
      const instance = new WebAssembly.Instance(code, { env: { memory } });
      instances.set(module, instance.exports as KernelExports);
    }
  }
  const views = Object.entries(layout).map(([name, [kind, length]]) => [
    name,
    memory === undefined ? new ARRAYS[kind](length) : new ARRAYS[kind](memory.buffer, offsets.get(name), length),
  ]);
  live++;
  let open = true;
  return {
    backend: memory === undefined ? 'js' : 'wasm',
    bytes,
    views: Object.fromEntries(views),
    exports: (module) => {
      const found = instances.get(module);
      if (open && found !== undefined) return found;
      throw new InvalidInputError(
        `arena: expected an open wasm arena with the module ${module.name}, got ${open ? 'one without it' : 'a disposed one'}`,
        'ERR_STATE',
        { argument: 'module', expected: 'a module named when the arena was opened', actual: module.name },
      );
    },
    dispose: () => {
      if (!open) return;
      open = false;
      live--;
      instances.clear();
      if (memory !== undefined) giveBackMemory(memory);
    },
  };
}

/** A memory for the blocks, its first `zeroed` bytes zero, or undefined when `'auto'` falls back to the heap. */
function openMemory(
  bytes: number,
  zeroed: number,
  choice: 'auto' | 'wasm',
  modules: readonly KernelModule[],
): WebAssembly.Memory | undefined {
  for (const module of modules) {
    const compiled = compileKernels(module);
    if (!('failure' in compiled)) continue;
    if (choice === 'auto') return undefined;
    throw new InvalidInputError(
      `options.backend: expected a platform that compiles the kernels of ${module.name}, got ${String(compiled.failure)}`,
      'ERR_INCOMPATIBLE',
      { argument: 'options.backend', expected: 'WebAssembly with SIMD', actual: String(compiled.failure) },
    );
  }
  const pages = Math.ceil(bytes / PAGE);
  try {
    if (bytes > MAX_BYTES) throw new RangeError('more than 65536 pages');
    return takeMemory(pages, zeroed);
  } catch {
    if (choice === 'auto') return undefined;
    throw new InvalidInputError(
      `options.backend: expected data that fits into WebAssembly memory (at most ${MAX_BYTES} bytes), got ${bytes} bytes`,
      'ERR_MEMORY',
      { argument: 'options.backend', expected: MAX_BYTES, actual: bytes },
    );
  }
}

/** A WebAssembly module of kernels as its package carries it: named, encoded, compiled at first use. */
export interface KernelModule {
  /** Name of the package, for messages. */
  readonly name: string;
  /** The module's bytes in base64; its one import is `env.memory`. */
  readonly base64: string;
}

/** The raw exports of a kernel module; every pointer is a byte offset into the arena's memory. */
export type KernelExports = Readonly<Record<string, (...args: number[]) => number>>;

/** A module after its compilation: what `WebAssembly.Instance` takes, or why this platform refused it. */
export type CompiledKernels = { readonly module: object } | { readonly failure: unknown };

const compiled = new WeakMap<KernelModule, CompiledKernels>();

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/**
 * Compiles a module once per process.
 *
 * @param module - the module
 * @returns the compiled module, or why this platform refuses it: no WebAssembly, no SIMD, a content security policy
 */
export function compileKernels(module: KernelModule): CompiledKernels {
  let result = compiled.get(module);
  if (result === undefined) {
    try {
      result = { module: new WebAssembly.Module(decode(module.base64)) };
    } catch (failure) {
      result = { failure };
    }
    compiled.set(module, result);
  }
  return result;
}

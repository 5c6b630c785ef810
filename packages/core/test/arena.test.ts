import { describe, expect, it } from 'vitest';
import { type KernelModule, liveArenas, openArena } from '../src/index.js';

/** (module (import "env" "memory" (memory 0)) (func (export "first") (param i32) (result f64) local.get 0 f64.load)) */
const LOAD: KernelModule = {
  name: 'test',
  base64: btoa(
    String.fromCharCode(
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...[1, 6, 1, 0x60, 1, 0x7f, 1, 0x7c],
      ...[2, 15, 1, 3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 0, 0],
      ...[3, 2, 1, 0],
      ...[7, 9, 1, 5, 0x66, 0x69, 0x72, 0x73, 0x74, 0, 0],
      ...[10, 9, 1, 7, 0, 0x20, 0, 0x2b, 3, 0, 0x0b],
    ),
  ),
};
const BROKEN: KernelModule = { name: 'broken', base64: btoa('no module') };
const LAYOUT = { x: ['f64', 5], ids: ['i32', 3], bytes: ['u8', 1], none: ['f32', 0] } as const;

describe('an arena', () => {
  it.each(['js', 'wasm'] as const)('lays out zeroed blocks of the right kind (%s)', (backend) => {
    const arena = openArena(LAYOUT, backend, [LOAD]);
    const { x, ids, bytes, none } = arena.views;
    expect(arena.backend).toBe(backend);
    expect(arena.bytes).toBe(5 * 8 + 3 * 4 + 1);
    expect(x).toEqual(new Float64Array(5));
    expect(ids).toEqual(new Int32Array(3));
    expect(bytes).toEqual(new Uint8Array(1));
    expect(none).toEqual(new Float32Array(0));
    x.fill(1);
    bytes.fill(2);
    expect(ids).toEqual(new Int32Array(3));
    arena.dispose();
  });

  it('aligns blocks to 64 bytes, keeps them apart and runs kernels on them', () => {
    const arena = openArena(LAYOUT, 'wasm', [LOAD]);
    const views = [arena.views.x, arena.views.ids, arena.views.bytes];
    for (const view of views) expect(view.byteOffset % 64).toBe(0);
    for (let i = 1; i < views.length; i++) {
      expect(views[i].byteOffset).toBeGreaterThanOrEqual(views[i - 1].byteOffset + views[i - 1].byteLength);
    }
    arena.views.x[0] = 3.25;
    expect(arena.exports(LOAD)['first'](arena.views.x.byteOffset)).toBe(3.25);
    arena.dispose();
  });

  it('is counted until it is disposed of, once', () => {
    const before = liveArenas();
    const arenas = (['js', 'wasm', 'auto'] as const).map((choice) => openArena(LAYOUT, choice, [LOAD]));
    expect(liveArenas()).toBe(before + 3);
    for (const arena of [...arenas, ...arenas]) arena.dispose();
    expect(liveArenas()).toBe(before);
    expect(() => arenas[1].exports(LOAD)).toThrow(expect.objectContaining({ code: 'ERR_STATE' }));
  });

  it('starts at zero in memory that another arena has released', () => {
    const sizes = [100_000, 60_000, 100_000, 90_000, 50_000];
    let reused = 0;
    let before: ArrayBufferLike | undefined;
    for (const size of sizes) {
      const arena = openArena({ x: ['f64', size], y: ['f64', size] } as const, 'wasm', [LOAD]);
      if (arena.views.x.buffer === before) reused++;
      expect(arena.views.x.every((value) => value === 0) && arena.views.y.every((value) => value === 0)).toBe(true);
      arena.views.x.fill(1);
      arena.views.y.fill(2);
      before = arena.views.x.buffer;
      arena.dispose();
    }
    // Each size fits into the memory released just before, which this test still holds.
    expect(reused).toBeGreaterThan(0);
  });

  it('leaves unset blocks as they come, and all others at zero', () => {
    const first = openArena({ x: ['f64', 40_000] } as const, 'wasm', [LOAD]);
    first.views.x.fill(7);
    const { buffer } = first.views.x;
    first.dispose();
    const layout = { a: ['f64', 10_000], x: ['f64', 20_000, 'unset'], b: ['i32', 10_000] } as const;
    const second = openArena(layout, 'wasm', [LOAD]);
    const { a, x, b } = second.views;
    expect(x.buffer).toBe(buffer);
    expect(a.every((value) => value === 0) && b.every((value) => value === 0)).toBe(true);
    expect(x.includes(7)).toBe(true);
    expect([a, x, b].map((view) => view.length)).toEqual([10_000, 20_000, 10_000]);
    second.dispose();
  });

  it('is never given memory that another arena still uses', () => {
    const first = openArena(LAYOUT, 'wasm', [LOAD]);
    first.dispose();
    first.dispose();
    const second = openArena(LAYOUT, 'wasm', [LOAD]);
    const third = openArena(LAYOUT, 'wasm', [LOAD]);
    expect(second.views.x.buffer).not.toBe(third.views.x.buffer);
    second.dispose();
    third.dispose();
  });

  it('falls back to the heap when a module does not compile, and says so when asked for wasm', () => {
    const arena = openArena(LAYOUT, 'auto', [LOAD, BROKEN]);
    expect(arena.backend).toBe('js');
    expect(() => arena.exports(LOAD)).toThrow(expect.objectContaining({ code: 'ERR_STATE' }));
    arena.dispose();
    expect(() => openArena(LAYOUT, 'wasm', [BROKEN])).toThrow(
      /expected a platform that compiles the kernels of broken/,
    );
  });

  it('names the bytes needed when the blocks do not fit into 4 GiB', () => {
    const layout = { huge: ['f64', 2 ** 29] } as const;
    expect(() => openArena(layout, 'wasm', [LOAD])).toThrow(
      expect.objectContaining({ code: 'ERR_MEMORY', message: expect.stringContaining(`got ${2 ** 32 + 1024} bytes`) }),
    );
  });

  it('refuses an unknown backend and a length that is no integer', () => {
    expect(() => openArena(LAYOUT, 'gpu' as 'js', [])).toThrow(
      "options.backend: expected one of 'auto', 'js', 'wasm', got \"gpu\"",
    );
    expect(() => openArena({ x: ['f64', 1.5] }, 'js', [])).toThrow('layout.x: expected an integer >= 0, got 1.5');
  });
});

import { type Arena, type ArenaLayout, openArena, randomStream } from '@lemmata/core';
import { afterAll, describe, expect, test } from 'vitest';
import type { Kernels, Loops } from '../src/kernels/kernels.js';
import { LINALG_KERNELS, linalgKernels } from '../src/kernels/linalg-kernels.js';

/** Longest column, and words of the two pools that every case is laid out in: at most 4 columns and 6 vectors of it. */
const LONGEST = 4099;
const WORDS = 12 * (LONGEST + 32);
/** A pattern for words outside the arrays: finite as a double, and no column as an integer. */
const GUARD = 0xdeadbeef;
const GUARD_WORDS = 8;

/** An array of a case: the same place in the pools of both backends. */
interface Block {
  readonly kind: 'f64' | 'i32';
  readonly start: number;
  readonly length: number;
}

type View = <Array extends Float64Array | Int32Array>(block: Block) => Array;
type Run = (kernels: Kernels, view: View) => unknown;

const KINDS = ['f64', 'i32'] as const;
const layout = { f64: ['f64', WORDS], i32: ['i32', WORDS] } as const;
const js = openArena(layout, 'js', []);
const wasm = openArena(layout, 'wasm', [LINALG_KERNELS]);
const calls = new Map<string, number>();
const kernels = { js: linalgKernels(js), wasm: linalgKernels(counted(wasm)) };
const stream = randomStream('twins');

afterAll(() => {
  js.dispose();
  wasm.dispose();
});

/** The arena with exports that count their calls: only the instance's own functions are counted. */
function counted(arena: Arena<ArenaLayout>): Arena<ArenaLayout> {
  return {
    ...arena,
    exports: (module) =>
      Object.fromEntries(
        Object.entries(arena.exports(module)).map(([name, loop]) => [
          name,
          (...args: number[]) => {
            calls.set(name, (calls.get(name) ?? 0) + 1);
            return loop(...args);
          },
        ]),
      ),
  };
}

/**
 * Numbers of every kind: ordinary, signed zeros, subnormals, and in the second half magnitudes from 1e-100 to 1e100, so
 * that nothing overflows to an infinity: differences of infinities are NaN, of which bits are not specified.
 */
const SOURCE = Float64Array.from({ length: 6 * LONGEST }, (_, i) => {
  const sign = stream.uniform() < 0.5 ? -1 : 1;
  const kind = stream.integer(10);
  if (kind === 0) return sign * 0;
  if (kind === 1) return sign * stream.integer(1000) * 5e-324;
  if (kind === 2 && i >= 3 * LONGEST) return sign * (1 + stream.uniform()) * 1e100;
  if (kind === 3 && i >= 3 * LONGEST) return sign * (1 + stream.uniform()) * 1e-100;
  return sign * stream.uniform();
});

/** 1,000 lengths: all of 0..64 and 4088..4099, the others drawn from 0..4099. */
const LENGTHS = Array.from({ length: 1000 }, (_, i) => {
  if (i <= 64) return i;
  return i <= 76 ? 4088 + i - 65 : stream.integer(LONGEST + 1);
});

/** Lays the arrays of a case out: each starts 0, 8, ..., 56 bytes after a 64-byte boundary, with guards around. */
class Space {
  readonly blocks: Block[] = [];
  readonly used = { f64: 0, i32: 0 };
  private readonly shift: number;

  constructor(shift: number) {
    this.shift = shift;
  }

  /** A vector from the source, or with the given values. */
  f64(length: number, values?: Float64Array): Block {
    const from = stream.integer(SOURCE.length - length + 1);
    return this.place('f64', values ?? SOURCE.subarray(from, from + length));
  }

  i32(values: ArrayLike<number>): Block {
    return this.place('i32', values);
  }

  private place(kind: 'f64' | 'i32', values: ArrayLike<number>): Block {
    // The next 64-byte boundary that leaves room for guards, and a shift that differs from array to array.
    const boundary = Math.ceil((this.used[kind] + GUARD_WORDS) / 16) * 16;
    const start = boundary + ((this.shift + 3 * this.blocks.length) % 8) * (kind === 'i32' ? 2 : 1);
    this.used[kind] = start + values.length + GUARD_WORDS;
    if (this.used[kind] > WORDS) throw new Error(`the pools are too small: ${this.used[kind]} words`);
    const block = { kind, start, length: values.length };
    js.views[kind].set(values, start);
    this.blocks.push(block);
    return block;
  }
}

function words(array: Float64Array | Int32Array): Uint32Array {
  return new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4);
}

/** The first word in which two arrays differ, -1 when there is none. */
function difference(x: Uint32Array, y: Uint32Array): number {
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return i;
  return -1;
}

/** Runs a kernel in both backends over all lengths and compares the bits of everything: results, arrays, guards. */
function twins(name: keyof Loops, prepare: (n: number, space: Space) => Run): void {
  test(`${name}: TypeScript and WebAssembly agree bit for bit`, () => {
    let finite = true;
    for (const arena of [js, wasm]) for (const kind of KINDS) words(arena.views[kind]).fill(GUARD);
    LENGTHS.forEach((n, index) => {
      const space = new Space(index % 8);
      const run = prepare(n, space);
      for (const kind of KINDS) wasm.views[kind].set(js.views[kind].subarray(0, space.used[kind]));
      const results = [js, wasm].map((arena) =>
        run(kernels[arena.backend], ((block) =>
          arena.views[block.kind].subarray(block.start, block.start + block.length)) as View),
      );
      expect(Object.is(results[0], results[1]), `n = ${n}: ${results[0]}, ${results[1]}`).toBe(true);
      for (const kind of KINDS) {
        const [mine, theirs] = [js, wasm].map((arena) => words(arena.views[kind].subarray(0, space.used[kind])));
        expect(difference(mine, theirs), `n = ${n}: first differing word of ${kind}`).toBe(-1);
      }
      for (const { kind, start, length } of space.blocks) {
        const pool = wasm.views[kind];
        for (const edge of [start - GUARD_WORDS, start + length]) {
          const guards = words(pool.subarray(edge, edge + GUARD_WORDS));
          expect(
            guards.every((word) => word === GUARD),
            `n = ${n}: guards at word ${edge} of ${kind}`,
          ).toBe(true);
        }
        if (kind === 'f64') finite &&= js.views.f64.subarray(start, start + length).every(Number.isFinite);
      }
      for (const arena of [js, wasm])
        for (const kind of KINDS) words(arena.views[kind].subarray(0, space.used[kind])).fill(GUARD);
    });
    for (const kind of KINDS)
      expect(
        words(wasm.views[kind]).every((word) => word === GUARD),
        `rest of ${kind}`,
      ).toBe(true);
    expect(finite, 'no case overflowed').toBe(true);
    expect(kernels.wasm.backend).toBe('wasm');
    expect(calls.get(name)).toBe(LENGTHS.length);
  });
}

/** A range [from, to) within 0..limit: mostly long, sometimes empty. */
function range(limit: number): readonly [from: number, to: number] {
  const to = limit - stream.integer(Math.min(limit, 2) + 1);
  return [stream.integer(Math.min(to, 2) + 1), to];
}

/** Sums of squares of the columns; the zero ones among them are passed over. */
function squaresOf(columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from(columns, (column) => column.reduce((sum, value) => sum + value * value, 0));
}

/** A dense matrix of n rows and 0 to 4 columns. */
function denseCase(n: number, space: Space): { cols: number; a: Block; columns: Float64Array[] } {
  const cols = stream.integer(5);
  const a = space.f64(
    n * cols,
    Float64Array.from({ length: n * cols }, () => SOURCE[stream.integer(SOURCE.length)]),
  );
  const columns = Array.from({ length: cols }, (_, j) => js.views.f64.subarray(a.start + j * n, a.start + (j + 1) * n));
  return { cols, a, columns };
}

/** A sparse matrix of n + 1 rows: one column of n entries, and 1 to 12 others of at most 20. */
function sparseCase(n: number, space: Space) {
  const rows = n + 1;
  const cols = 2 + stream.integer(12);
  const full = stream.integer(cols);
  const counts = Array.from({ length: cols }, (_, j) => (j === full ? n : stream.integer(Math.min(n, 20) + 1)));
  const indptr = [0];
  const indices: number[] = [];
  for (const count of counts) {
    const shift = stream.uniform();
    // rows / count > 1, so that the indices rise strictly and stay below rows.
    for (let k = 0; k < count; k++) indices.push(Math.floor(((k + shift) * rows) / count));
    indptr.push(indices.length);
  }
  const data = space.f64(indices.length);
  const columns = counts.map((_, j) => js.views.f64.subarray(data.start + indptr[j], data.start + indptr[j + 1]));
  return { rows, cols, columns, indptr: space.i32(indptr), indices: space.i32(indices), data };
}

describe('kernels of both backends', () => {
  twins('dot', (n, space) => {
    const [x, y] = [space.f64(n), space.f64(n)];
    return (kernels, view) => kernels.dot(view(x), view(y));
  });

  twins('axpy', (n, space) => {
    const [x, y] = [space.f64(n), space.f64(n)];
    const alpha = SOURCE[stream.integer(SOURCE.length)];
    return (kernels, view) => kernels.axpy(alpha, view(x), view(y));
  });

  twins('columnProducts', (n, space) => {
    const { cols, a } = denseCase(n, space);
    const [r, out] = [space.f64(n), space.f64(cols)];
    const [from, to] = range(cols);
    return (kernels, view) => kernels.columnProducts(n, view(a), view(r), view(out), from, to);
  });

  twins('selectedColumnProducts', (n, space) => {
    const { cols, a } = denseCase(n, space);
    const [r, out, ids] = [space.f64(n), space.f64(cols), space.i32(stream.permutation(cols))];
    const [from, to] = range(cols);
    return (kernels, view) => kernels.selectedColumnProducts(n, view(a), view(ids), view(r), view(out), from, to);
  });

  twins('columnCombination', (n, space) => {
    const { cols, a } = denseCase(n, space);
    const [x, y] = [space.f64(cols), space.f64(n)];
    const [from, to] = range(cols);
    return (kernels, view) => kernels.columnCombination(n, view(a), view(x), view(y), from, to);
  });

  twins('sparseColumnProducts', (n, space) => {
    const { rows, cols, indptr, indices, data } = sparseCase(n, space);
    const [r, out] = [space.f64(rows), space.f64(cols)];
    const [from, to] = range(cols);
    return (kernels, view) =>
      kernels.sparseColumnProducts(view(indptr), view(indices), view(data), view(r), view(out), from, to);
  });

  twins('selectedSparseColumnProducts', (n, space) => {
    const { rows, cols, indptr, indices, data } = sparseCase(n, space);
    const [r, out, ids] = [space.f64(rows), space.f64(cols), space.i32(stream.permutation(cols))];
    const [from, to] = range(cols);
    return (kernels, view) =>
      kernels.selectedSparseColumnProducts(
        view(indptr),
        view(indices),
        view(data),
        view(ids),
        view(r),
        view(out),
        from,
        to,
      );
  });

  twins('sparseColumnCombination', (n, space) => {
    const { rows, cols, indptr, indices, data } = sparseCase(n, space);
    const [x, y] = [space.f64(cols), space.f64(rows)];
    const [from, to] = range(cols);
    return (kernels, view) =>
      kernels.sparseColumnCombination(view(indptr), view(indices), view(data), view(x), view(y), from, to);
  });

  twins('lassoEpochDense', (n, space) => {
    const { cols, a, columns } = denseCase(n, space);
    const [r, w, squares] = [space.f64(n), space.f64(cols), space.f64(cols, squaresOf(columns))];
    const ids = space.i32(stream.permutation(cols));
    const [from, to] = range(cols);
    const threshold = Math.abs(SOURCE[stream.integer(SOURCE.length)]);
    return (kernels, view) =>
      kernels.lassoEpochDense(n, view(a), view<Int32Array>(ids), from, to, view(squares), threshold, view(r), view(w));
  });

  twins('lassoEpochSparse', (n, space) => {
    const { rows, cols, columns, indptr, indices, data } = sparseCase(n, space);
    const [r, w, squares] = [space.f64(rows), space.f64(cols), space.f64(cols, squaresOf(columns))];
    const means = Float64Array.from(columns, (column) => column.reduce((sum, value) => sum + value, 0) / rows);
    const sum = js.views.f64.subarray(r.start, r.start + rows).reduce((total, value) => total + value, 0);
    const [centres, total] = [space.f64(cols, means), space.f64(1, Float64Array.of(sum))];
    const ids = space.i32(stream.permutation(cols));
    const [from, to] = range(cols);
    const threshold = Math.abs(SOURCE[stream.integer(SOURCE.length)]);
    return (kernels, view) =>
      kernels.lassoEpochSparse(
        view(indptr),
        view(indices),
        view(data),
        view(ids),
        from,
        to,
        view(squares),
        view(centres),
        threshold,
        view(r),
        view(total),
        view(w),
      );
  });
});

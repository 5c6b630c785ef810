import { type Arena, type ArenaLayout, openArena } from '@lemmata/core';
import { expect } from 'vitest';
import { LINALG_KERNELS } from '../src/kernels/linalg-kernels.js';

/** The arrays of a case by name. */
export type Arrays = Readonly<Record<string, Float64Array | Float32Array | Int32Array>>;
/** The same arrays as views of one backend's pools. */
export type Views<A extends Arrays> = { readonly [Name in keyof A]: A[Name] };

const GUARD = 0xdeadbeef;
const GUARD_WORDS = 8;
const KINDS = ['f64', 'f32', 'i32'] as const;

function kindOf(array: Arrays[string]): (typeof KINDS)[number] {
  if (array instanceof Float64Array) return 'f64';
  return array instanceof Float32Array ? 'f32' : 'i32';
}

function words(array: Arrays[string]): Uint32Array {
  return new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4);
}

/**
 * Two sets of pools, one for each backend, in which cases are laid out in the same way: arrays at shifts of 0 to 7
 * entries from a boundary of 64 bytes, with guard words before and after.
 */
export class TwinPools {
  readonly js: Arena<ArenaLayout>;
  readonly wasm: Arena<ArenaLayout>;
  /** Calls of the exports of the WebAssembly instance, by name. */
  readonly calls = new Map<string, number>();

  constructor(entries: number) {
    const layout = { f64: ['f64', entries], f32: ['f32', entries], i32: ['i32', entries] } as const;
    this.js = openArena(layout, 'js', []);
    const arena = openArena(layout, 'wasm', [LINALG_KERNELS]);
    const { calls } = this;
    this.wasm = {
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
    for (const { views } of [this.js, this.wasm]) {
      for (const kind of KINDS) words(views[kind] as Arrays[string]).fill(GUARD);
    }
  }

  /**
   * Runs a case in both backends and compares results, arrays and everything around them bit for bit.
   *
   * @returns copies of the arrays after the run
   */
  compare<A extends Arrays>(
    shift: number,
    arrays: A,
    label: string,
    run: (backend: 'js' | 'wasm', views: Views<A>) => unknown,
  ): Views<A> {
    const used = { f64: 0, f32: 0, i32: 0 };
    const places = Object.entries(arrays).map(([name, array], index) => {
      const kind = kindOf(array);
      const unit = 64 / array.BYTES_PER_ELEMENT;
      const start = Math.ceil((used[kind] + GUARD_WORDS) / unit) * unit + ((shift + 3 * index) % 8);
      used[kind] = start + array.length + GUARD_WORDS;
      if (used[kind] > this.js.views[kind].length) throw new Error(`the pools are too small: ${used[kind]} entries`);
      return { name, kind, array, start };
    });
    const outcomes = [this.js, this.wasm].map((arena) => {
      const views = Object.fromEntries(
        places.map(({ name, kind, array, start }) => {
          const view = arena.views[kind].subarray(start, start + array.length) as Arrays[string];
          view.set(array);
          return [name, view];
        }),
      ) as Views<A>;
      const result = run(arena.backend, views);
      return { views, result };
    });
    expect(Object.is(outcomes[0].result, outcomes[1].result), `${label}: results`).toBe(true);
    const copies = Object.fromEntries(Object.entries(outcomes[0].views).map(([name, view]) => [name, view.slice()]));
    for (const kind of KINDS) {
      const [mine, theirs] = [this.js, this.wasm].map((arena) =>
        words(arena.views[kind].subarray(0, used[kind]) as Arrays[string]),
      );
      expect(
        mine.findIndex((word, i) => word !== theirs[i]),
        `${label}: first word of ${kind} in which the backends differ`,
      ).toBe(-1);
      const outside = theirs.slice();
      const perEntry = kind === 'f64' ? 2 : 1;
      for (const place of places) {
        if (place.kind !== kind) continue;
        outside.fill(GUARD, place.start * perEntry, (place.start + place.array.length) * perEntry);
      }
      expect(
        outside.findIndex((word) => word !== GUARD),
        `${label}: first word of ${kind} written outside the arrays`,
      ).toBe(-1);
      for (const touched of [mine, theirs]) touched.fill(GUARD);
    }
    return copies as Views<A>;
  }

  dispose(): void {
    this.js.dispose();
    this.wasm.dispose();
  }
}

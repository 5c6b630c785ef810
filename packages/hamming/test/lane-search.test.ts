import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { openLanes } from '../src/kernels/lane-kernel.js';
import { openLaneSearch } from '../src/kernels/lane-search.js';
import type { LaneText } from '../src/symbols/lane-text.js';

const TILE = 256;

/** A text of random bytes, a table of few values, and a pattern of values that occur. */
function drawn(name: string, length: number, span: number, masked: boolean, mapped: boolean) {
  const stream = randomStream(name);
  const values = Uint8Array.from({ length: 4 }, () => (masked ? 1 << stream.integer(8) : stream.integer(256)));
  const text = Uint8Array.from({ length }, () => (mapped ? stream.integer(256) : values[stream.integer(4)]));
  const table = mapped ? Uint8Array.from(text.slice(0, 256).fill(values[0])) : undefined;
  if (table !== undefined) for (let b = 60; b < 130; b++) table[b] = values[stream.integer(4)];
  const positions = Int32Array.from({ length: span }, (_, j) => j).filter((j) => j === span - 1 || j % 5 !== 3);
  const bytes = Uint8Array.from(positions, () => values[stream.integer(4)]);
  const lanes: LaneText = { text, table, bytes, masked };
  const differs = (i: number, t: number) => {
    const byte = table === undefined ? text[i + positions[t]] : table[text[i + positions[t]]];
    return masked ? (byte & bytes[t]) === 0 : byte !== bytes[t];
  };
  return { lanes, positions, differs };
}

describe.each(['js', 'wasm'] as const)('lanes by definition, %s', (backend) => {
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('sets: %s, a table: %s', (masked, mapped) => {
    for (const span of [1, 7, 23, 300]) {
      const length = 2 * TILE + span - 1;
      const { lanes, positions, differs } = drawn(`${span} ${masked} ${mapped}`, length, span, masked, mapped);
      const indices = Int32Array.from(positions.keys()).filter((t) => t % 2 === 0 && t < 250);
      const search = openLaneSearch(lanes, positions, indices, TILE, span, backend);
      const profile = openLanes(lanes, positions, lanes.bytes, TILE, span, backend);
      expect([search.backend, profile.backend]).toEqual([backend, backend]);
      for (const from of [0, TILE]) {
        search.load(from);
        profile.load(from);
        profile.mismatches(0, TILE);
        const count = (i: number, among: Iterable<number>) => [...among].filter((t) => differs(from + i, t)).length;
        const whole = Array.from({ length: TILE }, (_, i) => count(i, positions.keys()));
        expect(Array.from(profile.counts)).toEqual(whole);
        for (const k of [0, 3, indices.length - 1]) {
          if (k >= indices.length) continue;
          const few = Array.from(whole.keys()).filter((i) => count(i, indices) <= k);
          const found = search.candidates(0, TILE, k);
          expect(Array.from(search.list.subarray(0, found))).toEqual(few);
          expect(search.verify(0, found, k, 1e9)).toBe(found);
          const near = few.filter((i) => whole[i] <= k);
          expect(Array.from(search.shifts.subarray(0, search.tally[1]))).toEqual(near);
          expect(Array.from(search.distances.subarray(0, search.tally[1]))).toEqual(near.map((i) => whole[i]));
          // Position after position, up to the difference that is one too many.
          const compared = few.map((i) => {
            let differing = 0;
            let t = 0;
            for (; t < positions.length && differing <= k; t++) if (differs(from + i, t)) differing++;
            return t;
          });
          expect(search.tally[0]).toBe(compared.reduce((sum, t) => sum + t, 0));
          if (found < 3) continue;
          // One window more than fits into the limit.
          expect(search.verify(1, found, k, compared[1] - 1)).toBe(2);
          expect(search.verify(1, found, k, compared[1])).toBe(3);
          expect(search.tally[0]).toBe(compared[1] + compared[2]);
        }
      }
      search.dispose();
      profile.dispose();
    }
  });
});

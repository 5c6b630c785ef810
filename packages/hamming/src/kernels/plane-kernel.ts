import { type Backend, type BackendChoice, openArena } from '@lemmata/core';
import type { Matter } from '../symbols/prepare-pattern.js';
import type { Codes } from '../symbols/symbols.js';
import { entryType, HAMMING_KERNELS } from './hamming-kernels.js';
import { fillPlanes, planeMismatches, planePositions } from './planes.js';

/** Shifts are done in groups of so many. */
export const PLANE_GROUP = 128;

/** Counts a pattern's differences by bit planes of its classes, in WebAssembly or in plain TypeScript. */
export interface PlaneKernel {
  /** Which backend runs. */
  readonly backend: Backend;
  /** The differences that were counted, one entry a shift of the tile. */
  readonly counts: Codes;
  /** Fills the planes of the tile that begins at a symbol of the text. */
  load(from: number): void;
  /** Counts the differences at the shifts first to last - 1, multiples of 128. */
  mismatches(first: number, last: number): void;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Opens the kernel for a pattern of at most 255 letters.
 *
 * @param matter - text and pattern
 * @param tile - shifts of a tile, a multiple of 128
 * @param choice - which backend
 * @returns the kernel
 */
export function openPlanes(matter: Matter, tile: number, choice: BackendChoice): PlaneKernel {
  const { pattern } = matter;
  const { positions, codes, classes, lettersOf } = pattern;
  const count = positions.length;
  const { kind, width } = entryType(count);
  const groups = Math.ceil((tile + pattern.length) / PLANE_GROUP) + 1;
  const room = (groups + 1) * PLANE_GROUP;
  const stride = (groups + 2) * (PLANE_GROUP / 8);
  const members = lettersOf.entries.length;
  const js = choice === 'js';
  const arena = openArena(
    {
      counts: [kind, tile],
      text: ['u8', js ? 0 : room],
      planes: ['u8', js ? 0 : 8 * classes * stride],
      addresses: ['u32', count],
      members: ['u8', members],
    },
    choice,
    [HAMMING_KERNELS],
  );
  const { views } = arena;
  const shared = { backend: arena.backend, counts: views.counts, dispose: () => arena.dispose() };
  if (arena.backend === 'js') return typescriptPlanes(shared, matter, tile);
  const { fillPlane, planeMismatches: sum } = arena.exports(HAMMING_KERNELS);
  const raw = pattern.bytes !== undefined && matter.source instanceof Uint8Array;
  const text = (raw ? matter.source : matter.text) as Uint8Array;
  views.members.set(lettersOf.entries);
  // A class of one letter is recognised by that letter's byte: the text need not be encoded.
  if (raw) for (let t = 0; t < codes.length; t++) views.members[codes[t]] = (pattern.bytes as Uint8Array)[t];
  views.addresses.set(positions.map((j, t) => views.planes.byteOffset + (8 * codes[t] + (j & 7)) * stride + (j >> 3)));
  return {
    ...shared,
    load: (from) => {
      views.text.set(text.subarray(from, from + room));
      for (let c = 0; c < classes; c++) {
        const first = lettersOf.starts[c];
        fillPlane(
          views.text.byteOffset,
          groups,
          views.members.byteOffset + first,
          lettersOf.starts[c + 1] - first,
          views.planes.byteOffset + 8 * c * stride,
          stride,
        );
      }
    },
    mismatches: (first, last) => {
      const to = views.counts.byteOffset;
      sum(views.addresses.byteOffset, count, first / PLANE_GROUP, last / PLANE_GROUP, to, width);
    },
  };
}

function typescriptPlanes(
  shared: Pick<PlaneKernel, 'backend' | 'counts' | 'dispose'>,
  { text, pattern }: Matter,
  tile: number,
): PlaneKernel {
  const { positions, codes, classes, classesOf, length } = pattern;
  const { stride, addresses } = planePositions(positions, codes, tile + length);
  const planes = new Int32Array(32 * classes * stride);
  return {
    ...shared,
    load: (from) => {
      fillPlanes(text, from, classesOf, classes, stride, planes);
    },
    mismatches: (first, last) => {
      planeMismatches(planes, addresses, first >> 5, last >> 5, shared.counts);
    },
  };
}

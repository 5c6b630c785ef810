import { type Backend, randomStream } from '@lemmata/core';
import { drawMap, eachImage, raise } from '../estimators/letter-maps.js';
import { exactProfile, type ProfileCounts } from '../exact-profile.js';
import type { Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import { type Codes, narrowest } from '../symbols/symbols.js';

/** Letters of the images, and maps that are drawn. */
const IMAGES = 4;
const MAPS = 6;

/** Numbers that no distance is below, and what they took. */
export interface LeastDistances {
  /** One for each shift. */
  readonly least: Codes;
  /** Whether they are the distances themselves. */
  readonly exact: boolean;
  /** Random maps of the letters. */
  readonly maps: number;
  readonly counts: ProfileCounts;
  readonly backend: Backend;
}

/**
 * Bounds all distances from below: the largest distance under six random maps of the letters to four.
 *
 * Letters that differ may get the same image, equal ones always do: an image is never further away than what it shows. One
 * map hides a difference with probability 1/4. A pattern of at most four letters needs no map.
 *
 * @param matter - text and pattern, without classes
 * @param options - seed of the maps, precision and backend of the profiles of images; their method is the cheapest
 * @param purpose - name of the stream that the maps are drawn from
 * @returns the bounds
 * Complexity: that of six profiles of four letters.
 */
export function* leastDistances(matter: Matter, options: ProfileSettings, purpose: string): Slices<LeastDistances> {
  const settings = { ...options, method: 'auto' as const };
  const { pattern, shifts } = matter;
  const { letters } = pattern;
  if (letters <= IMAGES) {
    const { distances, counts, backend } = yield* exactProfile(matter, settings);
    return { least: distances, exact: true, maps: 0, counts, backend };
  }
  const stream = randomStream(settings.seed).fork(purpose);
  const least = narrowest(pattern.length, shifts);
  // What the pattern does not accept stays apart, since it never matches.
  const draw = () => Uint32Array.from([...drawMap(stream, letters, IMAGES), IMAGES]);
  const spent = yield* eachImage(matter, MAPS, IMAGES, settings, draw, (distances) => raise(least, distances));
  const { maps, samples: _, exactWindows: __, ...counts } = spent.counts;
  return { least, exact: false, maps, counts, backend: spent.backend };
}

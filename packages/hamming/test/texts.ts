import { randomStream } from '@lemmata/core';

/** The distances by definition. */
export function bruteForce(text: ArrayLike<number>, pattern: ArrayLike<number>): number[] {
  return Array.from({ length: Math.max(0, text.length - pattern.length + 1) }, (_, i) => {
    let distance = 0;
    for (let j = 0; j < pattern.length; j++) if (text[i + j] !== pattern[j]) distance++;
    return distance;
  });
}

/** Symbols drawn evenly from 0 .. letters - 1, spread over 32 bits when there are more than 65536. */
export function randomSymbols(name: string, length: number, letters: number): Uint8Array | Uint16Array | Uint32Array {
  const stream = randomStream(name);
  const draws = Array.from({ length }, () => stream.integer(letters));
  if (letters <= 256) return Uint8Array.from(draws);
  return letters <= 65536
    ? Uint16Array.from(draws)
    : Uint32Array.from(draws, (draw) => Math.imul(draw, 2654435761) >>> 0);
}

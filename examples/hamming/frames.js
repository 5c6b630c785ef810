// Where do frames begin in a stream of bits? Each of them starts with the same word of 128 bits; one bit in ten is flipped on
// the way. A window of other bits differs in half of them, so a threshold between the two finds every frame.
//
//   node examples/hamming/frames.js
import { randomStream } from '@lemmata/core';
import { hammingSearch } from '@lemmata/hamming';

const [FRAMES, WORD, PAYLOAD, FLIPPED] = [40, 128, 1900, 0.1];
const bits = randomStream('bits');
const word = Uint8Array.from({ length: WORD }, () => bits.integer(2));

// Frames of different lengths, sent through a channel that flips bits.
const starts = [];
const sent = [];
for (let frame = 0; frame < FRAMES; frame++) {
  starts.push(sent.length);
  sent.push(...word);
  const length = PAYLOAD + bits.integer(200);
  for (let i = 0; i < length; i++) sent.push(bits.integer(2));
}
const channel = randomStream('channel');
const received = Uint8Array.from(sent, (bit) => (channel.uniform() < FLIPPED ? 1 - bit : bit));

// A frame's word arrives with 12.8 +- 3.4 flipped bits, a foreign window with 64 +- 5.7 differences: 32 lies more than five
// deviations from both.
const THRESHOLD = 32;
const { positions, distances, counts } = hammingSearch(received, word, THRESHOLD);
const found = new Set(positions);
console.log(
  `${received.length} bits, ${FRAMES} frames; ${positions.length} places within ${THRESHOLD} of ${WORD} bits`,
);
console.log(`frames found: ${starts.filter((start) => found.has(start)).length}`);
console.log(`places that are no frame: ${[...found].filter((place) => !starts.includes(place)).length}`);
console.log(`largest distance of a frame: ${Math.max(...distances)}`);
console.log(`bits compared one by one: ${counts.verifiedSymbols}`);

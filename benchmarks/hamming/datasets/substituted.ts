// Patterns: pieces of a text with some symbols substituted by others of the same text.
import type { RandomStream } from '@lemmata/core';
import type { Codes } from '../instance.js';

/** A piece of a text, at `substitutions` distinct places replaced by a different symbol of the text. */
export function substituted<Text extends Codes>(
  text: Text,
  m: number,
  substitutions: number,
  stream: RandomStream,
): Text {
  if (m > text.length || substitutions > m) {
    throw new RangeError(`m: expected ${substitutions} <= m <= ${text.length}, got ${m}`);
  }
  const at = stream.integer(text.length - m + 1);
  const pattern = text.slice(at, at + m) as Text;
  const changed = new Set<number>();
  while (changed.size < substitutions) {
    const j = stream.integer(m);
    const symbol = text[stream.integer(text.length)];
    if (changed.has(j) || symbol === pattern[j]) continue;
    changed.add(j);
    pattern[j] = symbol;
  }
  return pattern;
}

import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { FastaScanner } from '../src/fasta/fasta-scanner.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Records of a text, or where it is none; by whole lines, as the format is described. */
function byLines(
  text: string,
  upperCase: boolean,
): { names: string[]; sequences: string[] } | { at: [number, number] } {
  const names: string[] = [];
  const sequences: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('>')) {
      names.push(line.slice(1).replace(/\r$/, '').trim().split(/[ \t]/)[0]);
      sequences.push('');
      continue;
    }
    const body = names.length === 0 ? '' : (/^[A-Za-z*-]*/.exec(line)?.[0] ?? '');
    const rest = line.slice(body.length).replace(/^\r/, '');
    if (rest !== '') return { at: [index + 1, line.length - rest.length + 1] };
    if (names.length > 0) sequences[names.length - 1] += upperCase ? body.toUpperCase() : body;
  }
  return { names, sequences };
}

function scanned(chunks: Iterable<Uint8Array>, upperCase: boolean, backend: 'js' | 'wasm') {
  const scanner = new FastaScanner({ upperCase, maxBytes: Infinity, backend });
  const names: string[] = [];
  const sequences: string[] = [];
  function* pieces() {
    for (const chunk of chunks) yield* scanner.push(chunk);
    yield* scanner.end();
  }
  try {
    for (const { record, name, offset, sequence } of pieces()) {
      names[record] = name;
      sequences[record] ??= '';
      expect(offset).toBe(sequences[record].length);
      sequences[record] += new TextDecoder().decode(sequence);
    }
    return { names, sequences };
  } catch (error) {
    const { details } = error as { details: { line: number; column: number } };
    return { at: [details.line, details.column] };
  } finally {
    scanner.dispose();
  }
}

function* cut(all: Uint8Array, next: () => number): Generator<Uint8Array> {
  for (let at = 0; at < all.length; ) {
    const size = next();
    yield all.subarray(at, at + size);
    at += size;
  }
}

describe.each(['js', 'wasm'] as const)('the scanner, %s', (backend) => {
  it('reads and refuses what a reader by whole lines does', () => {
    const stream = randomStream('scanner');
    const usual = ['A', 'c', 'N', '-', '*', 'ACGTACGTACGTACGTA', 'z', 'Z', '\n', '\r\n', '\n>x\n', '\n>\r\n'];
    const rare = ['>', '\r', ' ', '1', '@', '[', '`', '{', '\u007f', '\u0000', '\u00e9', '+', ','];
    let refused = 0;
    for (let trial = 0; trial < 400; trial++) {
      const share = trial % 4 === 0 ? 0.1 : 0;
      const symbols = Array.from({ length: stream.integer(60) }, () => {
        const list = stream.uniform() < share ? rare : usual;
        return list[stream.integer(list.length)];
      });
      const text = `${trial % 7 === 0 ? '' : '>'}${symbols.join('')}`;
      const upperCase = trial % 2 === 0;
      const expected = byLines(text, upperCase);
      if ('at' in expected) refused++;
      expect(scanned([bytes(text)], upperCase, backend)).toEqual(expected);
      expect(
        scanned(
          cut(bytes(text), () => 1 + stream.integer(20)),
          upperCase,
          backend,
        ),
      ).toEqual(expected);
    }
    expect(refused).toBeGreaterThan(50);
    expect(refused).toBeLessThan(200);
  });

  it('reads each byte alike at each place of a vector', () => {
    for (let byte = 0; byte < 128; byte++) {
      for (let place = 0; place < 17; place++) {
        const text = `>x\n${'g'.repeat(place)}${String.fromCharCode(byte)}${'C'.repeat(20)}`;
        for (const upperCase of [false, true]) {
          expect(scanned([bytes(text)], upperCase, backend)).toEqual(byLines(text, upperCase));
        }
      }
    }
  });

  it('reads chunks in memory that is shared', () => {
    const text = '>one\nACGT\nAC\n>two\nTT';
    const shared = new Uint8Array(new SharedArrayBuffer(text.length));
    shared.set(bytes(text));
    expect(scanned([shared], false, backend)).toEqual(byLines(text, false));
  });

  it('reads lines and records over the borders of its blocks', () => {
    for (const size of [65519, 65533, 65534, 65535, 65536, 65537, 131072]) {
      for (const end of ['\n', '\r\n']) {
        const text = `>x${end}${'ACGTN'.repeat(size).slice(0, size)}${end}AC${end}>y${end}${`${'T'.repeat(60)}${end}`.repeat(600)}`;
        expect(scanned([bytes(text)], false, backend)).toEqual(byLines(text, false));
        expect(scanned([bytes(`${text}!`)], false, backend)).toEqual(byLines(`${text}!`, false));
      }
    }
  });
});

import type { RandomStream } from '@lemmata/core';
import { gzip } from '../src/io/index.js';

/** Bytes that begin as good ones, and whether they are compressed. */
export interface GoodBytes {
  readonly bytes: Uint8Array;
  readonly gzip: boolean;
}

const MARKET = '%%MatrixMarket matrix';

/** Texts that the readers accept, for each format. */
export const GOOD_TEXTS: Readonly<Record<'csv' | 'libsvm' | 'matrix-market', readonly string[]>> = {
  csv: [
    'a,b,c\n1,2,3\n4,5,6\n7,8,9\n',
    '\uFEFFheight,weight\r\n1.75,68\r\n1.62,55\r\n-0,1e-7\r\n',
    '"a,b","say ""x""","two\nlines"\n"1","-2.5",3e4\n0.1,0.2,0.30000000000000004\n',
    'é,😀\n5e-324,1.7976931348623157e308\n-1,+1',
    'x\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10',
  ],
  libsvm: [
    '+1 1:0.5 3:2 4:-0.25\n-1 2:-4\n+1 1:7 2:8 3:9\n',
    '\uFEFF# é comment\r\n1.5 2:1e-7 10:3 # end\r\n\r\n-0\r\n2 1:0 2:-0 3:5e-324\r\n',
    '3 qid:1 1:1\n2 qid:1 2:0.30000000000000004\n1 qid:12 1:1 7:5\n',
    '0 1:1.7976931348623157e308\n \t1\t2:3  4:5 \n',
    '1\n2\n3\n4 2147483647:1',
  ],
  'matrix-market': [
    `${MARKET} coordinate real general\n% comment\n4 4 4\n1 1 0.5\n4 2 -3\n2 4 1e-7\n3 3 -0\n`,
    `\uFEFF${MARKET} coordinate real symmetric\r\n%\r\n\r\n3 3 4\r\n1 1 4\r\n2 1 -1\r\n2 2 5\r\n3 2 7\r\n`,
    `${MARKET} coordinate integer skew-symmetric\n5 5 3\n2 1 5\n5 4 -9007199254740991\n3 1 7`,
    `${MARKET} coordinate pattern general\n2 9 3\n2 9\n1 1\n2 2\n`,
    `${MARKET} array real general\n% é 😀\n2 3\n1\n-0\n0.30000000000000004\n5e-324\n1.7976931348623157e308\n6\n`,
    `${MARKET} array integer symmetric\n3 3\n1\n2\n3\n4\n5\n6\n`,
    `${MARKET} array real general\n6 7\n${Array.from({ length: 42 }, (_, k) => `${Math.sqrt(k)}\n`).join('')}`,
    `${MARKET} coordinate real general\n% a comment that changes nothing, whatever it holds\n90 90 9\n${Array.from({ length: 9 }, (_, k) => `${9 * k + 1} ${80 - 9 * k} ${Math.sqrt(k)}\n`).join('')}`,
  ],
};

/** The good texts of a format as bytes, plain and compressed. */
export async function goodBytes(format: keyof typeof GOOD_TEXTS): Promise<GoodBytes[]> {
  const all: GoodBytes[] = [];
  for (const text of GOOD_TEXTS[format]) {
    const bytes = new TextEncoder().encode(text);
    // Three times, since most changes of compressed bytes give the same refusal.
    all.push({ bytes, gzip: false }, { bytes, gzip: false }, { bytes, gzip: false });
    const parts: number[] = [];
    for await (const chunk of gzip(bytes)) parts.push(...chunk);
    all.push({ bytes: Uint8Array.from(parts), gzip: true });
  }
  return all;
}

/** What is put in the place of a number, or anywhere. */
const SNIPPETS = [
  ...['', '0', '-0', '1', '2', '3', '-1', '+5', '007', '.5', '1.', '0.1', '1e5', '1e400', '1e308', '-1e-400', '5e-324'],
  ...['99999', '100001', '2147483647', '2147483648', '9007199254740993', '1000000000000', '9'.repeat(400)],
  ...['NaN', 'Infinity', '0x10', 'qid:1', '1:1', '9:9', '#', '%', '"', '""', ',', ':', ' ', '\t', '\n', '\r', '\r\n'],
  ...['\n\n', '\uFEFF', 'é', '\0', ' 1', '1 ', 'real', 'symmetric', 'general', 'complex', '\n1\n', '\n1 1 1\n'],
];

const NEW_LINE = 10;

/** Replaces bytes [from, to) by others. */
function splice(bytes: Uint8Array, from: number, to: number, others: ArrayLike<number>): Uint8Array {
  const result = new Uint8Array(bytes.length - (to - from) + others.length);
  result.set(bytes.subarray(0, from));
  result.set(others, from);
  result.set(bytes.subarray(to), from + others.length);
  return result;
}

/** Where a line that is chosen begins, and where it ends, its line feed included. */
function someLine(bytes: Uint8Array, random: RandomStream): [from: number, to: number] {
  const at = random.integer(bytes.length);
  const from = bytes.lastIndexOf(NEW_LINE, at - 1) + 1;
  const end = bytes.indexOf(NEW_LINE, at);
  return at === 0 ? [0, end === -1 ? bytes.length : end + 1] : [from, end === -1 ? bytes.length : end + 1];
}

/** Where a run of characters that numbers are made of, next to a place that is chosen, begins and ends. */
function someNumber(bytes: Uint8Array, random: RandomStream): [from: number, to: number] {
  const inNumber = (byte: number) => (byte >= 48 && byte < 58) || byte === 45 || byte === 46;
  let from = random.integer(bytes.length);
  while (from < bytes.length && !inNumber(bytes[from])) from++;
  while (from > 0 && inNumber(bytes[from - 1])) from--;
  let to = from;
  while (to < bytes.length && inNumber(bytes[to])) to++;
  return [from, to];
}

const MUTATIONS: readonly ((bytes: Uint8Array, random: RandomStream) => Uint8Array)[] = [
  function flipBit(bytes, random) {
    const at = random.integer(bytes.length);
    return splice(bytes, at, at + 1, [bytes[at] ^ (1 << random.integer(8))]);
  },
  function replaceByte(bytes, random) {
    const at = random.integer(bytes.length);
    return splice(bytes, at, at + 1, [random.integer(256)]);
  },
  function replaceDigit(bytes, random) {
    const [from, to] = someNumber(bytes, random);
    const at = from + random.integer(Math.max(1, to - from));
    return splice(bytes, at, Math.min(at + 1, bytes.length), [48 + random.integer(10)]);
  },
  function deleteRange(bytes, random) {
    const at = random.integer(bytes.length);
    return splice(bytes, at, Math.min(bytes.length, at + 1 + random.integer(4)), []);
  },
  function insertSnippet(bytes, random) {
    const at = random.integer(bytes.length + 1);
    return splice(bytes, at, at, new TextEncoder().encode(SNIPPETS[random.integer(SNIPPETS.length)]));
  },
  function truncate(bytes, random) {
    return bytes.slice(0, random.integer(bytes.length));
  },
  function duplicateLine(bytes, random) {
    const [from, to] = someLine(bytes, random);
    return splice(bytes, to, to, bytes.slice(from, to));
  },
  function deleteLine(bytes, random) {
    const [from, to] = someLine(bytes, random);
    return splice(bytes, from, to, []);
  },
  function moveLine(bytes, random) {
    const [from, to] = someLine(bytes, random);
    const without = splice(bytes, from, to, []);
    const target = without.length === 0 ? 0 : someLine(without, random)[0];
    return splice(without, target, target, bytes.slice(from, to));
  },
  ...Array.from({ length: 3 }, () => (bytes: Uint8Array, random: RandomStream) => {
    const [from, to] = someNumber(bytes, random);
    return splice(bytes, from, to, new TextEncoder().encode(SNIPPETS[random.integer(SNIPPETS.length)]));
  }),
];

/** Changes bytes in one to three ways, mostly one. */
export function mutate(bytes: Uint8Array, random: RandomStream): Uint8Array {
  let mutated = bytes;
  const changes = Math.max(1, random.integer(4));
  for (let k = 0; k < changes && mutated.length > 0; k++) {
    mutated = MUTATIONS[random.integer(MUTATIONS.length)](mutated, random);
  }
  return mutated;
}

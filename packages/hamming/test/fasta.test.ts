import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import {
  IUPAC,
  preparePattern,
  readFasta,
  reverseComplement,
  type SearchFastaOptions,
  searchFasta,
} from '../src/index.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The bytes of a text in chunks of one size. */
function* pieces(text: string, size: number): Generator<Uint8Array> {
  const all = bytes(text);
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

/** All records, put together. */
async function records(chunks: Iterable<Uint8Array>, options?: Parameters<typeof readFasta>[1]) {
  const whole: string[][] = [];
  let open = false;
  for await (const { record, name, description, offset, sequence, last } of readFasta(chunks, options)) {
    if (!open) whole.push([name, description, '']);
    expect([record, offset]).toEqual([whole.length - 1, whole[record][2].length]);
    whole[record][2] += new TextDecoder().decode(sequence);
    open = !last;
  }
  expect(open).toBe(false);
  return whole;
}

describe('readFasta', () => {
  const file = '\n>one the first\tone \r\nACGT\r\nacgtNNNN\r\n\r\n>two\nTT\n\n>  three é\n>four\n-*\n>';
  const expected = [
    ['one', 'the first\tone', 'ACGTacgtNNNN'],
    ['two', '', 'TT'],
    ['three', 'é', ''],
    ['four', '', '-*'],
    ['', '', ''],
  ];

  it.each([1, 2, 3, 7, 16, 1000])('reads records from chunks of %d bytes', async (size) => {
    expect(await records(pieces(file, size))).toEqual(expected);
    const capitals = expected.map(([name, description, letters]) => [name, description, letters.toUpperCase()]);
    expect(await records(pieces(file, size), { upperCase: true })).toEqual(capitals);
  });

  it('reads nothing from nothing', async () => {
    expect(await records([])).toEqual([]);
    expect(await records([bytes('\r\n\n')])).toEqual([]);
  });

  it.each([
    ['no header', 'ACGT', 1, 1, "expected '>' before the first sequence, got 'A'"],
    ['a sign', '>a\nAC\nA1C', 3, 2, "expected a letter, '*' or '-', got '1'"],
    ['a sign at the start', '>a\n;x', 2, 1, "expected '>', a letter, '*' or '-', got ';'"],
    ['a space', '>a\nA C', 2, 2, 'got byte 32'],
    ['a record inside a line', '>a\nAC>b', 2, 3, "got '>'"],
    ['a lone return', '>a\nAC\rA', 2, 4, "expected a line feed, got 'A'"],
    ['two returns', '>a\nAC\r\r\n', 2, 4, 'expected a line feed, got byte 13'],
  ])('refuses %s, with line and column', async (_, text, line, column, message) => {
    for (const size of [1, 100]) {
      const error = await records(pieces(text, size)).catch((caught) => caught);
      expect(error).toMatchObject({ code: 'ERR_FORMAT', details: { line, column } });
      expect(error.message).toContain(message);
    }
  });

  it('refuses more than maxBytes, headers without end and what is no chunk', async () => {
    expect(await records([bytes('>a\nAC')], { maxBytes: 5 })).toHaveLength(1);
    await expect(records([bytes('>a\nA'), bytes('CG')], { maxBytes: 5 })).rejects.toMatchObject({ code: 'ERR_FORMAT' });
    await expect(records(pieces(`>${'a'.repeat(1048577)}`, 65536))).rejects.toThrow('a header of at most');
    await expect(records(['>a'] as unknown as Uint8Array[])).rejects.toMatchObject({ code: 'ERR_INPUT' });
    expect(() => readFasta('>a' as unknown as Uint8Array[])).toThrow('chunks: expected an iterable of chunks');
    expect(() => readFasta(bytes('>a') as unknown as Uint8Array[])).toThrow('chunks: expected an iterable of chunks');
    expect(() => readFasta([], { maxBytes: -1 })).toThrow('options.maxBytes');
  });

  it('holds no more than a chunk, however long the record', async () => {
    function* endless() {
      yield bytes('>long\n');
      for (let line = 0; line < 2000; line++) yield bytes(`${'ACGT'.repeat(250)}\n`);
    }
    let letters = 0;
    for await (const { sequence } of readFasta(endless())) {
      expect(sequence.length).toBeLessThanOrEqual(1001);
      letters += sequence.length;
    }
    expect(letters).toBe(2000000);
  });
});

describe('searchFasta', () => {
  const stream = randomStream('fasta');
  const dna = (length: number) => Array.from({ length }, () => 'ACGT'[stream.integer(4)]).join('');
  const guide = 'GATTACAGAT';
  const sequences = [
    dna(150) + guide.slice(0, 5),
    guide.slice(5) + dna(40) + reverseComplement(guide),
    'GAT',
    '',
    dna(200),
  ];
  const file = sequences.map((sequence, i) => `>r${i} x\n${sequence.replaceAll(/.{1,17}/g, '$&\r\n')}`).join('');

  const accepts = (letter: string, symbol: string) => (IUPAC.get(letter) ?? letter).includes(symbol);
  /** All windows of all records, letter by letter. */
  function bruteForce(pattern: string, k: number, both: boolean, required: number[] = []) {
    return sequences.flatMap((sequence, record) =>
      Array.from({ length: Math.max(0, sequence.length - pattern.length + 1) }, (_, position) =>
        (both ? (['+', '-'] as const) : (['+'] as const)).flatMap((strand) => {
          const window = sequence.slice(position, position + pattern.length);
          const read = strand === '+' ? window : reverseComplement(window);
          const differs = Array.from(pattern, (letter, j) => !accepts(letter, read[j]));
          const distance = differs.filter((differing) => differing).length;
          const found = distance <= k && !required.some((j) => differs[j]);
          return found ? [{ record, name: `r${record}`, position, distance, strand }] : [];
        }),
      ).flat(),
    );
  }

  async function search(chunks: Iterable<Uint8Array>, pattern: string, k: number, options?: SearchFastaOptions) {
    const found = [];
    for await (const match of searchFasta(chunks, pattern, k, options)) found.push(match);
    return found;
  }

  it.each([1, 13, 64, 10000])('finds what brute force finds, chunks of %d bytes', async (size) => {
    for (const [pattern, k] of [
      [guide, 0],
      [guide, 5],
      ['NNNNRGG', 1],
      ['A', 0],
    ] as const) {
      for (const strands of ['forward', 'both'] as const) {
        const expected = bruteForce(pattern, k, strands === 'both');
        expect(await search(pieces(file, size), pattern, k, { strands, classes: IUPAC })).toEqual(expected);
      }
    }
    expect(bruteForce(guide, 0, true)).toContainEqual(
      expect.objectContaining({ record: 1, position: 45, distance: 0, strand: '-' }),
    );
  });

  it('takes required positions on both strands', async () => {
    const options = { strands: 'both', classes: IUPAC, required: [5, 6] } as const;
    const expected = bruteForce('NNNTAGG', 2, true, [5, 6]);
    expect(expected.length).toBeGreaterThan(3);
    expect(await search(pieces(file, 50), 'NNNTAGG', 2, options)).toEqual(expected);
  });

  it('reads masked letters as capitals when case is ignored', async () => {
    const masked = file.replaceAll(/[ACGT]{9}/g, (letters) => letters.toLowerCase());
    const expected = bruteForce(guide, 4, true);
    const options = { strands: 'both', ignoreCase: true } as const;
    for (const pattern of [guide, guide.toLowerCase()]) {
      expect(await search(pieces(masked, 99), pattern, 4, options)).toEqual(expected);
      expect(await search(pieces(masked, 99), pattern, 4, { ...options, classes: IUPAC })).toEqual(expected);
    }
    expect(await search(pieces(masked, 99), guide, 4, { strands: 'both' })).not.toEqual(expected);
  });

  it('takes prepared patterns, for one strand', async () => {
    const pattern = preparePattern(guide);
    const found = [];
    for await (const match of searchFasta([bytes(file)], pattern, 5)) found.push(match);
    expect(found).toEqual(bruteForce(guide, 5, false));
    for (const options of [{ strands: 'both' }, { ignoreCase: true }, { classes: IUPAC }] as const) {
      expect(() => searchFasta([], pattern, 5, options)).toThrow('expected none with a prepared pattern');
    }
  });

  it('goes through a record that is longer than all it holds', async () => {
    const unit = dna(997);
    const long = `>long\n${`${unit}\n`.repeat(2500)}`;
    const positions = (await search(pieces(long, 65536), unit.slice(990) + unit.slice(0, 20), 0)).map(
      (m) => m.position,
    );
    expect(positions).toEqual(Array.from({ length: 2499 }, (_, i) => 997 * i + 990));
  });

  it('goes through more short records than it holds', async () => {
    const short = Array.from({ length: 9000 }, () => dna(stream.integer(30)));
    const text = short.map((sequence, i) => `>s${i}\n${sequence}\n`).join('');
    const pattern = 'ACGTAC';
    const other = reverseComplement(pattern);
    const distanceOf = (window: string, letters: string) =>
      Array.from(letters).filter((letter, j) => letter !== window[j]).length;
    const expected = short.flatMap((sequence, record) =>
      Array.from({ length: Math.max(0, sequence.length - pattern.length + 1) }, (_, position) => {
        const window = sequence.slice(position, position + pattern.length);
        return [['+', pattern] as const, ['-', other] as const].flatMap(([strand, letters]) => {
          const distance = distanceOf(window, letters);
          return distance <= 1 ? [{ record, name: `s${record}`, position, distance, strand }] : [];
        });
      }).flat(),
    );
    expect(expected.length).toBeGreaterThan(500);
    for (const size of [1000, text.length]) {
      expect(await search(pieces(text, size), pattern, 1, { strands: 'both' })).toEqual(expected);
    }
    // Names that take more memory than letters.
    const named = Array.from({ length: 60 }, (_, i) => `>${'n'.repeat(50000)}${i}\nACGTAC\n`).join('');
    const found = await search(pieces(named, 70000), pattern, 0);
    expect(found.map(({ name, position }) => [name.slice(50000), position])).toEqual(
      Array.from({ length: 60 }, (_, i) => [`${i}`, 0]),
    );
  });

  it('throws the reason of its signal, and closes the file', async () => {
    const controller = new AbortController();
    let closed = false;
    function* chunks() {
      try {
        for (;;) yield bytes('>a\nACGT\n');
      } finally {
        closed = true;
      }
    }
    const matches = searchFasta(chunks(), 'CG', 0, { signal: controller.signal });
    expect((await matches.next()).value).toMatchObject({ record: 0, position: 1 });
    controller.abort(new Error('enough'));
    await expect(matches.next()).rejects.toThrow('enough');
    expect(closed).toBe(true);
  });

  it('leaves the event loop its turns, so that a timer can abort it', async () => {
    const controller = new AbortController();
    const line = bytes(`${dna(65000)}\n`);
    function* endless() {
      yield bytes('>a\n');
      for (;;) yield line;
    }
    setTimeout(() => controller.abort(new Error('late')), 0);
    const matches = searchFasta(endless(), 'N'.repeat(20), 0, { signal: controller.signal });
    await expect(matches.next()).rejects.toThrow('late');
  });

  it('refuses what it cannot take', async () => {
    expect(() => searchFasta([], '', 0)).toThrow('pattern: expected at least one symbol');
    expect(() => searchFasta([], 'A', -1)).toThrow('k: expected an integer >= 0');
    expect(() => searchFasta([], 'AU', 0, { strands: 'both' })).toThrow('dna[1]: expected one of');
    expect(() => searchFasta([], 'A', 0, { strands: 'reverse' as 'both' })).toThrow('options.strands');
    expect(() => searchFasta([], 'A', 0, { latency: 3 } as SearchFastaOptions)).toThrow('options.latency');
    await expect(search([bytes('>a\nA!')], 'A', 0)).rejects.toMatchObject({ code: 'ERR_FORMAT' });
  });
});

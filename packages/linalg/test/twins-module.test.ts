import { expect, test } from 'vitest';
import { LINALG_KERNELS } from '../src/kernels/linalg-kernels.js';

/** The ids of a module's sections, in order: an id and a length in LEB128 before each. */
function sections(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    ids.push(bytes[at++]);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      length += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    at += length;
  }
  return ids;
}

const bytes = Uint8Array.from(atob(LINALG_KERNELS.base64), (letter) => letter.charCodeAt(0));

test('the module writes nothing on its own: types, imports, functions, exports and code, no data, globals or start', () => {
  const [type, imports, functions, exports, code] = [1, 2, 3, 7, 10];
  expect(sections(bytes)).toEqual([type, imports, functions, exports, code]);
});

test('the module imports its memory and nothing else', () => {
  const module = new WebAssembly.Module(bytes);
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

// Compiles assembly/index.ts of the package it is called in to src/generated/kernels.ts: one base64 string, no import
// but the memory. The compiler is called as a module, so that it works on every system.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = process.cwd();
const entry = relative(root, join(folder, 'assembly/index.ts')).replaceAll('\\', '/');
const flags = '--runtime stub --noAssert -O3 --converge --enable simd --importMemory --use abort='.split(' ');

let wasm;
const { error, stderr } = await asc.main([entry, '-o', 'kernels.wasm', ...flags], {
  readFile: (name) => {
    try {
      return readFileSync(resolve(root, name), 'utf8');
    } catch {
      return null;
    }
  },
  writeFile: (_name, contents) => {
    wasm = contents;
  },
  listFiles: () => [],
});
if (error || wasm === undefined) {
  console.error(stderr.toString());
  process.exit(1);
}
mkdirSync(join(folder, 'src/generated'), { recursive: true });
writeFileSync(
  join(folder, 'src/generated/kernels.ts'),
  `// Generated from ${entry} by scripts/build-kernels.mjs. Not committed.\n` +
    `export const KERNELS_BASE64: string =\n  '${Buffer.from(wasm).toString('base64')}';\n`,
);
console.log(`${entry}: ${wasm.length} bytes`);

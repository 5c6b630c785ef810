// Completes package-lock.json: npm leaves out optional platform packages that the registry in use did not offer, and
// `npm ci` then refuses the file on another platform. Each absent one gets an entry whose os and cpu are read from its
// name. Run after every `npm install` (npm run lockfile); with --check it only counts what is missing.
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const SYSTEM_ALIASES = { windows: 'win32', macos: 'darwin', linuxmusl: 'linux', wasm32: 'none', wasi: 'none' };
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** The folders in which Node looks for what the entry at `location` requires, innermost first, ending with the root. */
function* enclosing(location) {
  for (let at = location; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) yield `${at}/`;
  yield '';
}

function isPresent(location, name) {
  return [...enclosing(location)].some((folder) => lock.packages[`${folder}node_modules/${name}`] !== undefined);
}

function platformOf(name) {
  const words = name.split(/[/-]/);
  const system = words.map((word) => SYSTEM_ALIASES[word] ?? (SYSTEMS.includes(word) ? word : undefined)).find(Boolean);
  const processor = words.find((word) => PROCESSORS.includes(word)) ?? (words.includes('64') ? 'x64' : undefined);
  const musl = words.includes('musl') || words.includes('linuxmusl');
  return { system, processor, musl };
}

let added = 0;
for (const [location, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const { system, processor, musl } = platformOf(name);
    if (isPresent(location, name) || !/^\d/.test(version) || system === undefined) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(processor !== undefined && system !== 'none' ? { cpu: [processor] } : {}),
      dev: true,
      ...(musl ? { libc: ['musl'] } : {}),
      optional: true,
      os: [system],
    };
    added++;
  }
}
if (!process.argv.includes('--check')) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
}
console.log(`package-lock.json: ${added} platform packages missing`);

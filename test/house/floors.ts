// The floors of the house: which folder may import which package. Imports run down, never up, never sideways.

/** The algorithm packages, all on one floor. */
export const ALGORITHMS = [
  'coordinate-descent',
  'sor-bandit',
  'halpern',
  'matrix-completion',
  'submodular',
  'hamming',
] as const;

const EVERYTHING = ['core', 'linalg', 'bench', ...ALGORITHMS];

/** The packages that the sources below each folder may import, by name without the scope. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'packages/core': [],
  'packages/linalg': ['core'],
  'packages/bench': ['core'],
  'packages/testing': [],
  ...Object.fromEntries(ALGORITHMS.map((name) => [`packages/${name}`, ['core', 'linalg']])),
  benchmarks: EVERYTHING,
  examples: EVERYTHING,
  docs: EVERYTHING,
};

/** The folder of the house that a file lies in: `packages/<name>` or a folder of the top floor. */
export function roomOf(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'packages' ? `packages/${parts[1]}` : parts[0];
}

/** Why a file may not import a module, or undefined when it may. */
export function importViolation(path: string, specifier: string): string | undefined {
  const room = roomOf(path);
  const allowed = ALLOWED[room];
  if (allowed === undefined) return `${room} is no folder of the house`;
  const isTest = /^packages\/[^/]+\/test\//.test(path);
  if (specifier.startsWith('.')) {
    const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
    if (roomOf(target) === room)
      return isTest || !target.includes('/test/') ? undefined : 'sources do not import tests';
    return `leaves its package by a relative path: ${specifier}`;
  }
  const scoped = /^@lemmata\/([^/]+)(\/.*)?$/.exec(specifier);
  if (scoped === null) return undefined;
  const [, name, subpath = ''] = scoped;
  if (subpath !== '' && !(name === 'linalg' && ['/dense', '/io'].includes(subpath))) {
    return `reaches inside @lemmata/${name}: ${specifier}`;
  }
  if (allowed.includes(name) || `packages/${name}` === room) return undefined;
  if (isTest && name === 'testing' && room !== 'packages/testing') return undefined;
  return `${room} may not import ${specifier}: imports run down only`;
}

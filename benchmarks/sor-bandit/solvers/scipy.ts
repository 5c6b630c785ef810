// SciPy's conjugate gradients and its sparse direct solver in a Python process.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { SequenceSolution, SystemSequence } from '../systems.js';

const SETTINGS = {
  cg: 'scipy.sparse.linalg.cg on CSR from the solution before, rtol to |b|, one thread',
  'jacobi-cg':
    'scipy.sparse.linalg.cg on the CSR matrix scaled to a unit diagonal from the solution before, one thread',
  splu: 'scipy.sparse.linalg.splu in symmetric mode, minimum degree, no pivoting, a new factorisation for each matrix',
} as const;

const FOLDER = '../../../sor-bandit/peers';
const [SCRIPT, SEQUENCE] = ['scipy_cg.py', 'sequence.py'].map((file) =>
  fileURLToPath(new URL(`${FOLDER}/${file}`, import.meta.url)),
);

/** SciPy by one of its ways; tightened until the residual of our own evaluation is met. */
export function solver(given: Params): Solver<SystemSequence, SequenceSolution> {
  const params = readParams('solver scipy', given, { method: ['cg', 'jacobi-cg', 'splu'] });
  const peer = pythonPeer<SystemSequence, SequenceSolution>({
    name: 'scipy',
    version: '1',
    params,
    sampling: 'rerun',
    script: SCRIPT,
    settings: SETTINGS[params.method],
    install: 'pip install scipy==1.17.1 threadpoolctl',
  });
  return { ...peer, sources: [...(peer.sources ?? []), SEQUENCE] };
}

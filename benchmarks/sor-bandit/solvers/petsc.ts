// PETSc in a Python process: the system's Python, since Debian's module is built for it.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Params, peerSolver, readParams, type Solver } from '@lemmata/bench';
import type { SequenceSolution, SystemSequence } from '../systems.js';

const FOLDER = '../../../sor-bandit/peers';
const [SCRIPT, SEQUENCE, SHARED] = [`${FOLDER}/petsc_ksp.py`, `${FOLDER}/sequence.py`, '../../../peers/peer.py'].map(
  (path) => fileURLToPath(new URL(path, import.meta.url)),
);

const SETTINGS = {
  'cg-eisenstat':
    'KSP cg with PC eisenstat, which reads the matrix once an iteration; stops by its preconditioned norm',
  'cg-sor': 'KSP cg with PC sor, symmetric; stops by the true residual',
  'richardson-sor': 'KSP richardson with PC sor, forward; stops by the true residual',
} as const;

/** PETSc by one of its ways, omega fixed beforehand. */
export function solver(given: Params): Solver<SystemSequence, SequenceSolution> {
  const params = readParams('solver petsc', given, {
    method: ['cg-eisenstat', 'cg-sor', 'richardson-sor'],
    omega: { default: 1, min: 0.01, max: 1.99 },
  });
  return peerSolver<SystemSequence, SequenceSolution>({
    name: 'petsc',
    version: '1',
    params,
    language: 'C, called from Python',
    sampling: 'rerun',
    sources: [SCRIPT, SEQUENCE, SHARED],
    command: '/usr/bin/python3',
    args: [SCRIPT],
    env: { PYTHONPATH: dirname(SHARED) },
    settings: `${SETTINGS[params.method]}; omega fixed beforehand, one process`,
    install: 'apt-get install python3-petsc4py python3-scipy',
  });
}

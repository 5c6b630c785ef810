// PyAMG's algebraic multigrid in a Python process: another algorithm, for readers who ask what is best of all.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { SequenceSolution, SystemSequence } from '../systems.js';

const FOLDER = '../../../sor-bandit/peers';
const [SCRIPT, SEQUENCE] = ['pyamg_cg.py', 'sequence.py'].map((file) =>
  fileURLToPath(new URL(`${FOLDER}/${file}`, import.meta.url)),
);

/** `pyamg.ruge_stuben_solver` with conjugate gradients. */
export function solver(given: Params): Solver<SystemSequence, SequenceSolution> {
  const peer = pythonPeer<SystemSequence, SequenceSolution>({
    name: 'pyamg',
    version: '1',
    params: readParams('solver pyamg', given, {}),
    sampling: 'rerun',
    script: SCRIPT,
    settings:
      'ruge_stuben_solver with default settings, one hierarchy for each matrix, solve with accel="cg", one thread',
    install: 'pip install pyamg==5.4.1 threadpoolctl',
  });
  return { ...peer, sources: [...(peer.sources ?? []), SEQUENCE] };
}

// PDLP of OR-Tools in a Python process.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { ProgramInstance, ProgramSolution } from '../kkt-errors.js';

/** `ortools.pdlp`, tightened until our own errors are met. */
export function solver(given: Params): Solver<ProgramInstance, ProgramSolution> {
  return pythonPeer<ProgramInstance, ProgramSolution>({
    name: 'ortools-pdlp',
    version: '1',
    params: readParams('solver ortools-pdlp', given, {}),
    sampling: 'rerun',
    script: fileURLToPath(new URL('../../../halpern/peers/ortools_pdlp.py', import.meta.url)),
    settings:
      'primal_dual_hybrid_gradient with its defaults, one thread, Glop presolve off (its default); relative tolerances tightened until our errors are met',
    install: 'pip install ortools==9.15.6755 numpy scipy',
  });
}

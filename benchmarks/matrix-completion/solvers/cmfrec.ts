// cmfrec in a Python process: the fastest library for this model that the specification names.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { CompletionInstance, CompletionSolution } from '../completion.js';
import { shown } from './shown.js';

const SETTINGS = {
  cg: 'CMF by ALS, float32 as is its default, 3 steps of conjugate gradients and a last round by Cholesky, ridge by count, one thread',
  cholesky: 'CMF by ALS, float32 as is its default, Cholesky, ridge by count, one thread',
} as const;

/** `cmfrec.CMF` with biases by one of its solvers. */
export function solver(given: Params): Solver<CompletionInstance, CompletionSolution> {
  const params = readParams('solver cmfrec', given, { method: ['cg', 'cholesky'] });
  return pythonPeer<CompletionInstance, CompletionSolution>({
    name: 'cmfrec',
    version: '1',
    params,
    sampling: 'once',
    script: fileURLToPath(new URL('../../../matrix-completion/peers/cmfrec_als.py', import.meta.url)),
    settings: SETTINGS[params.method],
    supports: ({ lambda }) => lambda > 0 || { skip: 'only with lambda > 0' },
    toPeer: shown,
    install: 'pip install cmfrec==3.5.1.post14',
  });
}

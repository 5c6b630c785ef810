// HiGHS in a Python process: on programs, and on games written as programs.
import { fileURLToPath } from 'node:url';
import type { Params, PeerOptions, Solver } from '@lemmata/bench';
import { readParams } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { GameInstance, GameSolution } from '../game-certificate.js';
import { gameProgram, strategiesOf } from '../game-program.js';
import type { ProgramInstance, ProgramSolution } from '../kkt-errors.js';

const SCRIPT = fileURLToPath(new URL('../../../halpern/peers/highs_peer.py', import.meta.url));

const SETTINGS = {
  simplex: 'HiGHS dual simplex with presolve, one thread, tolerances as they are; data in memory, by columns',
  ipm: 'HiGHS interior points with presolve and crossover, one thread, tolerances as they are; data in memory, by columns',
  pdlp: 'HiGHS PDLP with presolve, one thread, kkt_tolerance tightened until our errors are met; data in memory, by columns',
} as const;

function highs<I, S>(given: Params, more: Pick<PeerOptions<I, S>, 'toPeer' | 'fromPeer'>): Solver<I, S> {
  const params = readParams('solver highs', given, { solver: ['simplex', 'ipm', 'pdlp'] });
  return pythonPeer<I, S>({
    ...more,
    name: 'highs',
    version: '1',
    params,
    sampling: params.solver === 'pdlp' ? 'rerun' : 'once',
    script: SCRIPT,
    settings: SETTINGS[params.solver],
    install: 'pip install highspy==1.16.0 numpy scipy threadpoolctl',
  });
}

/** `highspy` on a linear program. */
export function solver(given: Params): Solver<ProgramInstance, ProgramSolution> {
  return highs(given, {});
}

/** `highspy` on a game. */
export function gameSolver(given: Params): Solver<GameInstance, GameSolution> {
  return highs(given, { toPeer: gameProgram, fromPeer: (tree) => strategiesOf(tree as ProgramSolution) });
}

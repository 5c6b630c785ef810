// Peers written in Python.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PeerOptions, peerSolver, type Solver } from '@lemmata/bench';

const SHARED = fileURLToPath(new URL('../../peers/peer.py', import.meta.url));

/** A peer in Python. */
export interface PythonPeerOptions<I, S> extends Omit<PeerOptions<I, S>, 'language' | 'sources' | 'command' | 'args'> {
  /** Path of its script, which imports `peer`. */
  readonly script: string;
}

/** Makes a solver of a script that runs with `LEMMATA_PYTHON`, or `python3` when that is not set or empty. */
export function pythonPeer<I, S>(options: PythonPeerOptions<I, S>): Solver<I, S> {
  const { script, ...rest } = options;
  return peerSolver<I, S>({
    ...rest,
    language: 'Python',
    sources: [script, SHARED],
    command: process.env['LEMMATA_PYTHON'] || 'python3',
    args: [script],
    env: { PYTHONPATH: dirname(SHARED), ...rest.env },
  });
}

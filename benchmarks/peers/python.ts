// Peers written in Python.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PeerOptions, peerSolver, type Solver } from '@lemmata/bench';

const SHARED = fileURLToPath(new URL('../../peers/peer.py', import.meta.url));

/** A peer in Python. */
export interface PythonPeerOptions<I, S> extends Omit<PeerOptions<I, S>, 'language' | 'sources' | 'command' | 'args'> {
  /** Path of its script, which imports `peer`. */
  readonly script: string;
  /** Paths of further modules that it imports, default none. */
  readonly modules?: readonly string[];
  /** Program to run it with; default `LEMMATA_PYTHON`, or `python3` when that is not set or empty. */
  readonly python?: string;
}

/** Makes a solver of a script in Python. */
export function pythonPeer<I, S>(options: PythonPeerOptions<I, S>): Solver<I, S> {
  const { script, modules = [], python = process.env['LEMMATA_PYTHON'] || 'python3', ...rest } = options;
  return peerSolver<I, S>({
    ...rest,
    language: 'Python',
    sources: [script, SHARED, ...modules],
    command: python,
    args: [script],
    env: { PYTHONPATH: dirname(SHARED), ...rest.env },
  });
}

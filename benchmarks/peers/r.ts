// Peers written in R.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PeerOptions, peerSolver, type Solver } from '@lemmata/bench';

const SHARED = fileURLToPath(new URL('../../peers/peer.R', import.meta.url));

/** A peer in R. */
export interface RPeerOptions<I, S>
  extends Omit<PeerOptions<I, S>, 'language' | 'sources' | 'command' | 'args' | 'env'> {
  /** Path of its script, which sources `peer.R`. */
  readonly script: string;
}

/** Makes a solver of a script in R. */
export function rPeer<I, S>({ script, ...rest }: RPeerOptions<I, S>): Solver<I, S> {
  return peerSolver<I, S>({
    ...rest,
    language: 'R',
    sources: [script, SHARED],
    command: 'Rscript',
    args: ['--vanilla', script],
    env: { LEMMATA_PEERS: dirname(SHARED) },
  });
}

// Peers written in C, our own yardsticks among them: compiled where they run, at each start of the peer.
import { fileURLToPath } from 'node:url';
import { type PeerOptions, peerSolver, type Solver } from '@lemmata/bench';

const HEADER = fileURLToPath(new URL('../../peers/yardstick.h', import.meta.url));
const COMPILE_AND_RUN = fileURLToPath(new URL('../../peers/compile-and-run.sh', import.meta.url));

/** A peer in C. */
export interface NativePeerOptions<I, S>
  extends Pick<PeerOptions<I, S>, 'name' | 'version' | 'params' | 'settings' | 'supports' | 'toPeer' | 'fromPeer'> {
  /** Path of its source, which includes `yardstick.h`. */
  readonly source: string;
  /** Headers that it includes beside that, default none. */
  readonly headers?: readonly string[];
  /** Flags of the compiler beside `-O3 -march=native`, default none. */
  readonly flags?: readonly string[];
  /** Libraries to link, such as `fftw3`; default none. */
  readonly libraries?: readonly string[];
  /** Debian packages that bring them, default none. */
  readonly packages?: readonly string[];
  /** How its curve is sampled; default `rerun`. */
  readonly sampling?: 'rerun' | 'once';
}

/** Makes a solver of a program in C that is compiled with `-O3 -march=native` when it starts. */
export function nativePeer<I, S>(options: NativePeerOptions<I, S>): Solver<I, S> {
  const { source, headers = [], flags = [], libraries = [], packages = [], sampling = 'rerun', ...rest } = options;
  return peerSolver<I, S>({
    ...rest,
    language: 'C',
    sampling,
    sources: [source, ...headers, HEADER, COMPILE_AND_RUN],
    command: 'sh',
    args: [COMPILE_AND_RUN, source, ...flags, ...libraries.map((name) => `-l${name}`)],
    install: `apt-get install ${['gcc', 'libc6-dev', ...packages].join(' ')}`,
  });
}

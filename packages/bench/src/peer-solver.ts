import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInputError, type JsonValue, requireNumber } from '@lemmata/core';
import type { Determinism, Params, Probe, Sampling, Solver, SolverContext, SolverIdentity } from './contracts.js';
import { threadVariables } from './environment.js';
import type { JsonObject } from './json-object.js';
import { messageNumber, PeerProcess } from './peer-process.js';
import { treeFromBytes, treeToBytes } from './tree.js';

/** Version of the protocol that peers speak. */
export const PEER_PROTOCOL = 1;

/** Seconds that a peer has to say hello. */
const HELLO_SECONDS = 60;

/** Seconds that a peer has beyond its budget: for reading, converting and writing, which it does not time. */
const GRACE_SECONDS = 30;

/** A peer: a program in any language that speaks the protocol of PROTOCOL.md. */
export interface PeerOptions<I = unknown, S = unknown> {
  /** Name of the solver, such as `scikit-learn`. */
  readonly name: string;
  /** Version of this adapter. The peer's own version enters the task key by itself. */
  readonly version: string;
  /** Parameters of the solver, sent to the peer with `load`. */
  readonly params: Params;
  /** Implementation language, such as `Python`. */
  readonly language: string;
  /** How its curve is sampled. */
  readonly sampling: Sampling;
  /** What it promises about its bits, default `none`. */
  readonly determinism?: Determinism;
  /** The peer's own files, as paths or `file:` addresses: part of the task key. */
  readonly sources?: readonly string[];
  /** Best settings and why, in one sentence, for the report. */
  readonly settings?: string;
  /** Program to start, found as a shell would find it. */
  readonly command: string;
  /** Its arguments, default none. */
  readonly args?: readonly string[];
  /** Environment variables for it, beside those of the runner. */
  readonly env?: Readonly<Record<string, string>>;
  /** What to type so that it runs here, such as `pip install scikit-learn==1.9.1`. */
  readonly install: string;
  /** Whether it solves an instance, default always. */
  supports?(instance: I): true | { readonly skip: string };
  /** The tree that is sent to the peer, arrays in its best order; default the instance itself. */
  toPeer?(instance: I): unknown;
  /** The solution in the tree that came back; default the tree itself. */
  fromPeer?(tree: unknown): S;
}

/**
 * Makes a solver of a program in another language that speaks JSON lines: hello, load, run, sample, result.
 *
 * The peer times itself with a monotonic clock, reading and conversion excluded; its solutions are evaluated here. One
 * process serves all runs of a task. A program that cannot be started, that ends before it says hello, or that says
 * `unsupported` is reported as not supported with the install command; so is one that runs on a reference BLAS.
 *
 * @param options - what to start, and how the solver is described
 * @returns the solver, for a module's `solver(params)`
 * @throws InvalidInputError from its methods, `ERR_STATE` when the peer breaks, `ERR_FORMAT` when its messages or files
 * do not follow the protocol
 *
 * @example
 * ```ts
 * import { type Params, peerSolver, type Solver } from '@lemmata/bench';
 *
 * export function solver(params: Params): Solver {
 *   return peerSolver({
 *     name: 'scikit-learn',
 *     version: '1',
 *     params,
 *     language: 'Python',
 *     sampling: 'rerun',
 *     command: 'python3',
 *     args: ['lasso-peer.py'],
 *     install: 'pip install scikit-learn',
 *   });
 * }
 * ```
 */
export function peerSolver<I = unknown, S = unknown>(options: PeerOptions<I, S>): Solver<I, S> {
  const command = { command: options.command, args: options.args ?? [], env: options.env ?? {} };
  let process: PeerProcess | undefined;
  let context: SolverContext | undefined;
  let solution: S | undefined;
  let counts: Readonly<Record<string, number>> = {};
  let seconds = 0;

  const opened = (): { peer: PeerProcess; context: SolverContext } => {
    if (process !== undefined && context !== undefined) return { peer: process, context };
    throw new InvalidInputError(`solver ${options.name}: expected setup before run, got run`, 'ERR_STATE');
  };
  const take = async (message: JsonObject): Promise<void> => {
    counts = readCounts(message['counts'] ?? {});
    seconds = messageNumber(message, 'seconds');
    const file = message['file'];
    if (typeof file !== 'string') {
      throw new InvalidInputError(`${String(message['type'])}.file: expected a path, got ${typeof file}`, 'ERR_FORMAT');
    }
    const tree = treeFromBytes(await readFile(file), `${String(message['type'])}.file`);
    solution = options.fromPeer === undefined ? (tree as S) : options.fromPeer(tree);
  };

  return {
    name: options.name,
    version: options.version,
    params: options.params,
    language: options.language,
    sampling: options.sampling,
    determinism: options.determinism ?? 'none',
    ...(options.sources === undefined ? {} : { sources: options.sources }),
    ...(options.settings === undefined ? {} : { settings: options.settings }),

    async identify(): Promise<SolverIdentity> {
      const peer = new PeerProcess({ ...command, env: { ...threadVariables(1), ...command.env } });
      try {
        return readHello(await hello(peer), options.install);
      } catch (error) {
        const reason = (error as Error).message.split('\n', 1)[0];
        return { version: 'missing', unsupported: `${reason}; to install: ${options.install}` };
      } finally {
        await peer.quit();
      }
    },

    supports(instance: I): true | { readonly skip: string } {
      return options.supports === undefined ? true : options.supports(instance);
    },

    async setup(instance: I, given: SolverContext): Promise<void> {
      context = given;
      process = new PeerProcess(command);
      await hello(process);
      const file = join(given.folder, 'instance.bin');
      await writeFile(file, treeToBytes(options.toPeer === undefined ? instance : options.toPeer(instance)));
      process.send({ type: 'load', file, folder: given.folder, params: options.params });
      await process.receive(['loaded'], given.maxSeconds + GRACE_SECONDS);
      await rm(file);
    },

    async run(probe: Probe): Promise<void> {
      const { peer, context } = opened();
      const { maxSeconds, seed, target, threads } = context;
      const tolerance = probe.tolerance ?? null;
      peer.send({
        type: 'run',
        tolerance,
        target: target ?? null,
        seed,
        threads,
        maxSeconds,
        sampling: options.sampling,
      });
      for (;;) {
        const message = await peer.receive(['sample', 'result'], maxSeconds + GRACE_SECONDS);
        await take(message);
        if (message['type'] === 'result') return;
        const iteration = requireNumber('sample.iteration', message['iteration'], 1);
        peer.send({ type: 'continue', go: probe.tick({ iteration, seconds }) });
      }
    },

    solution(): S {
      if (solution === undefined) {
        throw new InvalidInputError(`solver ${options.name}: expected a run before solution, got none`, 'ERR_STATE');
      }
      return solution;
    },

    counts: () => counts,
    ownSeconds: () => seconds,

    async dispose(): Promise<void> {
      await process?.quit();
      process = undefined;
    },
  };
}

function hello(peer: PeerProcess): Promise<JsonObject> {
  peer.send({ type: 'hello', protocol: PEER_PROTOCOL });
  return peer.receive(['hello'], HELLO_SECONDS);
}

function readHello(message: JsonObject, install: string): SolverIdentity {
  const { protocol, version, blas, unsupported } = message;
  if (protocol !== PEER_PROTOCOL) {
    throw new InvalidInputError(
      `hello.protocol: expected ${PEER_PROTOCOL}, got ${JSON.stringify(protocol)}`,
      'ERR_FORMAT',
    );
  }
  if (typeof unsupported === 'string') {
    return { version: 'missing', unsupported: `${unsupported}; to install: ${install}` };
  }
  if (typeof version !== 'string' || version === '') {
    throw new InvalidInputError(`hello.version: expected a text, got ${JSON.stringify(version)}`, 'ERR_FORMAT');
  }
  const details = readDetails(message['details'] ?? {});
  if (typeof blas !== 'string') return { version, details };
  const identity = { version, details: { ...details, blas } };
  if (!/reference|netlib/i.test(blas)) return identity;
  return {
    ...identity,
    unsupported: `runs on ${blas}, which is no fair contender; to install an optimised BLAS: ${install}`,
  };
}

function readDetails(value: JsonValue): Readonly<Record<string, string>> {
  if (value !== null && typeof value === 'object' && Object.values(value).every((text) => typeof text === 'string')) {
    return value as Record<string, string>;
  }
  throw new InvalidInputError('hello.details: expected an object of texts, got something else', 'ERR_FORMAT');
}

function readCounts(value: JsonValue): Readonly<Record<string, number>> {
  const isCounts =
    value !== null && typeof value === 'object' && Object.values(value).every((count) => Number.isFinite(count));
  if (isCounts) return value as Record<string, number>;
  throw new InvalidInputError('counts: expected an object of numbers, got something else', 'ERR_FORMAT');
}

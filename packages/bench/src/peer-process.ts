import { type ChildProcess, spawn } from 'node:child_process';
import { InvalidInputError } from '@lemmata/core';
import type { JsonObject } from './json-object.js';

/** Most characters of a peer's standard error that are kept: the last ones. */
const KEPT_STDERR = 4000;

/** How to start a peer. */
export interface PeerCommand {
  /** Program, found as a shell would find it. */
  readonly command: string;
  /** Its arguments. */
  readonly args: readonly string[];
  /** Environment variables beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Builds the error of a peer that failed.
 *
 * @param message - what happened
 * @param started - whether the program could be started: tells one that is not there from one that broke
 */
function peerFailure(message: string, started: boolean): InvalidInputError {
  return new InvalidInputError(message, 'ERR_STATE', { started });
}

/** A running peer: JSON lines in, JSON lines out, one answer awaited at a time. */
export class PeerProcess {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  #partial = '';
  #stderr = '';
  #ended: InvalidInputError | undefined;
  #wake: (() => void) | undefined;

  /**
   * Starts a peer in a process group of its own, so that whatever it starts ends with it.
   *
   * @param command - program, arguments, environment
   */
  constructor(command: PeerCommand) {
    this.#child = spawn(command.command, [...command.args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...command.env },
      detached: process.platform !== 'win32',
    });
    const { stdin, stdout, stderr, pid } = this.#child;
    // A task that is ended from outside cannot end its peer, so the run is told which one it has.
    if (pid !== undefined && process.env['LEMMATA_BENCH_WORKER'] === '1') process.send?.({ type: 'peer', pid });
    stdout?.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR);
    });
    // A peer that closes its input early is reported by its end, not by the write that failed.
    stdin?.on('error', () => undefined);
    this.#child.on('error', (error) => this.#end(peerFailure(`peer could not be started: ${error.message}`, false)));
    this.#child.on('close', (code, signal) => {
      const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
      this.#end(peerFailure(`peer ended with ${how}${this.#lastWords()}`, true));
    });
  }

  /** Process id, undefined when the program could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  #lastWords(): string {
    return this.#stderr.trim() === '' ? '' : `; its standard error ends with:\n${this.#stderr.trim()}`;
  }

  #end(failure: InvalidInputError): void {
    this.#ended ??= failure;
    this.#wake?.();
  }

  #read(text: string): void {
    const pieces = (this.#partial + text).split('\n');
    this.#partial = pieces.pop() as string;
    this.#lines.push(...pieces.filter((line) => line.trim() !== ''));
    this.#wake?.();
  }

  /** Sends one message. */
  send(message: JsonObject): void {
    this.#child.stdin?.write(JSON.stringify(message) + '\n');
  }

  /**
   * Waits for the next message.
   *
   * @param types - the types that may come now
   * @param seconds - how long to wait
   * @returns the message
   * @throws InvalidInputError `ERR_STATE` when the peer ends, says `error`, says something else, or is silent for too long
   */
  async receive(types: readonly string[], seconds: number): Promise<JsonObject> {
    const deadline = process.hrtime.bigint() + BigInt(Math.ceil(seconds * 1e9));
    for (;;) {
      const line = this.#lines.shift();
      if (line !== undefined) return this.#understand(line, types);
      if (this.#ended !== undefined) throw this.#ended;
      const left = Number(deadline - process.hrtime.bigint()) / 1e6;
      if (left <= 0) {
        this.kill();
        throw peerFailure(`peer was silent for ${seconds} s, expected ${types.join(' or ')}${this.#lastWords()}`, true);
      }
      await this.#news(left);
    }
  }

  #news(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      // setTimeout holds at most 2^31 - 1 ms; a longer wait is taken up again by the loop.
      const timer = setTimeout(() => this.#wake?.(), Math.min(milliseconds + 1, 2147483647));
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
  }

  #understand(line: string, types: readonly string[]): JsonObject {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      throw peerFailure(`peer: expected a line of JSON, got ${JSON.stringify(line.slice(0, 200))}`, true);
    }
    const type = (message as { type?: unknown } | null)?.type;
    if (type === 'error') {
      const text = String((message as { message?: unknown }).message ?? 'without a message');
      throw peerFailure(`peer reported an error: ${text}${this.#lastWords()}`, true);
    }
    if (typeof type !== 'string' || !types.includes(type)) {
      throw peerFailure(`peer: expected a message ${types.join(' or ')}, got ${JSON.stringify(type)}`, true);
    }
    return message as JsonObject;
  }

  /** Asks the peer to end and ends it by force when it has not after two seconds. */
  async quit(): Promise<void> {
    if (this.#ended !== undefined) return;
    this.send({ type: 'quit' });
    this.#child.stdin?.end();
    const deadline = process.hrtime.bigint() + 2_000_000_000n;
    while (this.#ended === undefined) {
      const left = Number(deadline - process.hrtime.bigint()) / 1e6;
      if (left <= 0) break;
      await this.#news(left);
    }
    if (this.#ended === undefined) this.kill();
  }

  /** Ends the peer and whatever it started, at once. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    try {
      if (process.platform === 'win32') this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // It ended in between.
    }
  }
}

/**
 * Reads a member of a message that has to be a finite number >= 0.
 *
 * @param message - the message
 * @param name - the member
 * @throws InvalidInputError `ERR_FORMAT` when it is anything else
 */
export function messageNumber(message: JsonObject, name: string): number {
  const value = message[name];
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidInputError(
    `${String(message['type'])}.${name}: expected a finite number >= 0, got ${JSON.stringify(value)}`,
    'ERR_FORMAT',
    { argument: name },
  );
}

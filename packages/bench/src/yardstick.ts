import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { threadVariables } from './environment.js';
import type { NativeVersion } from './kernel-contracts.js';

const execute = promisify(execFile);

/** How yardsticks are compiled. */
export const COMPILER_FLAGS: readonly string[] = ['-O3', '-march=native', '-std=c11'];

/** A compiled yardstick, or why there is none. */
export type Compiled = { readonly program: string } | { readonly unsupported: string };

/**
 * Compiles a native version of a kernel.
 *
 * @param version - its source and libraries
 * @param program - path of the program to make
 * @returns the program, or what is missing and how it is installed
 */
export async function compileYardstick(
  { source, libraries, install }: NativeVersion,
  program: string,
): Promise<Compiled> {
  const compiler = process.env['CC'] ?? 'cc';
  const links = [...libraries, 'm'].map((name) => `-l${name}`);
  try {
    await execute(compiler, [...COMPILER_FLAGS, '-o', program, source, ...links]);
    return { program };
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') return { unsupported: 'no C compiler; Debian: apt-get install gcc libc6-dev' };
    if (libraries.length > 0 && /No such file|cannot find -l/.test(stderr)) {
      return { unsupported: `${libraries.join(', ')} not found; ${install}` };
    }
    throw new Error(`${basename(source)}: expected to compile, got\n${stderr}`);
  }
}

/**
 * Runs a compiled yardstick once.
 *
 * @param program - the program
 * @param files - its input and where it puts its result, both raw float64
 * @param seconds - seconds to measure for
 * @param sizes - sizes of the kernel
 * @returns the median of its samples in seconds a run, and its result
 */
export async function runYardstick(
  program: string,
  files: { readonly input: string; readonly result: string },
  seconds: number,
  sizes: readonly number[],
): Promise<{ readonly seconds: number; readonly result: Float64Array }> {
  const { stdout } = await execute(program, [files.input, files.result, String(seconds), ...sizes.map(String)], {
    env: { ...process.env, ...threadVariables(1) },
  });
  const median = Number(stdout);
  if (!(median > 0)) throw new Error(`${basename(program)}: expected its seconds, got ${stdout}`);
  const bytes = new Uint8Array(await readFile(files.result));
  return { seconds: median, result: new Float64Array(bytes.buffer, 0, bytes.length >> 3) };
}

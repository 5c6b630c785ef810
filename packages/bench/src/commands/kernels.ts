import { resolve } from 'node:path';
import type { Output } from '../output.js';
import { kernelText } from '../report/kernels.js';
import { settleKernels } from '../run-kernels.js';
import { withInterrupt } from './interrupt.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** Measures the kernels of modules and prints the table. */
export async function kernels(request: Request, output: Output): Promise<number | UsageProblem> {
  const { names, out, json, rounds } = request;
  if (names.length === 0) return { usage: 'kernels: expected built modules with kernels, got none' };
  if (out === undefined) return { usage: 'kernels: expected --out <folder>, got none' };
  const table = await withInterrupt((signal) => measureKernels(out, names, rounds, output, signal));
  if (table === undefined) return EXIT.interrupted;
  output.result(json ? JSON.stringify(table, null, 2) : kernelText(table));
  const bad = table.kernels.some(({ versions }) => versions.some(({ status }) => /^(wrong|failed)$/.test(status)));
  return bad ? EXIT.failedTasks : EXIT.ok;
}

/** Measures kernels for a folder of results, with a line a round. */
export async function measureKernels(
  out: string,
  modules: readonly string[],
  rounds: number | undefined,
  output: Output,
  signal: AbortSignal,
): ReturnType<typeof settleKernels> {
  const table = await settleKernels(
    out,
    modules.map((name) => resolve(name)),
    {
      ...(rounds === undefined ? {} : { rounds }),
      signal,
      onRound: (kernel, round, all) => output.progress(`kernel ${kernel}: round ${round + 1} of ${all}`),
    },
  );
  output.progressEnd();
  return table;
}

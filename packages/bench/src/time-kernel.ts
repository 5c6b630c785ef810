import { writeFile } from 'node:fs/promises';
import { Bench } from 'tinybench';
import { monotonic, toSeconds } from './clock.js';
import { loadKernels } from './load-module.js';
import { treeToBytes } from './tree.js';

/** Seconds that one sample takes at least: shorter runs are repeated within it, so that the clock is no part of it. */
const SAMPLE_SECONDS = 1e-4;

/** Share of the time of measuring that is spent on warming up. */
const WARMUP_SHARE = 0.5;

/** What the process of a version is asked for. */
export interface KernelAssignment {
  /** Absolute path of the module. */
  readonly file: string;
  /** Place of the kernel in the module's list. */
  readonly kernel: number;
  /** Place of the version in the kernel's list. */
  readonly version: number;
  /** Seconds to measure for. */
  readonly seconds: number;
  /** Where to leave the result. */
  readonly result: string;
}

/** What the process of a version answers. */
export interface KernelAnswer {
  /** Median seconds of a run, null when it failed. */
  readonly seconds: number | null;
  /** What went wrong; empty when nothing did. */
  readonly message: string;
}

/**
 * Times one version of a kernel in this process.
 *
 * @param assignment - which, how long
 * @returns the median of the samples in seconds a run
 */
export async function timeKernel(assignment: KernelAssignment): Promise<number> {
  const kernels = await loadKernels(assignment.file);
  const { run, result } = kernels[assignment.kernel].versions[assignment.version].prepare();
  run();
  await writeFile(assignment.result, treeToBytes({ result: result() }));
  const batch = batchOf(run);
  const bench = new Bench({
    time: assignment.seconds * 1000,
    warmupTime: assignment.seconds * 1000 * WARMUP_SHARE,
    retainSamples: true,
  });
  bench.add('kernel', () => {
    for (let i = 0; i < batch; i++) run();
  });
  const [task] = await bench.run();
  const { result: found } = task;
  if (!('latency' in found)) throw new Error(`tinybench: expected a latency, got the state ${found.state}`);
  return found.latency.p50 / 1000 / batch;
}

/** Number of runs that take about as long as a sample has to. */
function batchOf(run: () => void): number {
  for (let batch = 1; ; batch *= 2) {
    const from = monotonic();
    for (let i = 0; i < batch; i++) run();
    const seconds = toSeconds(monotonic() - from);
    if (seconds >= SAMPLE_SECONDS) return batch;
  }
}

import { resolve } from 'node:path';
import { settleClaims } from '../claims.js';
import type { Output } from '../output.js';
import { planSuites } from '../plan-suites.js';
import { readPlan, writePlan } from '../results-folder.js';
import { runPlan } from '../run-plan.js';
import { withInterrupt } from './interrupt.js';
import { measureKernels } from './kernels.js';
import { showReport } from './report.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** Plans, runs what is not finished, reports. */
export async function run(request: Request, output: Output): Promise<number | UsageProblem> {
  const { names, out, json, shard, claims, kernels, rounds } = request;
  if (out === undefined) return { usage: 'run: expected --out <folder>, got none' };
  if (names.length > 0) await writePlan(out, await planSuites(names, out));
  else await readPlan(out);

  return withInterrupt(async (signal) => {
    const summary = await runPlan(out, {
      command: commandOf(request),
      signal,
      ...(shard === undefined ? {} : { shard }),
      onProgress: ({ event, settled, total, task, detail }) => {
        if (event === 'damaged') output.note(`record replaced: ${detail}`);
        else output.progress(`[${settled + (event === 'began' ? 1 : 0)}/${total}] ${task} ${detail}`.trimEnd());
      },
    });
    output.progressEnd();
    if (summary.interrupted) {
      output.note(
        `interrupted after ${summary.ran + summary.reused} of ${summary.tasks} tasks; the same command continues`,
      );
      return EXIT.interrupted;
    }
    output.note(`${summary.ran} tasks run, ${summary.reused} there already, ${summary.failed.length} failed`);
    if (kernels.length > 0) await measureKernels(out, kernels, rounds, output, signal);
    if (claims.length > 0) {
      await settleClaims(
        out,
        claims.map((module) => resolve(module)),
        { onClaim: (id) => output.progress(`claim ${id}`), signal },
      );
      output.progressEnd();
    }
    if (signal.aborted) {
      output.note('interrupted; the same command continues');
      return EXIT.interrupted;
    }
    await showReport(out, json, output);
    return summary.failed.length === 0 ? EXIT.ok : EXIT.failedTasks;
  });
}

/** The command line of a request, for the manifest. */
function commandOf({ names, out, shard, claims, kernels, rounds }: Request): string {
  const options = [
    ...(shard === undefined ? [] : ['--shard', `${shard.index}/${shard.count}`]),
    ...kernels.flatMap((module) => ['--kernels', module]),
    ...(rounds === undefined ? [] : ['--rounds', String(rounds)]),
    ...claims.flatMap((module) => ['--claims', module]),
  ];
  return ['lemmata-bench', 'run', '--out', out, ...options, ...names].join(' ');
}

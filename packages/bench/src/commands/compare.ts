import { compareSolvers } from '../compare.js';
import type { Output } from '../output.js';
import { comparisonText } from '../report/format-comparison.js';
import { readCellChoice } from '../select-cell.js';
import { withInterrupt } from './interrupt.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** Number of pairs when the command line names none. */
const PAIRS = 30;

/** Runs two solvers of a suite in pairs of processes on one cell. */
export async function compare(request: Request, output: Output): Promise<number | UsageProblem> {
  const { names, out, json, cell = '', solvers, pairs = PAIRS } = request;
  if (names.length !== 1) return { usage: `compare: expected one suite file, got ${names.length}` };
  if (out === undefined) return { usage: 'compare: expected --out <folder>, got none' };
  const [first, second] = solvers;
  if (solvers.length !== 2) return { usage: `compare: expected --solvers with two labels, got ${solvers.length}` };
  const record = await withInterrupt((signal) =>
    compareSolvers(
      out,
      names[0],
      { cell: readCellChoice(cell), solvers: [first, second], pairs, timing: { runs: 6, seconds: 0.2 } },
      {
        signal,
        onPair: (done, total) => output.progress(`[${done + 1}/${total}] ${second} against ${first}`),
      },
    ),
  );
  output.progressEnd();
  if (record === undefined) {
    output.note('interrupted; nothing is kept of a comparison that was not finished');
    return EXIT.interrupted;
  }
  output.result(json ? JSON.stringify(record, null, 2) : comparisonText(record));
  return record.status === 'failed' ? EXIT.failedTasks : EXIT.ok;
}

import type { Difference } from '../first-difference.js';
import { toLosslessJson } from '../lossless-json.js';
import type { Output } from '../output.js';
import { formatNumber } from '../report/format.js';
import { type Repeat, verifyResults } from '../verify.js';
import { withInterrupt } from './interrupt.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** Checks stored files, repeats tasks and compares digests. */
export async function verify({ names, json, sample, seed }: Request, output: Output): Promise<number | UsageProblem> {
  if (names.length !== 1) return { usage: `verify: expected one folder of results, got ${names.length}` };
  const found = await withInterrupt((signal) =>
    verifyResults(names[0], {
      signal,
      ...(sample === undefined ? {} : { sample }),
      ...(seed === undefined ? {} : { seed }),
      onTask: (done, total, task) => output.progress(`[${done + 1}/${total}] ${task}`),
    }),
  );
  output.progressEnd();
  const { damage, repeats, finished, interrupted } = found;
  const wrong = repeats.filter(({ outcome }) => outcome === 'differs');
  if (json) output.result(JSON.stringify(toLosslessJson(found), null, 2));
  else {
    const same = repeats.filter(({ outcome }) => outcome === 'same outcome').length;
    output.result(
      [
        ...damage.map(({ file, problem }) => `damaged: ${file}: ${problem}`),
        ...wrong.map(describe),
        `${damage.length} damaged files; ${repeats.length} of ${finished} finished tasks repeated: ` +
          `${repeats.length - wrong.length - same} reproduced, ${same} ended as before without a promise of equal bits, ` +
          `${wrong.length} differ`,
      ].join('\n'),
    );
  }
  if (interrupted) return EXIT.interrupted;
  return damage.length + wrong.length === 0 ? EXIT.ok : EXIT.notReproduced;
}

function describe({ task, taskKey, difference, message }: Repeat): string {
  const what = difference === null ? message || 'other digests' : place(difference);
  return `differs: ${task} (${taskKey.slice(0, 12)}): ${what}`;
}

function place({ part, iteration, column, stored, found, ulps }: Difference): string {
  const where = part === 'curve' ? `iteration ${iteration}, ${column}` : column;
  const distance = ulps === Infinity ? '' : `, ${formatNumber(ulps)} ulps apart`;
  return `${where}: expected ${stored}, got ${found}${distance}`;
}

// node benchmarks/dist/hamming/scale/main.js --letters 250000000 --workers 2
import { parseArgs } from 'node:util';
import { measureScale, type ScaleReport } from './scale.js';
import type { ShareReport } from './share-search.js';

const MIB = 1_048_576;

/** The report as lines of text. */
function lines(
  letters: number,
  { pattern, thread, residentBytes, candidatesPerMillion, workers }: ScaleReport,
): string[] {
  const megabytes = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
  const line = (who: string, { searchMs, copyMs, hits, planted, missed }: ShareReport, shown: number): string =>
    `${who}: ${(searchMs / 1000).toFixed(3)} s, ${((1e6 * searchMs) / shown).toFixed(2)} ns a letter, ` +
    `${(searchMs / copyMs).toFixed(1)} times a copy; ${hits} windows, ${planted - missed} of ${planted} planted ones`;
  const all = [
    `${pattern} with at most 4 mismatches on both strands of ${letters} letters; ` +
      `${Math.round(candidatesPerMillion)} of a million windows pass the filter`,
    line('one thread', thread, letters),
    `memory at most ${megabytes(residentBytes[1])}, before the search ${megabytes(residentBytes[0])}`,
  ];
  if (workers === undefined) return all;
  const { idle, together } = workers;
  all.push(line('one worker, the others idle', idle, letters));
  together.forEach((report, w) => {
    all.push(line(`worker ${w + 1} of ${together.length}`, report, letters / together.length));
  });
  const slowest = Math.max(...together.map(({ searchMs }) => searchMs));
  all.push(`together ${(idle.searchMs / slowest).toFixed(2)} times as fast as one beside idle ones`);
  return all;
}

const { values } = parseArgs({
  options: {
    letters: { type: 'string', default: '250000000' },
    workers: { type: 'string', default: '2' },
    seed: { type: 'string', default: '0' },
  },
});

/** A whole number of at least `least`. */
function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`--${name}: expected an integer >= ${least}, got ${text}`);
}

// Each block holds copies at all distances on both strands only when they fit.
const letters = whole('letters', values.letters, 1000);
const workers = whole('workers', values.workers, 0);
const report = await measureScale({ letters, m: 23, k: 4, seed: values.seed }, workers);
process.stdout.write(`${lines(letters, report).join('\n')}\n`);

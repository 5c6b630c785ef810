import { mergeResults } from '../merge.js';
import type { Output } from '../output.js';
import { showReport } from './report.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** Unites folders of results in a new one. */
export async function merge({ names, json }: Request, output: Output): Promise<number | UsageProblem> {
  const [out, ...sources] = names;
  if (sources.length === 0) return { usage: `merge: expected a new folder and those to unite, got ${names.length}` };
  const { tasks, finished } = await mergeResults(out, sources);
  output.note(`${finished} of ${tasks} tasks finished`);
  await showReport(out, json, output);
  return EXIT.ok;
}

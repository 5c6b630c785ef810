// How a search grows: a genome of any length, read as a FASTA file that is never held whole, by one thread, by one worker
// beside an idle one, and by several at once.
import { Worker } from 'node:worker_threads';
import { hammingSearch, reverseComplement, shardRanges } from '@lemmata/hamming';
import { type GenomeParams, openGenome } from './genome.js';
import { type Share, type ShareReport, searchShare } from './share-search.js';

/** What a run reports. */
export interface ScaleReport {
  /** The pattern that was looked for on both strands. */
  readonly pattern: string;
  /** By one thread. */
  readonly thread: ShareReport;
  /** The most memory of the process so far, in bytes: before the search of one thread, and after it. */
  readonly residentBytes: readonly [before: number, after: number];
  /** Of a million windows and strands of the first block, how many passed the filter. */
  readonly candidatesPerMillion: number;
  /** By one worker while the others idle, and by all of them, each with its share; undefined for no workers. */
  readonly workers: { readonly idle: ShareReport; readonly together: readonly ShareReport[] } | undefined;
}

const KIB = 1024;
const residentBytes = (): number => process.resourceUsage().maxRSS * KIB;

async function candidatesPerMillion(params: GenomeParams): Promise<number> {
  const { pattern, block } = await openGenome(params);
  const { text } = block(0);
  const letters = new TextDecoder().decode(text);
  let candidates = 0;
  for (const strand of [pattern, reverseComplement(pattern)]) {
    candidates += hammingSearch(letters, strand, params.k, { filter: 'lanes' }).counts.candidates;
  }
  return (1e6 * candidates) / (2 * (text.length - params.m + 1));
}

function ask(worker: Worker, params: GenomeParams, share: Share): Promise<ShareReport> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage({ params, share });
  });
}

async function byWorkers(params: GenomeParams, count: number): Promise<ScaleReport['workers']> {
  const workers = Array.from({ length: count }, () => new Worker(new URL('./share-worker.js', import.meta.url)));
  try {
    const warm = { ...params, letters: Math.min(params.letters, KIB * KIB) };
    for (const worker of workers) await ask(worker, warm, { start: 0, end: warm.letters });
    const idle = await ask(workers[0], params, { start: 0, end: params.letters });
    const shares = shardRanges(params.letters, params.m, count);
    const together = await Promise.all(shares.map((share, w) => ask(workers[w], params, share)));
    return { idle, together };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Runs all of it. */
export async function measureScale(params: GenomeParams, workers: number): Promise<ScaleReport> {
  const { pattern } = await openGenome(params);
  const rate = await candidatesPerMillion(params);
  const before = residentBytes();
  const thread = await searchShare(params, { start: 0, end: params.letters });
  const after = residentBytes();
  return {
    pattern,
    thread,
    residentBytes: [before, after],
    candidatesPerMillion: rate,
    workers: workers === 0 ? undefined : await byWorkers(params, workers),
  };
}

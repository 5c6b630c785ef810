// A worker that searches shares of a genome when it is asked to, and idles in between.
import { type MessagePort, parentPort } from 'node:worker_threads';
import type { GenomeParams } from './genome.js';
import { type Share, searchShare } from './share-search.js';

const port = parentPort as MessagePort;

port.on('message', async ({ params, share }: { params: GenomeParams; share: Share }) => {
  port.postMessage(await searchShare(params, share));
});

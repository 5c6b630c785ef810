import { type KernelAnswer, type KernelAssignment, timeKernel } from './time-kernel.js';

// A process of its own for one version of a kernel: what the engine learned from another version would change its speed.
process.on('disconnect', () => process.exit(1));
process.once('message', async (assignment: KernelAssignment) => {
  const answer: KernelAnswer = await timeKernel(assignment).then(
    (seconds) => ({ seconds, message: '' }),
    (error: Error) => ({ seconds: null, message: error.stack ?? String(error) }),
  );
  process.send?.(answer, undefined, undefined, () => process.exit(0));
});

import { monotonic } from './clock.js';
import { type Assignment, executeTask } from './execute-task.js';
import { toLosslessJson } from './lossless-json.js';

// A process of its own for one task. The run that started it decides about interrupts, and when that run is gone nobody
// wants the result any more.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(1));
process.once('message', async (assignment: Assignment) => {
  const outcome = await executeTask(assignment, monotonic);
  process.send?.({ type: 'outcome', outcome: toLosslessJson(outcome) }, undefined, undefined, () => process.exit(0));
});

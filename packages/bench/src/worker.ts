import { monotonic } from './clock.js';
import { type Assignment, executeTask } from './execute-task.js';
import { toLosslessJson } from './lossless-json.js';

// A process of its own for one task. The run that started it decides about interrupts, and when that run is gone nobody
// wants the result any more.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(1));
process.once('message', async (assignment: Assignment) => {
  const takeTurn = (seconds: number): Promise<void> => {
    const turn = new Promise<void>((resolve) => process.once('message', () => resolve()));
    process.send?.({ type: 'waiting', seconds });
    return turn;
  };
  const outcome = await executeTask(assignment, monotonic, assignment.byTurns === true ? takeTurn : undefined);
  process.send?.({ type: 'outcome', outcome: toLosslessJson(outcome) }, undefined, undefined, () => process.exit(0));
});

// npm test: set-up, then types, lint, the house rules and the unit tests of every package in Node.
import { runTasks, setUp } from './set-up.mjs';

setUp();
runTasks('typecheck', 'lint', 'test', 'test:house');

// npm test: set-up, then types, lint, the house rules and the unit tests of every package in Node.
import { runNode, runTasks, setUp } from './set-up.mjs';

setUp();
runTasks('typecheck', 'lint', 'test', 'test:house');
runNode('scripts/count-tests.mjs', ['node', 'house']);

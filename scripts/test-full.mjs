// npm run test:full: what takes minutes and is run before a release.
import { runNode, setUp } from './set-up.mjs';

setUp();
runNode('node_modules/turbo/bin/turbo', [
  'run',
  'test:full',
  'test:full:root',
  '--concurrency=1',
  '--output-logs=new-only',
]);

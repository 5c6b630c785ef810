// npm run test:browser: the tests of every package in headless Chromium, then the packages as a page's author uses them.
// Nothing is downloaded: without a Chromium the tests are passed over with a message, or fail where CI is set.
import { chromiumPath } from './chromium.mjs';
import { runNode, runTasks, setUp } from './set-up.mjs';

if (chromiumPath === undefined) {
  console.error('No Chromium found: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
  process.exit(process.env.CI === undefined ? 0 : 1);
}
setUp();
runTasks('test:browser', 'test:pages', '--concurrency=1');
runNode('scripts/count-tests.mjs', ['browser', 'pages']);

// npm run test:browser: the tests of every package in headless Chromium, then the packages as a page's author uses them.
// Chromium is taken from CHROMIUM_PATH or the system's usual places; nothing is downloaded.
import { runTasks, setUp } from './set-up.mjs';

setUp();
runTasks('test:browser', 'test:pages', '--concurrency=1');

// Finds the Chromium that browser tests use: CHROMIUM_PATH first, then the usual places of a system package.
import { existsSync } from 'node:fs';

const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Path of the browser, undefined when there is none. */
export const chromiumPath = places.find((place) => place !== undefined && existsSync(place));

import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';

/** Where a Chromium may be: the environment variable first, then the usual places of a system package. */
const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = places.find((place) => place !== undefined && existsSync(place));

/**
 * The two test projects of every package: `*.node.test.ts` runs in Node alone, `*.browser.test.ts` in Chromium alone,
 * every other test in both.
 */
export const projects = [
  {
    test: {
      name: 'node',
      environment: 'node',
      include: ['test/**/*.test.ts'],
      exclude: ['test/**/*.browser.test.ts', 'test/**/*.full.test.ts'],
      testTimeout: 60_000,
    },
  },
  {
    server: {
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    },
    test: {
      name: 'browser',
      include: ['test/**/*.test.ts'],
      exclude: ['test/**/*.node.test.ts', 'test/**/*.full.test.ts'],
      testTimeout: 120_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            ...(executablePath === undefined ? {} : { executablePath }),
            args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
          },
        }),
        instances: [{ browser: 'chromium' as const }],
      },
    },
  },
  {
    test: { name: 'full', environment: 'node', include: ['test/**/*.full.test.ts'], testTimeout: 3_600_000 },
  },
];

/** Prints as usual and leaves a report that the closing count of a continuous integration run adds up. */
export function reporters(project: string): ['default', ['json', { outputFile: string }]] {
  return ['default', ['json', { outputFile: `test-report/${project}.json` }]];
}

/** The project that the command line asks for. */
export const project = process.argv[process.argv.indexOf('--project') + 1] ?? 'node';

import { playwright } from '@vitest/browser-playwright';
import { chromiumPath } from './scripts/chromium.mjs';

/**
 * The two test projects of every package: `*.node.test.ts` runs in Node alone, `*.browser.test.ts` in Chromium alone,
 * every other test in both.
 */
export const projects = [
  {
    test: {
      name: 'node',
      environment: 'node',
      // The files of a worker share its modules, which are loaded once: a test must leave none of their state behind.
      isolate: false,
      include: ['test/**/*.test.ts'],
      exclude: ['test/**/*.browser.test.ts', 'test/**/*.full.test.ts'],
      testTimeout: 240_000,
      hookTimeout: 120_000,
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
      hookTimeout: 120_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
            args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
          },
        }),
        instances: [{ browser: 'chromium' as const }],
      },
    },
  },
  {
    test: {
      name: 'full',
      environment: 'node',
      include: ['test/**/*.full.test.ts'],
      testTimeout: 3_600_000,
      hookTimeout: 600_000,
    },
  },
];

/** Prints as usual and leaves a report that the closing count of a continuous integration run adds up. */
export function reporters(project: string): ['default', ['json', { outputFile: string }]] {
  return ['default', ['json', { outputFile: `test-report/${project}.json` }]];
}

/** The project that the command line asks for. */
export const project = process.argv.includes('--project') ? process.argv[process.argv.indexOf('--project') + 1] : 'all';

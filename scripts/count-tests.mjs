// Adds up the reports that the test runs left and prints one line, `N passed, N failed`. Arguments are the projects
// that must have left a report; a test skipped there counts as failed, and so does each step named after `--failed`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './set-up.mjs';

const { values, positionals } = parseArgs({
  options: { failed: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});
const folders = [
  ...readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name)),
  join(root, 'benchmarks'),
  join(root, 'test'),
];
let passed = 0;
let failed = values.failed.length;
for (const step of values.failed) console.log(`failed step: ${step}`);
for (const project of positionals) {
  const reports = folders.map((folder) => join(folder, 'test-report', `${project}.json`)).filter(existsSync);
  if (reports.length === 0) {
    console.log(`no report of the ${project} tests`);
    failed++;
  }
  for (const report of reports) {
    const { numPassedTests, numTotalTests } = JSON.parse(readFileSync(report, 'utf8'));
    passed += numPassedTests;
    failed += numTotalTests - numPassedTests;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

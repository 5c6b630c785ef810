// Runs the modules whose paths stand in the file named on the command line, one after the other, and writes to a second file
// what each of them threw or wrote to standard error; '' for those that did neither.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [list, results] = process.argv.slice(2);
let said = '';
process.stderr.write = (text) => {
  said += text;
  return true;
};
process.stdout.write = () => true;
process.on('warning', (warning) => {
  said += warning.stack;
});
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    said += error?.stack ?? String(error);
  });
}

const found = [];
for (const path of JSON.parse(readFileSync(list, 'utf8'))) {
  said = '';
  try {
    await import(pathToFileURL(path).href);
    // What the module left undone has its say before the next one begins.
    await new Promise((resolve) => setImmediate(resolve));
  } catch (error) {
    said += error?.stack ?? String(error);
  }
  found.push(said);
}
writeFileSync(results, JSON.stringify(found));
process.exit(0);

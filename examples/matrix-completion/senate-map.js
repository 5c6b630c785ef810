// How well do a few numbers a senator and a vote explain 645 roll calls of the United States Senate (2005 and 2006)? One
// vote in ten is held back and predicted from the others; then the first direction lines the senators up.
//
//   node examples/matrix-completion/senate-map.js
import { readFile } from 'node:fs/promises';
import { randomStream } from '@lemmata/core';
import { completeMatrix, predict } from '@lemmata/matrix-completion';

const file = new URL('../../benchmarks/data/senate-109/votes.csv', import.meta.url);
const lines = (await readFile(file, 'utf8')).trim().split('\n').slice(1);
const senators = lines.map((line) => line.split(','));
const cast = { Y: 1, N: -1 };

const shown = { rows: [], cols: [], values: [], shape: [senators.length, senators[0][3].length] };
const held = { rows: [], cols: [], values: [] };
const draws = randomStream('held back');
senators.forEach(([, , , votes], i) => {
  [...votes].forEach((vote, j) => {
    if (vote === '.') return;
    const part = draws.uniform() < 0.1 ? held : shown;
    part.rows.push(i);
    part.cols.push(j);
    part.values.push(cast[vote]);
  });
});

console.log(`${held.values.length} of ${held.values.length + shown.values.length} votes held back`);
const yeas = held.values.filter((value) => value > 0).length / held.values.length;
console.log('rank  rmse   predicted right');
console.log(`         -   ${(100 * yeas).toFixed(1)} % by yea for everything`);
for (const rank of [1, 2, 3, 5]) {
  const fit = completeMatrix(shown, { rank, lambda: 0.05 });
  const guesses = predict(fit, held.rows, held.cols);
  const right = held.values.filter((value, e) => value * guesses[e] > 0).length / held.values.length;
  console.log(`${String(rank).padStart(4)}  ${fit.rmse.toFixed(3)}  ${(100 * right).toFixed(1)} %`);
}

// The sign of a direction is free: let the first senator of the file stand at the right end.
const { U } = completeMatrix(shown, { rank: 1, lambda: 0.05 });
const sign = Math.sign(U.data[0]);
const order = senators
  .map(([name, state, party], i) => ({ name, state, party, at: sign * U.data[i] }))
  .sort((a, b) => a.at - b.at);
for (const [title, part] of [
  ['one end', order.slice(0, 5)],
  ['around the middle', order.slice(46, 56)],
  ['other end', order.slice(-5)],
]) {
  console.log(`\n${title}`);
  for (const { name, state, party, at } of part)
    console.log(`${at.toFixed(2).padStart(6)}  ${name} (${party}, ${state})`);
}

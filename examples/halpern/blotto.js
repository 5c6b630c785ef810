// Colonel Blotto: two sides divide their soldiers among three fields at once; the larger force takes a field. How should
// they mix their divisions? The answer comes with a proof: what each side is sure of, whatever the other does.
//
//   node examples/halpern/blotto.js
import { matrixGame } from '@lemmata/halpern';

const FIELDS = 3;

/** All ways to divide soldiers among fields. */
function divisions(soldiers, fields = FIELDS) {
  if (fields === 1) return [[soldiers]];
  return Array.from({ length: soldiers + 1 }, (_, own) => own).flatMap((own) =>
    divisions(soldiers - own, fields - 1).map((rest) => [own, ...rest]),
  );
}

// Fields won less fields lost by the side with six soldiers, which plays y and maximises y' A x.
const [six, five] = [divisions(6), divisions(5)];
const A = six.map((mine) => five.map((theirs) => mine.reduce((sum, n, i) => sum + Math.sign(n - theirs[i]), 0)));
const { y, certificate, counts } = matrixGame(A, { tolerance: 1e-5 });

console.log(`${six.length} divisions of six soldiers against ${five.length} of five`);
console.log(`six soldiers are sure of ${certificate.lower.toFixed(5)} fields more than they lose;`);
console.log(`five see to it that they never win more than ${certificate.upper.toFixed(5)}`);
console.log(`found with ${counts.evaluations} component evaluations\n`);

const byForces = new Map();
six.forEach((division, i) => {
  const forces = [...division].sort((a, b) => b - a).join(' ');
  byForces.set(forces, (byForces.get(forces) ?? 0) + y[i]);
});
console.log('how the six are divided, in any order of fields');
for (const [forces, share] of [...byForces].sort((p, q) => q[1] - p[1])) {
  if (share < 1e-3) continue;
  console.log(`${forces}  ${(100 * share).toFixed(1).padStart(5)} %  ${'#'.repeat(Math.round(60 * share))}`);
}

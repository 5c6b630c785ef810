// Two half moons of 300 points, and twelve of them have a name. Label propagation over each point's nearest neighbours names
// the others, by exact updates of trees that are grown where the gradient is large.
//
//   node examples/coordinate-descent/labels.js
import { labelPropagation } from '@lemmata/coordinate-descent';
import { cos, randomStream, sin } from '@lemmata/core';

const [POINTS, NEIGHBOURS] = [300, 6];
const stream = randomStream('moons');
const points = Array.from({ length: POINTS }, (_, i) => {
  const moon = i % 2;
  const angle = Math.PI * stream.uniform();
  const [x, y] = [cos(angle), sin(angle)];
  const noise = () => 0.12 * stream.normal();
  return { moon, x: (moon === 0 ? x : 1 - x) + noise(), y: (moon === 0 ? y : 0.5 - y) + noise() };
});

// An edge of weight 1 wherever one point is among the nearest of the other.
const graph = points.map(() => new Float64Array(POINTS));
points.forEach((p, i) => {
  const near = points.map((q, j) => ({ j, far: (p.x - q.x) ** 2 + (p.y - q.y) ** 2 })).sort((a, b) => a.far - b.far);
  for (const { j } of near.slice(1, NEIGHBOURS + 1)) graph[i][j] = graph[j][i] = 1;
});

const index = [0, 1, 50, 51, 100, 101, 150, 151, 200, 201, 250, 251];
const tolerance = 1e-3;
const classes = index.map((i) => (points[i].moon === 0 ? 'upper' : 'lower'));
for (const blocks of ['greedy-tree', 'random-tree', 'red-black']) {
  const {
    status,
    iterations,
    codes,
    classes: names,
  } = labelPropagation(graph, { index, classes }, { blocks, tolerance });
  const right = points.filter(({ moon }, i) => names[codes[i]] === (moon === 0 ? 'upper' : 'lower')).length;
  console.log(
    `${blocks.padEnd(12)} ${status} after ${String(iterations).padStart(5)} blocks, ${right} of ${POINTS} right`,
  );
}

const { codes, classes: names } = labelPropagation(graph, { index, classes }, { tolerance });
const [width, height] = [72, 20];
const picture = Array.from({ length: height }, () => new Array(width).fill(' '));
points.forEach(({ x, y }, i) => {
  const [col, row] = [Math.round(((x + 1.3) / 3.6) * (width - 1)), Math.round(((1.4 - y) / 2.4) * (height - 1))];
  if (picture[row]?.[col] !== undefined) picture[row][col] = names[codes[i]] === 'upper' ? 'o' : '.';
});
console.log(picture.map((line) => line.join('')).join('\n'));

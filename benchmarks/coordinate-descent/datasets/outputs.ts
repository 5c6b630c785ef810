// Dense autoregressive designs with several targets, or with classes.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { randomStream } from '@lemmata/core';
import { arDesign } from '@lemmata/linalg';
import type { ModelInput } from '../models.js';

/** One column in so many has coefficients, in all outputs. */
const COLUMNS_PER_COEFFICIENT = 50;
/** |A W| over |noise|. */
const SIGNAL_TO_NOISE = 3;

/** A design with k targets, or with the class of the largest of them for each row. */
export function dataset(given: Params): Dataset<ModelInput> {
  const params = readParams('dataset outputs', given, {
    rows: { default: 500, min: 1, integer: true },
    cols: { default: 5000, min: 1, integer: true },
    correlation: { default: 0.5, min: -1, max: 1 },
    outputs: { default: 10, min: 2, integer: true },
    kind: ['numbers', 'classes'],
  });
  const { rows, cols, correlation, outputs, kind } = params;
  return {
    name: 'outputs',
    version: '1',
    params,
    licence: 'generated',
    source:
      'rows normal with correlation rho^|i-j|; normal coefficients for one column in 50; |AW| = 3 |noise|; the class of a row is its largest target',
    generate: ({ seed }) => {
      const A = arDesign({ rows, cols, correlation, seed });
      const stream = randomStream(seed).fork('outputs');
      const targets = new Float64Array(rows * outputs);
      for (let j = 0; j < cols; j += COLUMNS_PER_COEFFICIENT) {
        for (let c = 0; c < outputs; c++) {
          const w = stream.normal();
          for (let i = 0; i < rows; i++) targets[c * rows + i] += w * A.data[j * rows + i];
        }
      }
      const noise = targets.map(() => stream.normal());
      const squares = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0);
      const scale = Math.sqrt(squares(targets) / squares(noise)) / SIGNAL_TO_NOISE;
      targets.forEach((_, e) => {
        targets[e] += scale * noise[e];
      });
      if (kind === 'numbers') return { A, b: targets, outputs };
      const classes = Float64Array.from({ length: rows }, (_, i) => {
        let best = 0;
        for (let c = 1; c < outputs; c++) if (targets[c * rows + i] > targets[best * rows + i]) best = c;
        return best;
      });
      return { A, b: classes, outputs };
    },
    describe: ({ A }) => ({ shape: [A.rows, A.cols] }),
  };
}

import { example as coordinateDescent } from './coordinate-descent.js';
import { example as halpern } from './halpern.js';
import { example as hamming } from './hamming.js';
import type { LiveExample } from './live-example.js';
import { example as matrixCompletion } from './matrix-completion.js';
import { example as sorBandit } from './sor-bandit.js';
import { example as submodular } from './submodular.js';

/** The live example of each package's page, by the package's name. */
export const examples: Readonly<Record<string, LiveExample>> = {
  'coordinate-descent': coordinateDescent,
  'sor-bandit': sorBandit,
  halpern,
  'matrix-completion': matrixCompletion,
  submodular,
  hamming,
};

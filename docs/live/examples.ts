import { example as coordinateDescent } from './coordinate-descent.js';
import { example as halpern } from './halpern.js';
import { example as hamming } from './hamming.js';
import { example as labels } from './labels.js';
import type { LiveExample } from './live-example.js';
import { example as matrixCompletion } from './matrix-completion.js';
import { example as rules } from './rules.js';
import { example as sorBandit } from './sor-bandit.js';
import { example as submodular } from './submodular.js';

/** The live examples by name: that of each package's page by the package's name, others as `package/name`. */
export const examples: Readonly<Record<string, LiveExample>> = {
  'coordinate-descent': coordinateDescent,
  'coordinate-descent/rules': rules,
  'coordinate-descent/labels': labels,
  'sor-bandit': sorBandit,
  halpern,
  'matrix-completion': matrixCompletion,
  submodular,
  hamming,
};

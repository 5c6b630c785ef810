// Colonel Blotto's game (E. Borel, 1921): both sides spread their soldiers over the fields, and the larger force holds a
// field. Its payoffs follow from the rules; by symmetry its value is 0.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import type { GameInstance } from '../game-certificate.js';

/** All ways to spread soldiers over fields, in lexicographic order. */
export function deployments(soldiers: number, fields: number): number[][] {
  if (fields === 1) return [[soldiers]];
  return Array.from({ length: soldiers + 1 }, (_, first) =>
    deployments(soldiers - first, fields - 1).map((rest) => [first, ...rest]),
  ).flat();
}

/** Payoff to the row player: fields held less fields lost. */
export function dataset(given: Params): Dataset<GameInstance> {
  const params = readParams('dataset blotto', given, {
    soldiers: { default: 10, min: 1, max: 20, integer: true },
    fields: { default: 4, min: 2, max: 5, integer: true },
  });
  return {
    name: 'blotto',
    version: '1',
    params,
    licence: 'computed from the rules of the game',
    source: 'E. Borel, La théorie du jeu et les équations intégrales à noyau symétrique, Comptes Rendus 173 (1921)',
    generate: () => {
      const all = deployments(params.soldiers, params.fields);
      const data = Float64Array.from(
        all.flatMap((mine) =>
          all.map((theirs) => mine.reduce((sum, force, field) => sum + Math.sign(force - theirs[field]), 0)),
        ),
      );
      return { A: { layout: 'row', rows: all.length, cols: all.length, data } };
    },
    describe: ({ A }) => ({ shape: [A.rows, A.cols] }),
  };
}

// The live examples of the documentation answer for every position of their controls.
import { describe, expect, it } from 'vitest';
import { examples } from '../../docs/live/examples.ts';
import { type Figure, initialValues, type Values } from '../../docs/live/live-example.ts';

/** The values at the start, and with each range at its two ends. */
function positions(name: string): Values[] {
  const example = examples[name];
  const start = initialValues(example);
  const ends = example.controls.flatMap((control) =>
    control.kind === 'range' ? [control.min, control.max].map((end) => ({ ...start, [control.name]: end })) : [],
  );
  return [start, ...ends];
}

function figure(figures: readonly Figure[], label: string): number {
  return Number(figures.find((one) => one.label === label)?.value);
}

describe('the live example', () => {
  it.each(Object.keys(examples))('%s gives numbers, the same each time', (name) => {
    for (const values of positions(name)) {
      const outcome = examples[name].compute(values);
      expect(outcome.figures.length).toBeGreaterThan(0);
      for (const { label, value } of outcome.figures) {
        expect(typeof value === 'string' || Number.isFinite(value), `${label} at ${JSON.stringify(values)}`).toBe(true);
      }
    }
    const start = initialValues(examples[name]);
    expect(examples[name].compute(start)).toEqual(examples[name].compute(start));
  });

  it('of games shows bounds on the value as close as was asked', () => {
    const { figures } = examples['halpern'].compute({ ...initialValues(examples['halpern']), digits: 3 });
    const [low, high] = [figure(figures, 'value of the game, at least'), figure(figures, 'value of the game, at most')];
    expect(low).toBeLessThanOrEqual(high);
    expect(high - low).toBeLessThanOrEqual(1e-3);
  });

  it('of selections shows a share that is at least the guarantee and at most 1', () => {
    const { figures } = examples['submodular'].compute(initialValues(examples['submodular']));
    const share = figure(figures, 'proven share of the best');
    expect(share).toBeGreaterThanOrEqual(figure(figures, 'guaranteed beforehand'));
    expect(share).toBeLessThanOrEqual(1);
  });
});

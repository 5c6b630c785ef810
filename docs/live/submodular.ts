import { randomStream } from '@lemmata/core';
import { DynamicSelector, facilityLocation } from '@lemmata/submodular';
import type { LiveExample } from './live-example.js';

const CLIENTS = 120;
const SITES = 60;
const WINDOW = 30;

/** Sites come and go: which k of those that are open serve all clients best? */
export const example: LiveExample = {
  controls: [
    { kind: 'range', name: 'time', label: 'time', min: 10, max: 120, step: 1, value: 60 },
    { kind: 'range', name: 'k', label: 'sites to choose', min: 1, max: 8, step: 1, value: 4 },
    { kind: 'range', name: 'seed', label: 'seed', min: 1, max: 20, step: 1, value: 1 },
  ],
  compute({ time, k, seed }) {
    const stream = randomStream(Number(seed)).fork('map');
    const points = (length: number) => Array.from({ length }, () => [stream.uniform(), stream.uniform()] as const);
    const [clients, sites] = [points(CLIENTS), points(SITES)];
    const closeness = sites.map(([u, v]) =>
      clients.map(([x, y]) => 1.5 - Math.sqrt((x - u) * (x - u) + (y - v) * (y - v))),
    );
    const selector = new DynamicSelector(facilityLocation(closeness), { k: Number(k), seed: Number(seed) });
    for (let now = 0; now < Number(time); now++) {
      if (now >= WINDOW) selector.delete((now - WINDOW) % SITES);
      selector.insert(now % SITES);
    }
    const chosen = Array.from(selector.solution());
    const open = Array.from(selector.elements()).filter((site) => !chosen.includes(site));
    const series = (name: string, of: readonly (readonly [number, number])[]) => ({
      name,
      x: of.map(([x]) => x),
      y: of.map(([, y]) => y),
    });
    return {
      figures: [
        { label: 'sites open', value: selector.size },
        { label: 'value of the choice', value: selector.value },
        { label: 'no choice is worth more than', value: selector.upperBound },
        { label: 'proven share of the best', value: selector.ratio },
        { label: 'guaranteed beforehand', value: selector.guarantee },
        { label: 'gains asked for, per update', value: selector.counts.gain / Number(time) },
      ],
      drawing: {
        kind: 'dots',
        xLabel: 'east',
        yLabel: 'north',
        series: [
          series('client', clients),
          series(
            'open site',
            open.map((site) => sites[site]),
          ),
          series(
            'chosen site',
            chosen.map((site) => sites[site]),
          ),
        ],
      },
    };
  },
};

import { hammingProfile, hammingSearch } from '@lemmata/hamming';
import type { LiveExample } from './live-example.js';

/** A pattern against every window of a text. */
export const example: LiveExample = {
  controls: [
    {
      kind: 'text',
      name: 'text',
      label: 'text',
      value: 'gattacagattccagataacagcttacaggattacatgatcacagaatacagatt',
    },
    { kind: 'text', name: 'pattern', label: 'pattern', value: 'gattaca' },
    { kind: 'range', name: 'k', label: 'mismatches allowed', min: 0, max: 6, step: 1, value: 2 },
  ],
  compute({ text, pattern, k }) {
    const { distances, plan } = hammingProfile(String(text), String(pattern));
    const { positions } = hammingSearch(String(text), String(pattern), Number(k));
    const windows = Array.from(positions, (at) => `${String(text).slice(at, at + String(pattern).length)} at ${at}`);
    const x = Array.from(distances, (_, at) => at);
    const found = x.filter((at) => distances[at] <= Number(k));
    const others = x.filter((at) => distances[at] > Number(k));
    return {
      figures: [
        { label: `windows with at most ${k} mismatches`, value: positions.length },
        { label: 'they are', value: windows.slice(0, 6).join(', ') + (windows.length > 6 ? ', ...' : '') },
        { label: 'smallest distance', value: Math.min(...distances) },
        { label: 'method', value: plan.method },
      ],
      drawing: {
        kind: 'bars',
        xLabel: 'position',
        yLabel: 'mismatches',
        series: [
          { name: 'other windows', x: others, y: others.map((at) => distances[at]) },
          { name: 'found', x: found, y: found.map((at) => distances[at]) },
        ],
      },
    };
  },
};

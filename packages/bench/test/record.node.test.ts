import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { comparisonJsonSchema } from '../src/comparison-schema.js';
import { kernelsJsonSchema } from '../src/kernel-schema.js';
import { claimsJsonSchema } from '../src/ledger-schema.js';
import { losslessNumber, toLosslessJson } from '../src/lossless-json.js';
import { planJsonSchema } from '../src/plan-schema.js';
import type { TaskRecord } from '../src/record.js';
import { parseRecord, recordJsonSchema } from '../src/record-schema.js';
import { suiteJsonSchema } from '../src/suite-schema.js';

const zeros = '0'.repeat(64);
const named = { id: 'a@1#0', name: 'a', version: '1', params: { n: 3 }, sourceDigest: zeros };
const record: TaskRecord = {
  schema: 1,
  taskKey: zeros,
  suite: 'trial',
  problem: { ...named, metric: 'gap', metricLabel: 'gap', count: 'steps', referenceKind: 'certified' },
  dataset: { ...named, licence: 'CC0', source: 'made', sha256: zeros, shape: [3], nnz: 2 },
  solver: { ...named, label: 'a', language: 'C', determinism: 'R3', packageVersion: '1', packages: {}, details: {} },
  repetition: 0,
  seeds: { data: zeros, solver: zeros },
  target: 1e-6,
  budget: { maxSeconds: 1 },
  warmRuns: 1,
  warmSeconds: 0,
  threads: 1,
  sampling: 'once',
  status: 'diverged',
  message: '',
  reached: false,
  timing: 'exclusive',
  environmentId: zeros,
  startedAt: '2026-01-02T03:04:05.006Z',
  counts: { steps: 5e-324 },
  time: { setup: 0, cold: 0.1, warm: null, warmMin: null, evaluate: 0, cpu: 0.1, gc: 0 },
  memory: { peakRss: 1 },
  final: { gap: Number.NaN, error: -0, slope: -Infinity, value: 0.1 + 0.2 },
  curve: { iteration: [0, 1], count: [0, Number.NaN], seconds: [0, 0.1], metrics: { gap: [Infinity, Number.NaN] } },
  samples: [],
  digests: { solution: zeros, curve: zeros },
  reference: { value: -0, kind: 'best-known', by: 'us' },
  solutionFile: zeros,
  digest: zeros,
};

describe('records', () => {
  it('keep every number through JSON: NaN, infinities, negative zero, the smallest number', () => {
    const back = parseRecord(JSON.parse(JSON.stringify(toLosslessJson(record))), 'file');
    expect(back).toEqual(record);
    expect(Object.is(back.final?.['error'], -0)).toBe(true);
    expect(Object.is(back.reference?.value, -0)).toBe(true);
    expect(() => losslessNumber.parse('1')).toThrow();
  });

  const broken: [string, Record<string, unknown>][] = [
    ['a newer version', { schema: 2 }],
    ['an unknown member', { extra: 1 }],
    ['an unknown status', { status: 'fine' }],
    ['null where a number was lost', { final: { gap: null } }],
    ['columns of different lengths', { curve: { ...record.curve, iteration: [0] } }],
    ['a key that is no digest', { taskKey: 'abc' }],
  ];
  it.each(broken)('are refused with %s', (_, change) => {
    const value = { ...(toLosslessJson(record) as object), ...(toLosslessJson(change) as object) };
    expect(() => parseRecord(value, 'tasks/x.json')).toThrow(/^tasks\/x\.json: expected/);
  });
});

describe('published schemas', () => {
  it.each([
    ['record', recordJsonSchema],
    ['plan', planJsonSchema],
    ['suite', suiteJsonSchema],
    ['comparison', comparisonJsonSchema],
    ['claims', claimsJsonSchema],
    ['kernels', kernelsJsonSchema],
  ])('schema/%s.v1.json is the one of the code', async (name, make) => {
    const file = new URL(`../schema/${name}.v1.json`, import.meta.url);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(make());
  });
});

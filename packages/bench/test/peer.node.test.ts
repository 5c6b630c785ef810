import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TaskRecord } from '../src/record.js';
import { lemmataBench, recordsOf, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

/** Runs the peer of the fixtures in several manners and returns its records by manner. */
async function runPeers(
  manners: readonly string[],
  changes: Readonly<Record<string, unknown>> = {},
): Promise<{ code: number | null; recordOf: (manner: string) => TaskRecord }> {
  const folder = await temporaryFolder();
  const out = join(folder, 'out');
  const suite = await writeSuite(join(folder, 'suite.json'), {
    timeoutSeconds: 20,
    solvers: [{ module: 'peer.mjs', params: { manner: manners } }],
    ...changes,
  });
  const { code } = await lemmataBench(['run', '--out', out, suite]);
  const records = [...(await recordsOf(out)).values()];
  return {
    code,
    recordOf: (manner) => {
      const found = records.find(({ solver }) => solver.params['manner'] === manner);
      if (found === undefined) throw new Error(`${manner}: expected a record, got none`);
      return found;
    },
  };
}

describe('an external peer', () => {
  it('is run to looser tolerances while our evaluation passes, and its own seconds count', async () => {
    const { code, recordOf } = await runPeers(['honest'], { runs: { warm: 3 } });
    expect(code).toBe(0);
    const record = recordOf('honest');
    expect(record.status).toBe('target');
    expect(record.solver.packageVersion).toBe('2.0');
    expect(record.solver.details).toEqual({ blas: 'OpenBLAS 0.3' });
    // The peer stops at a quarter of what it is asked for: after k steps of 0.2 the gap is 0.64^k.
    const steps = (tolerance: number): number => {
      let k = 0;
      for (let gap = 1; gap > tolerance / 4; gap *= 0.64) k++;
      return k;
    };
    const { tolerance, iteration, count, metrics } = record.curve as NonNullable<typeof record.curve>;
    expect(tolerance?.slice(-2)).toEqual([2e-6, 1e-6]);
    expect(iteration).toEqual(iteration.map((_, i) => i));
    expect(tolerance?.[0]).toBe(Infinity);
    expect(count.slice(1)).toEqual(tolerance?.slice(1).map(steps));
    // All rungs pass but the loosest, and the loosest that passes counts.
    const passed = metrics['gap'].map((gap) => gap <= 1e-6);
    expect(passed).toEqual(passed.map((_, i) => i >= 2));
    expect(record.counts).toEqual({ gradients: count[2] });
    expect(record.samples).toHaveLength(3);
  });

  it('may report samples, each evaluated here and stopped from here', async () => {
    const { recordOf } = await runPeers([], {
      targets: [1e-3],
      solvers: [{ module: 'peer.mjs', params: { manner: ['honest'], sampling: ['callback'] } }],
    });
    const record = recordOf('honest');
    expect(record.status).toBe('target');
    // 0.64^k <= 1e-3 first at k = 16: the run ends there, although the peer itself would go on to 1e-3 / 4.
    expect(record.curve?.iteration).toEqual(Array.from({ length: 17 }, (_, k) => k));
    expect(record.counts).toEqual({ gradients: 16 });
  });

  it('that is missing, does not start, or has a reference BLAS is unsupported, with the way to install it', async () => {
    const { code, recordOf } = await runPeers(['missing', 'broken', 'reference']);
    expect(code).toBe(0);
    for (const manner of ['missing', 'broken', 'reference']) {
      expect(recordOf(manner).status).toBe('unsupported');
      expect(recordOf(manner).message).toContain('npm install the-peer');
      expect(recordOf(manner).time).toBeNull();
    }
    expect(recordOf('missing').solver.packageVersion).toBe('missing');
    expect(recordOf('broken').solver.packageVersion).toBe('missing');
    expect(recordOf('reference').message).toContain('reference 3.12');
  });

  it('that claims a solution it does not have is not believed', async () => {
    const { code, recordOf } = await runPeers(['lie']);
    expect(code).toBe(0);
    const record = recordOf('lie');
    expect([record.status, record.reached, record.final?.['gap']]).toEqual(['done', false, 1]);
    expect(record.samples).toEqual([]);
  });

  it('that crashes, breaks the protocol, or reports impossible seconds is an error; one that hangs is ended', async () => {
    const { code, recordOf } = await runPeers(['crash', 'babble', 'slow-clock', 'hang'], { timeoutSeconds: 3 });
    expect(code).toBe(1);
    expect(recordOf('crash').message).toContain('peer ended with exit code 3');
    expect(recordOf('babble').message).toContain('expected a line of JSON, got "iteration 1 done"');
    expect(recordOf('slow-clock').message).toContain('expected its own seconds within');
    expect(['crash', 'babble', 'slow-clock', 'hang'].map((manner) => recordOf(manner).status)).toEqual([
      'error',
      'error',
      'error',
      'timeout',
    ]);
  });
});

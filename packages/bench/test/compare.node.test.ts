import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { parseComparison } from '../src/comparison-schema.js';
import { readPlan } from '../src/results-folder.js';
import { selectCell } from '../src/select-cell.js';
import { lemmataBench, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

const work = {
  runs: { warm: 1 },
  solvers: [
    { module: 'work.mjs', label: 'plain', cells: [{ passes: 400 }] },
    { module: 'work.mjs', label: 'double', cells: [{ passes: 800 }] },
    { module: 'faulty.mjs', label: 'missing', cells: [{ fault: 'miss' }] },
    { module: 'peer.mjs', label: 'absent', cells: [{ manner: 'missing' }] },
  ],
};

describe('a comparison', () => {
  it('runs ABBA pairs with a control, keeps a record that is whole, and is shown in the report', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), work);
    const out = join(folder, 'out');
    const args = ['--out', out, '--solvers', 'plain,double', '--pairs', '3', '--json', suite];
    const { code, stdout, stderr } = await lemmataBench(['compare', ...args]);
    expect(code).toBe(0);
    expect(stderr).toContain('[6/6] double against plain');
    const record = parseComparison(JSON.parse(stdout), 'stdout');
    expect(record.status).toBe('measured');
    for (const times of [record.first.seconds, record.second.seconds, record.control.first, record.control.second]) {
      expect(times).toHaveLength(3);
    }
    for (const runs of [...record.first.runs, ...record.second.runs]) expect(runs).toBeGreaterThanOrEqual(6);
    expect(record.first.solution).toBe(record.second.solution);
    // Twice the work takes longer on every day; how much longer is for calm machines to say.
    expect(record.findings?.ratio.ratio).toBeGreaterThan(1);
    const file = join(out, 'comparisons', `${record.comparisonKey}.json`);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(stdout));

    const shown = await lemmataBench(['report', '--out', out]);
    expect(shown.stdout).toMatch(
      /double against plain, bowl on points.*\n {2}time ratio .*95% interval over 3 pairs of processes( on one core)?:/,
    );
    const { document } = parseHTML(await readFile(join(out, 'report/index.html'), 'utf8'));
    expect(document.querySelector('svg.plot circle')).not.toBeNull();
    expect(document.body.textContent).toContain('Compared in pairs of processes');

    await writeFile(file, (await readFile(file, 'utf8')).replace(/"load"/, '"lead"'));
    expect((await lemmataBench(['report', '--out', out])).stdout).toContain('not run');
  });

  it('that a suite asks for belongs to its run, and is not measured again', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), {
      ...work,
      solvers: work.solvers.slice(0, 1),
      pairs: [{ cell: { dataset: 'points' }, solvers: ['plain', 'plain'], runs: 2, seconds: 0 }],
    });
    const out = join(folder, 'out');
    const first = await lemmataBench(['run', '--out', out, suite]);
    expect(first.stderr).toContain('2 tasks run, 0 there already, 0 failed');
    expect(first.stdout).toContain('95% interval over 10 pairs');
    const second = await lemmataBench(['run', '--out', out, suite]);
    expect(second.stderr).toContain('0 tasks run, 2 there already, 0 failed');
  });

  it('has no finding when a contender misses the target or cannot run here', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), work);
    const out = join(folder, 'out');
    const missed = await lemmataBench(['compare', '--out', out, '--solvers', 'plain,missing', suite]);
    expect(missed.code).toBe(1);
    expect(missed.stdout).toContain('failed: missing: done');
    const absent = await lemmataBench(['compare', '--out', out, '--solvers', 'plain,absent', suite]);
    expect(absent.code).toBe(0);
    expect(absent.stdout).toContain('to install: npm install the-peer');
    expect((await readPlan(out)).comparisons).toHaveLength(2);
  });

  it('needs one suite, two solvers that it has, and a choice that fits one cell', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), { ...work, targets: [1e-2, 1e-6] });
    const wrong: [string[], string][] = [
      [['--solvers', 'plain'], 'compare: expected --solvers with two labels, got 1'],
      [
        ['--solvers', 'plain,other', '--cell', 'target=1e-6'],
        'solvers: expected two of plain, double, missing, absent',
      ],
      [['--solvers', 'plain,double'], 'cell: expected a choice that fits one cell, got repetition 0, which fits 2 of:'],
      [['--solvers', 'plain,double', '--cell', 'target=1'], 'which fits 0 of:'],
      [['--solvers', 'plain,double', '--cell', 'target'], 'cell: expected name=value, got target'],
      [['--solvers', 'plain,double', '--pairs', '0'], '--pairs: expected an integer >= 1, got 0'],
    ];
    for (const [args, message] of wrong) {
      const { code, stderr } = await lemmataBench(['compare', '--out', join(folder, 'out'), ...args, suite]);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    }
  });

  it('finds cells by names, targets and parameters', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), {
      targets: [1e-2, 1e-6],
      datasets: [{ module: 'points.mjs', params: { n: [10, 20] } }],
    });
    await lemmataBench(['plan', '--out', join(folder, 'out'), suite]);
    const { tasks } = await readPlan(join(folder, 'out'));
    const [task] = selectCell(tasks, { problem: 'bowl', dataset: 'points', n: 20, target: 1e-6 });
    expect([task.dataset.params, task.target]).toEqual([{ n: 20 }, 1e-6]);
    expect(() => selectCell(tasks, { n: 20 })).toThrow('fits 2 of:\n  problem=bowl, dataset=points, n=10, target=0.01');
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decadeAxis } from '../src/report/figure.js';
import { writeReport } from '../src/write-report.js';
import { lemmataBench, recordsOf } from './command-line.js';
import { writeSuite } from './suite-file.js';

let folder = '';
let out = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lemmata-report-'));
  out = join(folder, 'out');
  const suite = await writeSuite(join(folder, 'suite.json'), {
    title: 'Bowls & <descents>',
    targets: [1e-2, 1e-6],
    repetitions: 2,
    baseline: 'plain, "quoted"',
    solvers: [
      { module: 'descent.mjs', label: 'plain, "quoted"', cells: [{ step: 0.05 }] },
      { module: 'descent.mjs', label: 'quick', cells: [{ step: 0.4 }] },
      { module: 'faulty.mjs', label: 'short', cells: [{ fault: 'short' }] },
      { module: 'peer.mjs', label: 'absent', cells: [{ manner: 'missing' }] },
    ],
  });
  const { code } = await lemmataBench(['run', '--out', out, suite]);
  expect(code).toBe(1);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = (name: string): Promise<string> => readFile(join(out, name), 'utf8');

describe('a report', () => {
  it('has the same bytes when it is written again', async () => {
    const names = ['report/index.html', 'summary.csv', 'curves.json'];
    const before = await Promise.all(names.map(read));
    await writeReport(out);
    await writeReport(out);
    expect(await Promise.all(names.map(read))).toEqual(before);
  });

  it('names no path, no host and no variable of this machine, nor do records and manifest', async () => {
    const texts = await Promise.all(['report/index.html', 'summary.csv', 'curves.json', 'manifest.json'].map(read));
    for (const key of (await recordsOf(out)).keys()) texts.push(await read(`tasks/${key}.json`));
    for (const text of texts) {
      for (const secret of [folder, process.cwd(), process.env['PATH'] as string]) expect(text).not.toContain(secret);
      expect(text).not.toMatch(/file:\/\/|\/(root|home|Users|tmp|work)\//);
      if (hostname().length > 4 && hostname() !== 'localhost') expect(text).not.toContain(hostname());
    }
  });

  it('needs no network and no module, and escapes what it prints', async () => {
    const text = await read('report/index.html');
    expect(text).not.toMatch(/<(script|link|img|iframe)[^>]*(src|href)=/);
    expect(text).not.toMatch(/type="?module|\bimport\b.*from|https?:\/\/(?!www\.w3\.org)/);
    const { document } = parseHTML(text);
    expect(document.querySelector('h1')?.textContent).toBe('Bowls & <descents>');
    expect(document.querySelectorAll('script')).toHaveLength(1);
  });

  it('prints every cell with every solver: reached, missed with its budget as a bound, and unsupported', async () => {
    const { document } = parseHTML(await read('report/index.html'));
    const rows = [...document.querySelectorAll('table.sortable tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toHaveLength(8);
    for (const [data, target, label, status, , cold, warm, , count, ratio] of rows) {
      expect(data).toBe('points');
      expect(['0.01', '1e-6']).toContain(target);
      if (label === 'short') expect([status, warm, ratio?.[0]]).toEqual(['error', '> 20.0 s', '>']);
      else if (label === 'absent') expect([status, cold, warm, ratio]).toEqual(['unsupported', '–', '–', '–']);
      else expect([status, Number(count) > 0, ratio?.endsWith('×')]).toEqual(['target', true, true]);
    }
    const details = [...document.querySelectorAll('details')].find((one) => one.textContent?.includes('All 4 cells'));
    expect(details?.querySelectorAll('tbody tr')).toHaveLength(16);
    const sums = [...document.querySelectorAll('table:not(.sortable)')][0].textContent;
    expect(sums).toContain('plain, "quoted"');
    expect(sums).toContain('baseline');
    expect(sums).toContain('– (0 of 2 cells)');
    expect(document.body.textContent).toContain('npm install the-peer');
  });

  it('draws each figure twice, against the count and against seconds, and tells its numbers', async () => {
    const { document } = parseHTML(await read('report/index.html'));
    const figures = [...document.querySelectorAll('figure')];
    expect(figures).toHaveLength(1);
    const [figure] = figures;
    const panels = [...figure.querySelectorAll('.panels > svg')];
    expect(panels).toHaveLength(2);
    for (const panel of panels) {
      // Two solvers with two repetitions each, solid and dashed.
      const lines = [...panel.querySelectorAll('g[aria-label="line"]')];
      expect(lines.map((line) => line.getAttribute('stroke-dasharray'))).toEqual([null, null, '6 3', '6 3']);
      expect(panel.outerHTML).not.toMatch(/NaN|Infinity|undefined/);
    }
    expect(figure.querySelector('[role="img"]')?.getAttribute('aria-label')).toContain('relative gap against cost');
    expect(figure.querySelector('figcaption')?.textContent).toMatch(
      /n = 2 repetitions.*certified.*Reproduce: lemmata-bench run/s,
    );
    const records = [...(await recordsOf(out)).values()].filter(
      ({ target, curve }) => target === 1e-6 && curve !== null,
    );
    const points = records.reduce((sum, { curve }) => sum + (curve?.iteration.length ?? 0), 0);
    expect(figure.querySelectorAll('details tbody tr')).toHaveLength(points);
  });
});

describe('the table of tasks', () => {
  it('has a line a task, quoted as RFC 4180 has it, with numbers that read back exactly', async () => {
    const text = await read('summary.csv');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(17);
    expect(text).toContain('"plain, ""quoted"""');
    expect(text).toContain('"{""n"":10}"');
    const column = lines[0].split(',').indexOf('metricValue');
    // Quoted fields stand before the metric, so split outside of quotes.
    const fields = (line: string): string[] =>
      line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((field) => field.replace(/,$/, '')) ?? [];
    const values = [...(await recordsOf(out)).values()].map(({ final }) => final?.['gap']);
    for (const line of lines.slice(1)) {
      const value = fields(line)[column];
      if (value !== '') expect(values).toContain(Number(value));
    }
  });
});

describe('an axis of decades', () => {
  it.each([
    [
      [3, 70],
      [1, 100],
      [1, 10, 100],
    ],
    [
      [1, 10],
      [1, 10],
      [1, 10],
    ],
    [[5], [1, 10], [1, 10]],
    [[1e-3], [1e-3, 1e-2], [1e-3, 1e-2]],
    [
      [2e-13, 1],
      [1e-13, 1],
      [1e-13, 1e-11, 1e-9, 1e-7, 1e-5, 1e-3, 0.1],
    ],
  ])('of %j', (values, domain, ticks) => {
    expect(decadeAxis(values)).toEqual({ domain, ticks });
  });
});

import * as Plot from '@observablehq/plot';
import type { Cells, Chart } from '../../live/live-example.js';

/** Draws what an example shows; the colours are those of the page. */
export function draw(drawing: Chart | Cells, width: number): Element {
  return drawing.kind === 'cells' ? drawCells(drawing, width) : drawChart(drawing, width);
}

function drawChart({ kind, xLabel, yLabel, logY, series, rules }: Chart, width: number): Element {
  const points = series.flatMap(({ name, x, y }) =>
    x.map((value, k) => ({ name, x: value, y: y[k], r: radius(x.length) })),
  );
  const named = series.length > 1 && series.length <= 8;
  const channels = { x: 'x', y: 'y', title: (point: { name: string }) => point.name };
  const colour = named ? { fill: 'name' } : { fill: 'var(--vp-c-brand-2)' };
  const marks = {
    lines: () => [
      Plot.line(points, {
        ...channels,
        z: 'name',
        strokeWidth: 1.6,
        stroke: 'name',
      }),
    ],
    bars: () => [Plot.rectY(points, { ...channels, ...colour, interval: 1, insetLeft: 0.5, insetRight: 0.5 })],
    dots: () => [Plot.dot(points, { ...channels, ...colour, r: 'r', symbol: named ? 'name' : 'circle' })],
  }[kind]();
  return Plot.plot({
    width,
    height: Math.min(360, Math.max(240, width * 0.5)),
    marginLeft: 56,
    grid: true,
    style: { background: 'transparent', fontSize: '12px' },
    x: { label: xLabel },
    y: { label: yLabel, ...(logY ? { type: 'log' as const, tickFormat: '.0e' } : {}) },
    color: { legend: named && kind !== 'dots' },
    ...(kind === 'dots' ? { r: { type: 'identity' as const }, symbol: { legend: named } } : {}),
    marks: [...marks, ...(rules ?? []).map((at) => Plot.ruleX([at], { strokeDasharray: '4 3' })), Plot.ruleY([])],
  });
}

/** Few dots are drawn larger than many. */
function radius(count: number): number {
  return count > 40 ? 2.5 : count > 8 ? 4 : 6.5;
}

function drawCells({ tables }: Cells, width: number): Element {
  const cells = tables.flatMap(({ name, rows }) =>
    rows.flatMap((row, i) => row.map((value, j) => ({ name, i, j, value }))),
  );
  const tallest = Math.max(...tables.map(({ rows }) => rows.length));
  const widest = Math.max(...tables.map(({ rows }) => rows[0]?.length ?? 0));
  const side = width / tables.length / widest;
  return Plot.plot({
    width,
    height: Math.round(tallest * side) + 40,
    margin: 4,
    marginTop: 28,
    style: { background: 'transparent', fontSize: '12px' },
    fx: { axis: 'top', label: null, domain: tables.map(({ name }) => name), padding: 0.04 },
    x: { axis: null, type: 'band', padding: 0 },
    y: { axis: null, type: 'band', padding: 0 },
    color: { type: 'diverging', scheme: 'RdBu', unknown: 'transparent' },
    marks: [
      Plot.cell(cells, { fx: 'name', x: 'j', y: 'i', fill: 'value', inset: 0 }),
      Plot.frame({ stroke: 'currentColor', strokeOpacity: 0.3 }),
    ],
  });
}

import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Series, TraceRow } from './series.js';

/** Dash patterns, one a style: solid first. */
export const DASHES: readonly string[] = ['none', '6 3', '2 3', '8 3 2 3', '12 4', '4 2 1 2 1 2'];

/** Markers, one a style. */
const SYMBOLS: readonly Plot.SymbolType[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star'];

/** Which quantity is the cost axis of a figure. */
export type CostAxis = 'count' | 'seconds';

/** What a figure shows. */
export interface FigureSettings {
  /** The lines. */
  readonly series: readonly Series[];
  /** Cost axis. */
  readonly axis: CostAxis;
  /** Label of the cost axis. */
  readonly costLabel: string;
  /** Label of the metric. */
  readonly metricLabel: string;
  /** Targets, drawn as thin lines across. */
  readonly targets: readonly number[];
}

/** A point that has a place on two logarithmic axes. */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** The exponent of the power of ten at or below a positive number. */
function decade(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}

/**
 * The powers of ten that an axis shows.
 *
 * @param values - positive numbers
 * @returns its ends, one decade wide at least, and at most eight ticks
 */
export function decadeAxis(values: readonly number[]): { domain: [number, number]; ticks: number[] } {
  const lowest = decade(Math.min(...values));
  const top = Math.max(...values);
  const highest = Math.max(lowest + 1, Number(`1e${decade(top)}`) === top ? decade(top) : decade(top) + 1);
  const step = Math.ceil((highest - lowest) / 7);
  const ticks: number[] = [];
  for (let exponent = lowest; exponent <= highest; exponent += step) ticks.push(Number(`1e${exponent}`));
  return { domain: [Number(`1e${lowest}`), Number(`1e${highest}`)], ticks };
}

function tickLabel(value: number): string {
  const exponent = decade(value);
  if (exponent >= -2 && exponent <= 4) return String(value);
  const digits = [...String(exponent)].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]));
  return `10${digits.join('')}`;
}

function pointsOf(rows: readonly TraceRow[], axis: CostAxis): Point[] {
  const points = rows.map((row) => ({ x: row[axis], y: row.value }));
  return points.filter(({ x, y }) => x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y));
}

/**
 * Draws a convergence figure: metric against cost, both axes logarithmic, one line a solver and repetition.
 *
 * Points that have no place on such axes, as where the cost or the metric is 0, are left out.
 *
 * @param settings - lines and labels
 * @returns the SVG, the same bytes for the same settings; undefined when there is no point to draw
 */
export function convergenceFigure(settings: FigureSettings): string | undefined {
  const { series, axis, targets } = settings;
  const lines = series.flatMap(({ style, traces }) =>
    traces.map(({ rows }) => ({ style, points: pointsOf(rows, axis) })).filter(({ points }) => points.length > 0),
  );
  if (lines.length === 0) return undefined;
  const x = decadeAxis(lines.flatMap(({ points }) => points.map((point) => point.x)));
  const y = decadeAxis([...lines.flatMap(({ points }) => points.map((point) => point.y)), ...targets]);
  const marks: Plot.Markish[] = [
    Plot.gridX(x.ticks, { stroke: 'var(--grid)', strokeOpacity: 1 }),
    Plot.gridY(y.ticks, { stroke: 'var(--grid)', strokeOpacity: 1 }),
    Plot.ruleY(targets, { stroke: 'var(--quiet)', strokeDasharray: '1 3', strokeWidth: 1 }),
  ];
  for (const { style, points } of lines) {
    const stroke = `var(--series-${style})`;
    const place = { x: 'x', y: 'y', stroke };
    marks.push(Plot.line(points, { ...place, strokeWidth: 1.75, strokeDasharray: DASHES[style] }));
    marks.push(Plot.dot(points, { ...place, symbol: SYMBOLS[style], r: 2.5, fill: 'var(--page)', strokeWidth: 1.25 }));
  }
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const figure = Plot.plot({
    document: document as unknown as Document,
    width: 520,
    height: 340,
    marginLeft: 56,
    marginBottom: 40,
    marginRight: 16,
    style: { background: 'transparent', overflow: 'visible' },
    x: { type: 'log', domain: x.domain, ticks: x.ticks, tickFormat: tickLabel, label: settings.costLabel },
    y: { type: 'log', domain: y.domain, ticks: y.ticks, tickFormat: tickLabel, label: settings.metricLabel },
    marks,
  });
  return figure.outerHTML;
}

/**
 * Draws the sample of a line for a legend.
 *
 * @param style - number of colour, dashes and marker
 * @returns a small SVG
 */
export function legendSample(style: number): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const stroke = `var(--series-${style})`;
  const ends = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
  ];
  const figure = Plot.plot({
    document: document as unknown as Document,
    width: 36,
    height: 12,
    margin: 4,
    axis: null,
    style: { background: 'transparent' },
    x: { domain: [0, 1] },
    y: { domain: [-1, 1] },
    marks: [
      Plot.line(ends, { x: 'x', y: 'y', stroke, strokeWidth: 1.75, strokeDasharray: DASHES[style] }),
      Plot.dot([{ x: 0.5, y: 0 }], { x: 'x', y: 'y', stroke, symbol: SYMBOLS[style], r: 2.5, fill: 'var(--page)' }),
    ],
  });
  return figure.outerHTML;
}

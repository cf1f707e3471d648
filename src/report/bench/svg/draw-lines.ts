import { type Caption, emptyFigure, HEAD, label, line, svgDocument } from './document.ts';
import { element } from './element.ts';
import { lineStyles } from './mark-style.ts';
import { fitText, measureText } from './measure-text.ts';
import { linearScale, type Scale } from './scale.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly label: string;
  readonly style: string;
  readonly points: readonly Point[];
  /** A place on or near the curve that is marked: an operating point. */
  readonly mark?: Point;
}

export interface LineChart extends Caption {
  readonly x: string;
  readonly y: string;
  readonly curves: readonly Curve[];
  /** A line from corner to corner: chance. */
  readonly diagonal?: string;
}

const PLOT = { width: 400, height: 320 };
const LEFT = 64;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];
const LEGEND = 300;

/** Curves over the unit square, with their names beside the plot. */
export function drawLines(chart: LineChart): string {
  const curves = chart.curves.filter((curve) => curve.points.some(isFinitePoint));
  if (curves.length === 0) return emptyFigure(chart);
  const top = HEAD + 10;
  const x = linearScale([0, 1], [LEFT, LEFT + PLOT.width]);
  const y = linearScale([0, 1], [top + PLOT.height, top]);
  const styles = lineStyles(curves.map((curve) => curve.style));
  const body = [...drawUnitAxes(x, y, chart.x, chart.y)];
  if (chart.diagonal !== undefined) body.push(line(x.at(0), y.at(0), x.at(1), y.at(1), 'reference'));
  for (const [index, curve] of [...curves.entries()].toReversed()) {
    const points = curve.points.filter(isFinitePoint);
    const path = points.map((point) => `${x.at(point.x).toFixed(1)},${y.at(point.y).toFixed(1)}`).join(' ');
    body.push(element('polyline', { points: path, class: styles[index] }));
    if (curve.mark && isFinitePoint(curve.mark))
      body.push(
        element('circle', {
          cx: x.at(curve.mark.x),
          cy: y.at(curve.mark.y),
          r: 5.5,
          class: curve.style,
          stroke: 'var(--bg)',
        }),
      );
  }
  const keys = curves.map((curve, index) => ({ text: curve.label, style: styles[index] ?? 'line' }));
  if (chart.diagonal !== undefined) keys.push({ text: chart.diagonal, style: 'reference' });
  const legendAt = LEFT + PLOT.width + 24;
  for (const [index, key] of keys.entries()) {
    const at = top + 8 + index * 19;
    body.push(line(legendAt, at, legendAt + 22, at, key.style));
    body.push(label(legendAt + 30, at + 4, fitText(key.text, LEGEND - 30, 12), { whole: key.text }));
  }
  const legend = Math.min(LEGEND, 30 + Math.max(...keys.map((key) => measureText(key.text, 12))));
  const width = Math.max(legendAt + legend + 16, 32 + measureText(chart.title, 15.5));
  return svgDocument(chart, width, Math.max(top + PLOT.height + 48, top + keys.length * 19 + 16), body);
}

/** Grid, ticks and names of two axes that both run from 0 to 1. */
export function drawUnitAxes(x: Scale, y: Scale, xName: string, yName: string, ticks = TICKS): string[] {
  const [left, right, bottom, top] = [x.at(0), x.at(1), y.at(0), y.at(1)];
  const parts: string[] = [];
  for (const tick of ticks) {
    parts.push(
      line(x.at(tick), top, x.at(tick), bottom, 'grid'),
      line(left, y.at(tick), right, y.at(tick), 'grid'),
    );
    parts.push(label(x.at(tick), bottom + 15, String(tick), { class: 'tick', anchor: 'middle' }));
    parts.push(label(left - 7, y.at(tick) + 4, String(tick), { class: 'tick', anchor: 'end' }));
  }
  parts.push(line(left, bottom, right, bottom, 'axis'), line(left, top, left, bottom, 'axis'));
  parts.push(label((left + right) / 2, bottom + 33, xName, { anchor: 'middle' }));
  const middle = (top + bottom) / 2;
  parts.push(
    element(
      'g',
      { transform: `rotate(-90 ${left - 38} ${middle})` },
      label(left - 38, middle, yName, { anchor: 'middle' }),
    ),
  );
  return parts;
}

export function isFinitePoint(point: Point): boolean {
  return Number.isFinite(point.x) && Number.isFinite(point.y);
}

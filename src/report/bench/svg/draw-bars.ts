import { type Caption, emptyFigure, HEAD, label, line, svgDocument } from './document.ts';
import { element } from './element.ts';
import { fitText, measureText } from './measure-text.ts';
import { linearScale, type Scale } from './scale.ts';

/** A value with its interval; a value that is missing or no number is drawn as a dash. */
export interface Estimate {
  readonly value?: number | undefined;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

export interface BarRow {
  readonly label: string;
  /** Class of the bars: see `markStyles`. */
  readonly style: string;
  /** Heads the rows from here on. */
  readonly heading?: string;
  /** One per panel. */
  readonly values: readonly (Estimate | undefined)[];
}

export interface BarChart extends Caption {
  /** Bars are drawn over `domain`; 0 to 1 for shares. */
  readonly panels: readonly { readonly title: string; readonly domain?: readonly [number, number] }[];
  readonly rows: readonly BarRow[];
  /** Decimals of the printed values. */
  readonly decimals?: number;
}

const ROW = 20;
const HEADING = 22;
const LABEL = { least: 80, most: 230 };
const PLOT = 116;
const NUMBER = 44;
const GAP = 18;
const EDGE = 16;
const SIZE = 12;

/** Bars with whiskers: a row for each system or group, a panel for each figure. */
export function drawBars(chart: BarChart): string {
  const { panels, rows } = chart;
  if (rows.length === 0 || panels.length === 0) return emptyFigure(chart);
  const widest = Math.max(...rows.map((row) => measureText(row.label, SIZE)));
  const labels = Math.min(LABEL.most, Math.max(LABEL.least, Math.ceil(widest)));
  const left = EDGE + labels + 10;
  const width = Math.max(
    left + panels.length * (PLOT + NUMBER + GAP) + EDGE - GAP,
    32 + measureText(chart.title, 15.5),
  );
  const top = HEAD + 28;
  const tops: number[] = [];
  let y = top;
  for (const row of rows) {
    if (row.heading !== undefined) y += HEADING;
    tops.push(y);
    y += ROW;
  }
  const bottom = y;
  const body: string[] = [];
  for (const [index, panel] of panels.entries()) {
    const x = left + index * (PLOT + NUMBER + GAP);
    const domain = panel.domain ?? [0, 1];
    const scale = linearScale(domain, [x, x + PLOT]);
    body.push(
      label(x, HEAD + 14, fitText(panel.title, PLOT + NUMBER, SIZE), { class: 'strong', whole: panel.title }),
    );
    for (const tick of [domain[0], (domain[0] + domain[1]) / 2, domain[1]]) {
      body.push(line(scale.at(tick), top - 4, scale.at(tick), bottom + 2, 'grid'));
      body.push(label(scale.at(tick), bottom + 15, trimNumber(tick), { class: 'tick', anchor: 'middle' }));
    }
    for (const [at, row] of rows.entries()) {
      body.push(...drawBar(row.values[index], scale, tops[at] ?? top, row.style, chart.decimals ?? 3));
    }
  }
  for (const [at, row] of rows.entries()) {
    const rowTop = tops[at] ?? top;
    if (row.heading !== undefined)
      body.push(
        label(EDGE, rowTop - 6, fitText(row.heading, width - 2 * EDGE, SIZE), {
          class: 'strong',
          whole: row.heading,
        }),
      );
    body.push(
      label(EDGE + labels, rowTop + 14, fitText(row.label, labels, SIZE), {
        anchor: 'end',
        whole: row.label,
      }),
    );
  }
  return svgDocument(chart, width, bottom + 26, body);
}

function drawBar(
  estimate: Estimate | undefined,
  scale: Scale,
  top: number,
  style: string,
  decimals: number,
): string[] {
  const value = estimate?.value;
  const zero = scale.at(0);
  const end = scale.at(scale.domain[1]) + NUMBER;
  if (value === undefined || !Number.isFinite(value)) {
    return [label(end, top + 14, '–', { class: 'note', anchor: 'end' })];
  }
  const x = scale.at(value);
  const parts = [
    element('rect', {
      x: Math.min(zero, x),
      y: top + 4,
      width: Math.max(1, Math.abs(x - zero)),
      height: ROW - 8,
      class: style,
      opacity: 0.85,
    }),
  ];
  const { low, high } = estimate ?? {};
  if (low !== undefined && high !== undefined && Number.isFinite(low) && Number.isFinite(high)) {
    const middle = top + ROW / 2;
    parts.push(line(scale.at(low), middle, scale.at(high), middle, 'whisker'));
    for (const bound of [low, high])
      parts.push(line(scale.at(bound), middle - 3, scale.at(bound), middle + 3, 'whisker'));
  }
  parts.push(label(end, top + 14, value.toFixed(decimals), { anchor: 'end' }));
  return parts;
}

function trimNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

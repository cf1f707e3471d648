import { type Caption, emptyFigure, HEAD, label, line, svgDocument } from './document.ts';
import type { Estimate } from './draw-bars.ts';
import { element } from './element.ts';
import { fitText, measureText } from './measure-text.ts';
import { linearScale, roundDomain, ticksOf } from './scale.ts';

export interface ForestRow extends Estimate {
  readonly label: string;
  /** Heads the rows from here on. */
  readonly heading?: string;
  /** Drawn smaller than zero means better: such differences are named in the label, not turned round. */
  readonly lowerIsBetter?: boolean;
}

export interface ForestChart extends Caption {
  /** What stands left and right of zero. */
  readonly left: string;
  readonly right: string;
  readonly rows: readonly ForestRow[];
}

const ROW = 21;
const HEADING = 24;
const PLOT = 330;
const EDGE = 16;
const NUMBERS = 168;

/** Differences with their intervals around zero; filled where the interval leaves zero out. */
export function drawForest(chart: ForestChart): string {
  const { rows } = chart;
  if (!rows.some((row) => row.value !== undefined && Number.isFinite(row.value))) return emptyFigure(chart);
  const names = rows.map((row) =>
    row.lowerIsBetter === true ? `${row.label} (lower is better)` : row.label,
  );
  const labels = Math.min(260, Math.max(90, ...names.map((name) => Math.ceil(measureText(name, 12)))));
  const left = EDGE + labels + 12;
  const reach = rows
    .flatMap((row) => [row.value, row.low, row.high])
    .filter((value) => value !== undefined)
    .map(Math.abs)
    .filter(Number.isFinite)
    .reduce((most, value) => Math.max(most, value), 0.05);
  // Zero stands in the middle, so that neither side looks larger than it is.
  const domain = roundDomain([-reach, reach]);
  const x = linearScale(domain, [left, left + PLOT]);
  const top = HEAD + 30;
  let y = top;
  const body: string[] = [];
  const height = rows.reduce((sum, row) => sum + ROW + (row.heading === undefined ? 0 : HEADING), 0);
  for (const tick of ticksOf(domain, 6)) {
    body.push(line(x.at(tick), top - 6, x.at(tick), top + height, tick === 0 ? 'axis' : 'grid'));
    body.push(label(x.at(tick), top + height + 15, signed(tick, 2), { class: 'tick', anchor: 'middle' }));
  }
  body.push(
    label(x.at(0) - 8, HEAD + 14, fitText(`← ${chart.left}`, PLOT / 2 + labels, 11), {
      class: 'note',
      anchor: 'end',
    }),
  );
  body.push(
    label(x.at(0) + 8, HEAD + 14, fitText(`${chart.right} →`, PLOT / 2 + NUMBERS, 11), { class: 'note' }),
  );
  for (const [index, row] of rows.entries()) {
    if (row.heading !== undefined) {
      y += HEADING;
      body.push(
        label(EDGE, y - 7, fitText(row.heading, left + PLOT, 12), { class: 'strong', whole: row.heading }),
      );
    }
    const name = names[index] ?? row.label;
    body.push(label(EDGE + labels, y + 15, fitText(name, labels, 12), { anchor: 'end', whole: name }));
    body.push(...drawDifference(row, x.at, y + ROW / 2, left + PLOT + NUMBERS));
    y += ROW;
  }
  const width = Math.max(left + PLOT + NUMBERS + EDGE, 32 + measureText(chart.title, 15.5));
  return svgDocument(chart, width, top + height + 28, body);
}

function drawDifference(
  row: ForestRow,
  at: (value: number) => number,
  middle: number,
  end: number,
): string[] {
  const { value, low, high } = row;
  if (value === undefined || !Number.isFinite(value))
    return [label(end, middle + 4, '–', { class: 'note', anchor: 'end' })];
  const hasInterval =
    low !== undefined && high !== undefined && Number.isFinite(low) && Number.isFinite(high);
  const clear = hasInterval && (low > 0 || high < 0);
  const better = row.lowerIsBetter === true ? value < 0 : value > 0;
  const style = clear ? (better ? 's0' : 'bad') : 'rule';
  const parts: string[] = [];
  if (hasInterval) {
    parts.push(line(at(low), middle, at(high), middle, 'whisker'));
    for (const bound of [low, high])
      parts.push(line(at(bound), middle - 3, at(bound), middle + 3, 'whisker'));
  }
  parts.push(element('rect', { x: at(value) - 4.5, y: middle - 4.5, width: 9, height: 9, class: style }));
  const interval = hasInterval ? ` [${signed(low, 3)}, ${signed(high, 3)}]` : '';
  parts.push(label(end, middle + 4, `${signed(value, 3)}${interval}`, { anchor: 'end' }));
  return parts;
}

function signed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return value > 0 ? `+${text}` : `−${text}`;
}

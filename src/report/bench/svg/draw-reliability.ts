import { type Caption, emptyFigure, HEAD, label, line, svgDocument } from './document.ts';
import { drawUnitAxes } from './draw-lines.ts';
import { element } from './element.ts';
import { fitText, measureText } from './measure-text.ts';
import { linearScale } from './scale.ts';

export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** Mean belief of the bin's cases. */
  readonly belief?: number | undefined;
  /** Share of them that failed. */
  readonly failed?: number | undefined;
}

export interface ReliabilityChart extends Caption {
  readonly panels: readonly {
    readonly name: string;
    readonly style: string;
    readonly bins: readonly ReliabilityBin[];
  }[];
}

const PLOT = 200;
const COUNTS = 44;
const CELL = PLOT + 84;
const PER_ROW = 3;

/** For each system a square with the observed share over the belief, dots by number of cases, and how many there are below. */
export function drawReliability(chart: ReliabilityChart): string {
  const panels = chart.panels.filter((panel) => panel.bins.some((bin) => bin.n > 0));
  if (panels.length === 0) return emptyFigure(chart);
  const cellHeight = 24 + PLOT + 44 + COUNTS + 30;
  const body: string[] = [];
  for (const [index, panel] of panels.entries()) {
    const left = 60 + (index % PER_ROW) * CELL;
    const top = HEAD + 26 + Math.floor(index / PER_ROW) * cellHeight;
    const x = linearScale([0, 1], [left, left + PLOT]);
    const y = linearScale([0, 1], [top + PLOT, top]);
    body.push(
      label(left, top - 8, fitText(panel.name, PLOT + 20, 12), { class: 'strong', whole: panel.name }),
    );
    body.push(...drawUnitAxes(x, y, 'belief in a failure', 'share that failed', [0, 0.25, 0.5, 0.75, 1]));
    body.push(line(x.at(0), y.at(0), x.at(1), y.at(1), 'reference'));
    const most = Math.max(...panel.bins.map((bin) => bin.n));
    const base = top + PLOT + 44 + COUNTS + 8;
    for (const bin of panel.bins) {
      if (bin.n === 0) continue;
      const height = Math.max(1, (bin.n / most) * COUNTS);
      const barWidth = Math.max(2, x.at(bin.high) - x.at(bin.low) - 2);
      body.push(
        element('rect', {
          x: x.at(bin.low) + 1,
          y: base - height,
          width: barWidth,
          height,
          class: panel.style,
          opacity: 0.55,
        }),
      );
      body.push(
        label((x.at(bin.low) + x.at(bin.high)) / 2, base + 12, String(bin.n), {
          class: 'tick',
          anchor: 'middle',
        }),
      );
      if (bin.belief === undefined || bin.failed === undefined) continue;
      const r = 3 + 5 * Math.sqrt(bin.n / most);
      body.push(
        element('circle', {
          cx: x.at(bin.belief),
          cy: y.at(bin.failed),
          r,
          class: panel.style,
          opacity: 0.9,
        }),
      );
    }
    body.push(label(left - 7, base, 'cases', { class: 'tick', anchor: 'end' }));
  }
  const columns = Math.min(PER_ROW, panels.length);
  const rows = Math.ceil(panels.length / PER_ROW);
  const width = Math.max(60 + columns * CELL - 40, 32 + measureText(chart.title, 15.5));
  return svgDocument(chart, width, HEAD + 26 + rows * cellHeight, body);
}

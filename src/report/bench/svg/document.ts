import { coordinate, element, xmlText } from './element.ts';
import { CHART_STYLE } from './theme.ts';

/** What a figure says of itself: shown as its heading, and read aloud by screen readers. */
export interface Caption {
  readonly title: string;
  /** In a sentence or two: what is drawn, and the main values for whoever can't see it. */
  readonly description: string;
}

/** Height that the heading takes. */
export const HEAD = 34;

/** A whole SVG file. Nothing in it refers to anything outside. */
export function svgDocument(
  caption: Caption,
  width: number,
  height: number,
  body: readonly string[],
): string {
  const size = `width="${coordinate(width)}" height="${coordinate(height)}" viewBox="0 0 ${coordinate(width)} ${coordinate(height)}"`;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-labelledby="title desc">`,
    `<title id="title">${xmlText(caption.title)}</title>`,
    `<desc id="desc">${xmlText(caption.description)}</desc>`,
    `<style>${CHART_STYLE}</style>`,
    element('rect', { class: 'bg', width, height }),
    label(16, 22, caption.title, { class: 'head' }),
    ...body,
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

interface LabelOptions {
  readonly class?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** The whole text, where the shown one was shortened. */
  readonly whole?: string;
}

export function label(x: number, y: number, text: string, options: LabelOptions = {}): string {
  const hint =
    options.whole === undefined || options.whole === text
      ? []
      : [element('title', {}, xmlText(options.whole))];
  return element(
    'text',
    { x, y, class: options.class, 'text-anchor': options.anchor },
    ...hint,
    xmlText(text),
  );
}

export function line(x1: number, y1: number, x2: number, y2: number, style: string): string {
  return element('line', { x1, y1, x2, y2, class: style });
}

/** A figure for a table without rows: said, not left out. */
export function emptyFigure(caption: Caption): string {
  return svgDocument(caption, 560, 110, [
    label(16, 68, 'No case has labels for this figure.', { class: 'note' }),
  ]);
}

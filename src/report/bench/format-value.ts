import type { FigureValue, Interval } from '../../bench/score-report.ts';

/** A missing value, or one that is no number. */
export const NONE = '–';

export function formatNumber(value: number | undefined, decimals = 3): string {
  return value === undefined || !Number.isFinite(value) ? NONE : value.toFixed(decimals);
}

export function formatInterval(interval: Interval | undefined, decimals = 3): string {
  if (!interval || !Number.isFinite(interval.low) || !Number.isFinite(interval.high)) return '';
  return ` [${interval.low.toFixed(decimals)}, ${interval.high.toFixed(decimals)}]`;
}

/** `0.324 [0.241, 0.407]`, with `n` where the column does not say it for all. */
export function formatFigure(figure: FigureValue | undefined, withN: boolean): string {
  if (!figure) return NONE;
  const value = `${formatNumber(figure.value)}${figure.value === undefined ? '' : formatInterval(figure.interval)}`;
  return withN ? `${value} (n = ${figure.n})` : value;
}

export function formatSigned(value: number | undefined, decimals = 3): string {
  if (value === undefined || !Number.isFinite(value)) return NONE;
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return value > 0 ? `+${text}` : `-${text}`;
}

/** A p-value; very small ones as a bound, for resampling and normal tails say no more. */
export function formatP(p: number | undefined): string {
  if (p === undefined || !Number.isFinite(p)) return NONE;
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** Large and small amounts alike with three digits that count. */
export function formatAmount(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return NONE;
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

import type { SystemKind } from '../../../bench/system.ts';
import { SERIES_COLOURS } from './theme.ts';

/** What a row or a curve stands for: constant rules step back, what is measured stands out, ceilings are neither. */
export type MarkKind = SystemKind | 'chance';

/** Style classes by name: measured systems get colours in order, rules share a grey. */
export function markStyles(
  marks: readonly { readonly name: string; readonly kind: MarkKind }[],
): Map<string, string> {
  const styles = new Map<string, string>();
  let next = 0;
  for (const { name, kind } of marks) {
    if (styles.has(name)) continue;
    if (kind === 'rule' || kind === 'chance') styles.set(name, 'rule');
    else if (kind === 'ceiling') styles.set(name, 'limit');
    else styles.set(name, `s${Math.min(next++, SERIES_COLOURS - 1)}`);
  }
  return styles;
}

/** The class of a line in the colour of a mark's style. */
export function lineStyle(style: string): string {
  return style === 'limit' ? 'line rule-line' : `line ${style}-line`;
}

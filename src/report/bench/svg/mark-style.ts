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

/** Rules share a colour; on lines their dashes tell them apart. */
const DASHES = 4;

/** Classes of lines in the colours of marks, in order. */
export function lineStyles(styles: readonly string[]): string[] {
  let rules = 0;
  return styles.map((style) =>
    style === 'rule' ? `line rule-line dash${rules++ % DASHES}` : `line ${style}-line`,
  );
}

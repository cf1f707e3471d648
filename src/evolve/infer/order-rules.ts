import type { SpecRule } from '../spec/spec.ts';

const RANK = { message: 0, thought: 1, call: 2, result: 3, ignore: 4 } as const;

/**
 * The order in which rules look at one record: what is said before what is done, and that before its result. Rules for
 * items of the same array stay together, so that items are read in the order in which they stand.
 */
export function orderRules(rules: readonly SpecRule[]): SpecRule[] {
  const rankOfScope = new Map<string, number>();
  for (const rule of rules) {
    const scope = scopeOf(rule);
    const rank = RANK[rule.role];
    const known = rankOfScope.get(scope);
    // A scope that holds calls is read when calls are read.
    if (known === undefined || rank === RANK.call || (known !== RANK.call && rank > known))
      rankOfScope.set(scope, rank);
  }
  const place = (rule: SpecRule): number => {
    const scope = scopeOf(rule);
    return scope === '' ? RANK[rule.role] : (rankOfScope.get(scope) ?? 0) + 0.5;
  };
  return rules
    .map((rule) => ({ rule, place: place(rule), scope: scopeOf(rule) }))
    .toSorted(
      (a, b) =>
        a.place - b.place ||
        (a.scope < b.scope ? -1 : a.scope > b.scope ? 1 : 0) ||
        RANK[a.rule.role] - RANK[b.rule.role],
    )
    .map(({ rule }) => rule);
}

function scopeOf(rule: SpecRule): string {
  return rule.role === 'ignore' ? '' : (rule.each ?? '');
}

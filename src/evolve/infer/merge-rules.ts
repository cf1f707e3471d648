import type { SpecCondition, SpecRule } from '../spec/spec.ts';
import { SPEC_LIMITS } from '../spec/spec.ts';

/**
 * Makes one rule of rules that differ in the values of one condition only, until none are left: what was found kind by
 * kind is said once.
 */
export function mergeRules(rules: readonly SpecRule[]): SpecRule[] {
  let merged = [...rules];
  const paths = new Set(rules.flatMap((rule) => conditionsOf(rule).map(({ path }) => path)));
  // Last field first: it is the finest.
  for (const path of [...paths].toReversed()) merged = mergeOver(merged, path);
  return merged;
}

function conditionsOf(rule: SpecRule): SpecCondition[] {
  return [...(rule.when ?? []), ...(rule.role === 'ignore' ? [] : (rule.where ?? []))];
}

function mergeOver(rules: readonly SpecRule[], path: string): SpecRule[] {
  const byRest = new Map<string, SpecRule>();
  for (const rule of rules) {
    const values = valuesOf(rule, path);
    const key = JSON.stringify(withValues(rule, path, values === undefined ? undefined : []));
    const known = byRest.get(key);
    const all = known && values ? [...new Set([...(valuesOf(known, path) ?? []), ...values])] : undefined;
    if (known && all && all.length <= SPEC_LIMITS.values) byRest.set(key, withValues(known, path, all));
    else if (!known) byRest.set(key, rule);
    else if (!values) continue;
    else byRest.set(`${key} ${byRest.size}`, rule);
  }
  return [...byRest.values()];
}

function valuesOf(rule: SpecRule, path: string): SpecCondition['in'] {
  return conditionsOf(rule).find((condition) => condition.path === path && condition.in)?.in;
}

function withValues(rule: SpecRule, path: string, values: SpecCondition['in']): SpecRule {
  if (!values) return rule;
  const change = (conditions: readonly SpecCondition[] | undefined): SpecCondition[] | undefined =>
    conditions?.map((condition) =>
      condition.path === path && condition.in ? { ...condition, in: values } : condition,
    );
  const when = change(rule.when);
  if (rule.role === 'ignore') return { ...rule, when: when ?? [] };
  const where = change(rule.where);
  return { ...rule, ...(when && { when }), ...(where && { where }) };
}

/**
 * Rules that pair by id and hold for several values of a kind hold for new values too: then the condition names the other
 * values, not its own. Records of a new kind without name, arguments or id still give nothing.
 */
export function generalizeRules(
  rules: readonly SpecRule[],
  seen: ReadonlyMap<string, ReadonlySet<string>>,
): SpecRule[] {
  return rules.map((rule) => {
    if ((rule.role !== 'call' && rule.role !== 'result') || rule.id === undefined || !rule.when) return rule;
    const when = rule.when.map((condition): SpecCondition => {
      const mine = new Set<unknown>(condition.in);
      const others = [...(seen.get(condition.path) ?? [])].filter((value) => !mine.has(value));
      if (mine.size < 2 || others.length === 0 || others.length > SPEC_LIMITS.values) return condition;
      return { path: condition.path, notIn: others };
    });
    return { ...rule, when };
  });
}

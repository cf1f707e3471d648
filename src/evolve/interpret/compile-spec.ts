import { expectPresent } from '../../base/assert.ts';
import { type Path, parsePath, reach, reachFirst } from '../spec/path.ts';
import type { ExtractorSpec, SpecCondition, SpecFact, SpecRule, SpecTexts } from '../spec/spec.ts';

/** A condition ready to be asked of a value. */
export type Test = (value: unknown) => boolean;

export interface CompiledRule<Rule extends SpecRule = SpecRule> {
  readonly rule: Rule;
  readonly when: Test;
  readonly where: Test;
}

/** Rules in a row that look at the same items: each item is shown to all of them before the next item. */
export interface RuleGroup {
  readonly each?: Path;
  readonly rules: readonly CompiledRule[];
}

const paths = new Map<string, Path>();
const MAX_CACHED = 5000;

/** A path of a spec that the schema has accepted. Parsed once. */
export function pathOf(text: string): Path {
  const known = paths.get(text);
  if (known) return known;
  const path = expectPresent(parsePath(text), `path of an accepted spec: ${text}`);
  if (paths.size < MAX_CACHED) paths.set(text, path);
  return path;
}

export function valueAt(value: unknown, path: string | undefined): unknown {
  return path === undefined ? undefined : reachFirst(value, pathOf(path));
}

export function compileConditions(conditions: readonly SpecCondition[] | undefined): Test {
  if (!conditions || conditions.length === 0) return () => true;
  const tests = conditions.map(compileCondition);
  return (value) => tests.every((test) => test(value));
}

function compileCondition(condition: SpecCondition): Test {
  const path = pathOf(condition.path);
  const { exists, startsWith } = condition;
  const wanted = condition.in && new Set<unknown>(condition.in);
  const unwanted = condition.notIn && new Set<unknown>(condition.notIn);
  return (value) => {
    const found = reach(value, path);
    const first = found[0]?.value;
    const there = found.length > 0 && first !== null;
    if (exists !== undefined && exists !== there) return false;
    if (wanted && !wanted.has(first)) return false;
    if (unwanted && (!there || unwanted.has(first))) return false;
    return startsWith === undefined || (typeof first === 'string' && first.startsWith(startsWith));
  };
}

export function compileRules(spec: ExtractorSpec): RuleGroup[] {
  const groups: { each: string | undefined; rules: CompiledRule[] }[] = [];
  for (const rule of spec.rules) {
    const each = rule.role === 'ignore' ? undefined : rule.each;
    const where = compileConditions(rule.role === 'ignore' ? undefined : rule.where);
    const compiled = { rule, when: compileConditions(rule.when), where };
    const last = groups.at(-1);
    if (last && last.each === each) last.rules.push(compiled);
    else groups.push({ each, rules: [compiled] });
  }
  return groups.map(({ each, rules }) => (each === undefined ? { rules } : { each: pathOf(each), rules }));
}

/** A text that a rule found, with the pointer of its first part. */
export interface FoundText {
  readonly text: string;
  readonly pointer: string;
}

/** The first alternative that reaches any text; its parts joined by line feeds, a part that repeats another kept once. */
export function findText(value: unknown, texts: SpecTexts): FoundText | undefined {
  for (const alternative of texts) {
    const parts = new Set<string>();
    let pointer: string | undefined;
    for (const path of typeof alternative === 'string' ? [alternative] : alternative) {
      for (const reached of reach(value, pathOf(path))) {
        const text = textOf(reached.value);
        if (text === undefined || text === '') continue;
        parts.add(text);
        pointer ??= reached.pointer;
      }
    }
    if (pointer !== undefined) return { text: [...parts].join('\n'), pointer };
  }
  return undefined;
}

/** Whether any alternative reaches a value at all, an empty text included. */
export function reachesText(value: unknown, texts: SpecTexts): boolean {
  return texts
    .flat()
    .some((path) =>
      reach(value, pathOf(path)).some((found) => found.value !== null && found.value !== undefined),
    );
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

export function readFact(fact: SpecFact | undefined, where: SpecFact['in'], value: unknown): unknown {
  if (fact === undefined || fact.in !== where || !compileConditions(fact.when)(value)) return undefined;
  return valueAt(value, fact.path) ?? undefined;
}

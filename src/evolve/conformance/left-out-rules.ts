import { isObject } from '../../base/json.ts';
import type { LeftOut } from '../../formats/format.ts';

interface Rule {
  readonly parts: readonly string[];
  /** Everything below, too. */
  readonly open: boolean;
  /** Index of the condition on the record; undefined for none. */
  readonly condition: number | undefined;
}

interface Condition {
  readonly field: readonly string[];
  readonly value: string;
}

/**
 * What a format declares to leave out, ready to be asked for any field of any record. Paths count from the record, or from the
 * top of the document that the record stands in.
 */
export class LeftOutRules {
  private readonly rules: Rule[] = [];
  private readonly conditions: Condition[] = [];

  constructor(declared: readonly LeftOut[]) {
    const known = new Map<string, number>();
    for (const { path } of declared) {
      const colon = path.indexOf(':');
      const equals = path.indexOf('=');
      const isConditional = equals > 0 && colon > equals;
      let condition: number | undefined;
      if (isConditional) {
        const text = path.slice(0, colon);
        condition = known.get(text);
        if (condition === undefined) {
          condition = this.conditions.length;
          known.set(text, condition);
          this.conditions.push({
            field: path.slice(0, equals).split('.'),
            value: path.slice(equals + 1, colon),
          });
        }
      }
      const parts = (isConditional ? path.slice(colon + 1) : path).split('.');
      const open = parts.at(-1) === '**';
      if (open) parts.pop();
      this.rules.push({ parts, open, condition });
    }
  }

  /** Which conditions hold for a record: equal answers share their decisions. */
  conditionsOf(record: unknown): string {
    let held = '';
    for (const [index, { field, value }] of this.conditions.entries()) {
      if (fieldOf(record, field) === value) held += `${index},`;
    }
    return held;
  }

  /** Whether a field at `path` of a record with these conditions is left out; `above` leads to the record. */
  isLeftOut(path: readonly string[], above: readonly string[], conditions: string): boolean {
    const held = new Set(conditions.split(',').filter(Boolean).map(Number));
    const whole = [...above, ...path];
    return this.rules.some(
      (rule) =>
        (rule.condition === undefined || held.has(rule.condition)) &&
        (matches(rule, path) || (above.length > 0 && matches(rule, whole))),
    );
  }
}

function fieldOf(record: unknown, field: readonly string[]): string | undefined {
  let here = record;
  for (const key of field) here = isObject(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return typeof here === 'string' || typeof here === 'number' || typeof here === 'boolean'
    ? String(here)
    : undefined;
}

function matches({ parts, open }: Rule, path: readonly string[]): boolean {
  if (open ? path.length < parts.length : path.length !== parts.length) return false;
  return parts.every((part, index) => part === '*' || part === path[index]);
}

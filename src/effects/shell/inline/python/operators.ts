import { exhaustive } from '../../../../base/assert.ts';
import { joinPath } from '../../../../base/path.ts';
import type { ContentChange } from '../../../../model/effect.ts';
import {
  type Edits,
  listOf,
  numberOf,
  pathOf,
  pathText,
  type Sources,
  sourcesOf,
  type TextValue,
  textOf,
  truthOf,
  UNKNOWN,
  unite,
  type Value,
} from '../program/values.ts';
import { pythonFloat } from './json-text.ts';

const REPEAT_LIMIT = 1_000_000;

export function binary(operator: string, left: Value, right: Value): Value {
  const from = unite(sourcesOf(left), sourcesOf(right));
  if (left.kind === 'text' || right.kind === 'text') return textBinary(operator, left, right, from);
  if (left.kind === 'number' && right.kind === 'number') return numberBinary(operator, left, right, from);
  if (left.kind === 'path' && operator === '/') return joinPaths(left, right);
  if (operator === '+' && left.kind === 'list' && right.kind === 'list')
    return listOf(left.items && right.items ? [...left.items, ...right.items] : undefined, left.isTuple);
  if (operator === '*' && left.kind === 'list' && right.kind === 'number') {
    const { items } = left;
    const size = (items?.length ?? 0) * right.value;
    return listOf(
      items && size <= 10_000
        ? Array.from({ length: Math.max(0, right.value) }, () => items).flat()
        : undefined,
      left.isTuple,
    );
  }
  if (operator === 'in' || operator === 'not in') return contains(left, right, from, operator === 'not in');
  if (left.kind === 'constant' && right.kind === 'constant') {
    if (operator === '==' || operator === 'is') return truthOf(left.value === right.value, from);
    if (operator === '!=' || operator === 'is not') return truthOf(left.value !== right.value, from);
  }
  // Nothing that we hold of these kinds is None.
  const none = [left, right].some((value) => value.kind === 'constant' && value.value === null);
  const known = [left, right].every((value) => value.kind !== 'unknown' && value.kind !== 'symbol');
  if (none && known && left.kind !== right.kind) {
    if (operator === '==' || operator === 'is') return truthOf(false, from);
    if (operator === '!=' || operator === 'is not') return truthOf(true, from);
  }
  return UNKNOWN;
}

function textBinary(operator: string, left: Value, right: Value, from: Sources): Value {
  switch (operator) {
    case '+':
      if (left.kind === 'text' && right.kind === 'text') return concatenate(left, right);
      return textOf(undefined, from);
    case '*': {
      const [text, times] = left.kind === 'text' ? [left, right] : [right, left];
      if (text.kind !== 'text' || times.kind !== 'number') return textOf(undefined, from);
      const size = (text.text?.length ?? 0) * times.value;
      const fits = size >= 0 && size <= REPEAT_LIMIT;
      return textOf(fits ? text.text?.repeat(Math.max(0, times.value)) : undefined, from);
    }
    case '%':
      return left.kind === 'text' ? formatPercent(left, right, from) : UNKNOWN;
    case '/':
      return left.kind === 'path' ? joinPaths(left, right) : UNKNOWN;
    case 'in':
    case 'not in':
      return contains(left, right, from, operator === 'not in');
    case '==':
    case '!=':
      if (
        left.kind === 'text' &&
        right.kind === 'text' &&
        left.text !== undefined &&
        right.text !== undefined
      )
        return truthOf((left.text === right.text) === (operator === '=='), from);
      return UNKNOWN;
    case 'is':
    case 'is not':
      return left.kind === 'constant' || right.kind === 'constant'
        ? truthOf(operator === 'is not', from)
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** Text before and behind the text of a file is a change of it. */
function concatenate(left: TextValue, right: TextValue): TextValue {
  const from = unite(left.from, right.from);
  if (left.text === '' && left.from.length === 0) return right;
  const text = left.text !== undefined && right.text !== undefined ? left.text + right.text : undefined;
  let edits: Edits | undefined;
  if (left.edits && right.from.length === 0 && right.text !== undefined)
    edits = addChange(left.edits, { kind: 'append', content: right.text });
  else if (right.edits && left.from.length === 0 && left.text?.endsWith('\n'))
    edits = addChange(right.edits, { kind: 'splice', from: 1, to: 0, content: left.text });
  return textOf(text, from, edits);
}

export function addChange(edits: Edits, change: ContentChange): Edits | undefined {
  return edits.changes.length < 500 ? { ...edits, changes: [...edits.changes, change] } : undefined;
}

function numberBinary(
  operator: string,
  left: Extract<Value, { kind: 'number' }>,
  right: Extract<Value, { kind: 'number' }>,
  from: Sources,
): Value {
  const isFloat = left.isFloat || right.isFloat;
  const [a, b] = [left.value, right.value];
  switch (operator) {
    case '+':
      return exact(a + b, from, isFloat);
    case '-':
      return exact(a - b, from, isFloat);
    case '*':
      return exact(a * b, from, isFloat);
    case '/':
      return b === 0 ? UNKNOWN : numberOf(a / b, from, true);
    case '//':
      return b === 0 ? UNKNOWN : exact(Math.floor(a / b), from, isFloat);
    case '%':
      return b === 0 ? UNKNOWN : exact(((a % b) + b) % b, from, isFloat);
    case '<':
      return truthOf(a < b, from);
    case '>':
      return truthOf(a > b, from);
    case '<=':
      return truthOf(a <= b, from);
    case '>=':
      return truthOf(a >= b, from);
    case '==':
    case '!=':
      return truthOf((a === b) === (operator === '=='), from);
    default:
      return UNKNOWN;
  }
}

/** Whole numbers beyond what we can hold exactly are not known. */
function exact(value: number, from: Sources, isFloat: boolean): Value {
  return isFloat || Number.isSafeInteger(value) ? numberOf(value, from, isFloat) : UNKNOWN;
}

function contains(needle: Value, heap: Value, from: Sources, negated: boolean): Value {
  if (heap.kind === 'text') {
    if (needle.kind !== 'text' || needle.text === undefined || heap.text === undefined) return UNKNOWN;
    return truthOf(heap.text.includes(needle.text) !== negated, from);
  }
  if (heap.kind === 'map' && heap.entries && needle.kind === 'text' && needle.text !== undefined)
    return truthOf(heap.entries.has(needle.text) !== negated, from);
  if (heap.kind !== 'list' || !heap.items || needle.kind !== 'text' || needle.text === undefined)
    return UNKNOWN;
  const texts = heap.items.map((item) => (item.kind === 'text' ? item.text : undefined));
  if (texts.includes(needle.text)) return truthOf(!negated, from);
  return texts.includes(undefined) ? UNKNOWN : truthOf(negated, from);
}

export function joinPaths(left: Value, right: Value): Value {
  const [a, b] = [pathText(left), pathText(right)];
  const from = unite(sourcesOf(left), sourcesOf(right));
  return pathOf(a === undefined || b === undefined ? undefined : joinPath(a, b), from);
}

/** `%s` and `%d`; other formats are not known. */
function formatPercent(left: TextValue, right: Value, from: Sources): Value {
  const values = right.kind === 'list' && right.isTuple ? right.items : [right];
  if (left.text === undefined || !values) return textOf(undefined, from);
  const parts = left.text.split(/(%%|%[sd])/);
  let text = '';
  let next = 0;
  let sources = from;
  for (const [i, part] of parts.entries()) {
    if (i % 2 === 0) {
      if (part.includes('%')) return textOf(undefined, from);
      text += part;
    } else if (part === '%%') text += '%';
    else {
      const value = display(values[next++] ?? UNKNOWN);
      sources = unite(sources, sourcesOf(value));
      if (value.kind !== 'text' || value.text === undefined) return textOf(undefined, sources);
      text += value.text;
    }
  }
  return textOf(text, sources);
}

/** `str(value)`. */
export function display(value: Value): Value {
  switch (value.kind) {
    case 'text':
      return value;
    case 'number':
      return textOf(value.isFloat ? pythonFloat(value.value) : String(value.value), value.from);
    case 'path':
      return textOf(value.path, value.from);
    case 'constant':
      return textOf(value.value === null ? 'None' : value.value ? 'True' : 'False', value.from);
    case 'list':
    case 'map':
    case 'handle':
    case 'symbol':
    case 'function':
    case 'class':
    case 'object':
    case 'unknown':
      return textOf(undefined, sourcesOf(value));
    default:
      return exhaustive(value);
  }
}

export function index(of: Value, at: Value): Value {
  if (of.kind === 'map')
    return at.kind === 'text' && at.text !== undefined ? (of.entries?.get(at.text) ?? UNKNOWN) : UNKNOWN;
  if (at.kind !== 'number') return UNKNOWN;
  if (of.kind === 'list') return of.items?.at(at.value) ?? UNKNOWN;
  if (of.kind === 'text') return textOf(of.text?.at(at.value), unite(of.from, at.from));
  return UNKNOWN;
}

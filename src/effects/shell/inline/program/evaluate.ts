import { exhaustive } from '../../../../base/assert.ts';
import type { Machine } from './machine.ts';
import type { Expression } from './syntax.ts';
import {
  type CallArguments,
  type FunctionValue,
  listOf,
  type MapValue,
  numberOf,
  sourcesOf,
  textOf,
  truthiness,
  truthOf,
  UNKNOWN,
  type Value,
} from './values.ts';

const DEPTH_LIMIT = 400;
/** A comprehension over more items than this is not followed. */
const EACH_LIMIT = 50_000;

/** The value of an expression, as far as the text says it; what it does on the way is told to the host. */
export function evaluate(machine: Machine, expression: Expression): Value {
  if (!machine.step() || machine.depth > DEPTH_LIMIT) return UNKNOWN;
  machine.depth++;
  const value = evaluateOne(machine, expression);
  machine.depth--;
  return value;
}

function evaluateOne(machine: Machine, expression: Expression): Value {
  switch (expression.kind) {
    case 'text':
      return textOf(machine.isDraft && /[$`]/.test(expression.value) ? undefined : expression.value);
    case 'number':
      return numberOf(expression.value, undefined, expression.isFloat);
    case 'constant':
      return { kind: 'constant', value: expression.value, from: [] };
    case 'template':
      return expression.parts.reduce<Value>(
        (left, part) => machine.dialect.binary('+', left, machine.dialect.display(evaluate(machine, part))),
        textOf(''),
      );
    case 'name':
      return machine.lookUp(expression.name) ?? { kind: 'symbol', name: expression.name };
    case 'member':
      return memberOf(machine, evaluate(machine, expression.of), expression.name);
    case 'call':
      return evaluateCall(machine, expression);
    case 'index': {
      const of = evaluate(machine, expression.of);
      return machine.dialect.index(of, evaluate(machine, expression.at));
    }
    case 'slice':
      return evaluateSlice(machine, expression);
    case 'binary':
      return evaluateBinary(machine, expression);
    case 'unary':
      return evaluateUnary(expression.operator, evaluate(machine, expression.of));
    case 'list':
      return listOf(
        expression.items.map((item) => evaluate(machine, item)),
        expression.isTuple,
      );
    case 'map':
      return evaluateMap(machine, expression);
    case 'choice': {
      const known = truthiness(evaluate(machine, expression.test));
      if (known !== undefined) return evaluate(machine, known ? expression.yes : expression.no);
      machine.branching++;
      machine.doubting(1, () => {
        evaluate(machine, expression.yes);
        evaluate(machine, expression.no);
      });
      machine.branching--;
      return UNKNOWN;
    }
    case 'each':
      return evaluateEach(machine, expression);
    case 'function':
      return { kind: 'function', define: expression.define, self: undefined };
    case 'assign': {
      const value = evaluate(machine, expression.value);
      assignTo(machine, expression.target, value);
      return value;
    }
    case 'opaque':
      for (const part of expression.parts) evaluate(machine, part);
      return UNKNOWN;
    default:
      return exhaustive(expression);
  }
}

function memberOf(machine: Machine, of: Value, name: string): Value {
  if (of.kind === 'symbol')
    return machine.dialect.member(machine, of, name) ?? { kind: 'symbol', name: `${of.name}.${name}` };
  if (of.kind === 'object') {
    const field = of.fields.get(name);
    if (field) return field;
    const define = of.of.methods.get(name);
    return define ? { kind: 'function', define, self: of } : UNKNOWN;
  }
  if (of.kind === 'class') {
    const define = of.methods.get(name);
    return define ? { kind: 'function', define, self: undefined } : UNKNOWN;
  }
  return machine.dialect.member(machine, of, name) ?? UNKNOWN;
}

function evaluateCall(machine: Machine, expression: Extract<Expression, { kind: 'call' }>): Value {
  const { callee } = expression;
  let receiver: Value | undefined;
  let target: Value;
  if (callee.kind === 'member') {
    receiver = evaluate(machine, callee.of);
    target =
      receiver.kind === 'symbol' || receiver.kind === 'object' || receiver.kind === 'class'
        ? memberOf(machine, receiver, callee.name)
        : UNKNOWN;
  } else target = evaluate(machine, callee);
  const call: CallArguments = {
    args: expression.args.map((arg) => evaluate(machine, arg)),
    named: new Map(expression.named.map(({ name, value }) => [name, evaluate(machine, value)])),
  };
  if (target.kind === 'function') return machine.callFunction(target, call);
  if (target.kind === 'class') return construct(machine, target, call);
  let result: Value | undefined;
  if (target.kind === 'symbol') result = machine.dialect.callSymbol(machine, target.name, call);
  if (!result && callee.kind === 'member' && receiver)
    result = machine.dialect.callMethod(machine, receiver, callee.name, call);
  if (result) return result;
  handOver(machine, call);
  // What a call of something from elsewhere gives keeps its name: `requests.Session().get`.
  const name = target.kind === 'symbol' ? `${target.name}()` : '';
  return name !== '' && name.length < 200 ? { kind: 'symbol', name } : UNKNOWN;
}

function construct(machine: Machine, target: Extract<Value, { kind: 'class' }>, call: CallArguments): Value {
  const self: Value = { kind: 'object', of: target, fields: new Map() };
  const define = target.methods.get('__init__') ?? target.methods.get('constructor');
  if (define) machine.callFunction({ kind: 'function', define, self }, call);
  return self;
}

/** What is handed to code that nobody can read: it may change lists and maps, and call functions. */
export function handOver(machine: Machine, call: CallArguments): void {
  for (const value of [...call.args, ...call.named.values()]) {
    if (value.kind === 'list' && !value.isTuple) value.items = undefined;
    else if (value.kind === 'map') value.entries = undefined;
    else if (value.kind === 'function') callBack(machine, value);
  }
}

/** Something calls a function of the program, nobody knows with what. */
function callBack(machine: Machine, callee: FunctionValue): void {
  machine.branching++;
  machine.doubting(1, () => machine.callFunction(callee, { args: [], named: new Map() }));
  machine.branching--;
}

function evaluateSlice(machine: Machine, expression: Extract<Expression, { kind: 'slice' }>): Value {
  const of = evaluate(machine, expression.of);
  const bound = (part: Expression | undefined): number | undefined | null => {
    if (!part) return undefined;
    const value = evaluate(machine, part);
    if (value.kind === 'number') return value.value;
    return value.kind === 'constant' && value.value === null ? undefined : null;
  };
  const [from, to, step] = [bound(expression.from), bound(expression.to), bound(expression.step)];
  if (from === null || to === null || step !== undefined) {
    return of.kind === 'text' ? textOf(undefined, of.from) : UNKNOWN;
  }
  if (of.kind === 'text') return textOf(of.text?.slice(from, to), of.from);
  if (of.kind === 'list') return listOf(of.items?.slice(from, to), of.isTuple);
  return UNKNOWN;
}

/** A chain of operators may be as long as the program: it is walked, not nested. */
function evaluateBinary(machine: Machine, expression: Extract<Expression, { kind: 'binary' }>): Value {
  const chain: Extract<Expression, { kind: 'binary' }>[] = [];
  let start: Expression = expression;
  while (start.kind === 'binary') {
    chain.push(start);
    start = start.left;
  }
  let value = evaluate(machine, start);
  for (const { operator, right } of chain.reverse()) {
    if (operator === 'and' || operator === 'or' || operator === '??') {
      const known = operator === '??' ? undefined : truthiness(value);
      if (known === (operator === 'or')) continue;
      const certain = known !== undefined;
      if (!certain) machine.branching++;
      const other = machine.doubting(certain ? 0 : 1, () => evaluate(machine, right));
      if (!certain) machine.branching--;
      value = certain ? other : UNKNOWN;
    } else value = machine.dialect.binary(operator, value, evaluate(machine, right));
  }
  return value;
}

function evaluateUnary(operator: string, value: Value): Value {
  if (operator === 'not' || operator === '!') {
    const known = truthiness(value);
    return known === undefined ? UNKNOWN : truthOf(!known, sourcesOf(value));
  }
  if (operator === '-' && value.kind === 'number') return numberOf(-value.value, value.from, value.isFloat);
  return UNKNOWN;
}

function evaluateMap(machine: Machine, expression: Extract<Expression, { kind: 'map' }>): MapValue {
  const entries = new Map<string, Value>();
  let known = true;
  for (const [key, item] of expression.pairs) {
    const name = evaluate(machine, key);
    const value = evaluate(machine, item);
    if (name.kind === 'text' && name.text !== undefined) entries.set(name.text, value);
    else known = false;
  }
  return { kind: 'map', entries: known ? entries : undefined };
}

function evaluateEach(machine: Machine, expression: Extract<Expression, { kind: 'each' }>): Value {
  const over = evaluate(machine, expression.over);
  const items = itemsOf(machine, over);
  const test = (): boolean | undefined => {
    for (const condition of expression.conditions) {
      const known = truthiness(evaluate(machine, condition));
      if (known !== true) return known;
    }
    return true;
  };
  if (!items || items.length > EACH_LIMIT || machine.tired) {
    assignTo(machine, expression.target, UNKNOWN);
    machine.branching++;
    machine.doubting(1, () => {
      test();
      evaluate(machine, expression.element);
    });
    machine.branching--;
    return listOf(undefined);
  }
  const made: Value[] = [];
  let known = true;
  for (const item of items) {
    assignTo(machine, expression.target, item);
    const keep = test();
    if (keep === undefined) known = false;
    if (keep !== false) made.push(evaluate(machine, expression.element));
    if (machine.tired) return listOf(undefined);
  }
  return listOf(known ? made : undefined);
}

/** What a loop over a value goes through; undefined where nobody knows. */
export function itemsOf(machine: Machine, over: Value): readonly Value[] | undefined {
  switch (over.kind) {
    case 'list':
      return over.items && [...over.items];
    case 'map':
      return over.entries && [...over.entries.keys()].map((key) => textOf(key));
    case 'text':
      return over.text !== undefined && over.text.length < 10_000
        ? Array.from(over.text, (char) => textOf(char, over.from))
        : undefined;
    case 'handle': {
      const lines = machine.dialect.callMethod(machine, over, 'readlines', { args: [], named: new Map() });
      return lines?.kind === 'list' ? lines.items : undefined;
    }
    case 'number':
    case 'constant':
    case 'path':
    case 'symbol':
    case 'function':
    case 'class':
    case 'object':
    case 'unknown':
      return undefined;
    default:
      return exhaustive(over);
  }
}

/** Assigns to a name, a field, an item of a list or map, or several at once. */
export function assignTo(machine: Machine, target: Expression, value: Value): void {
  switch (target.kind) {
    case 'name':
      machine.assign(target.name, value);
      return;
    case 'list': {
      const items = value.kind === 'list' ? value.items : undefined;
      target.items.forEach((item, i) => assignTo(machine, item, items?.[i] ?? UNKNOWN));
      return;
    }
    case 'member': {
      const of = evaluate(machine, target.of);
      if (of.kind === 'object') of.fields.set(target.name, machine.branching > 0 ? UNKNOWN : value);
      return;
    }
    case 'index':
      assignItem(machine, evaluate(machine, target.of), evaluate(machine, target.at), value);
      return;
    case 'slice': {
      const of = evaluate(machine, target.of);
      const [from, to] = [target.from, target.to].map((part) => part && evaluate(machine, part));
      if (of.kind !== 'list' || !of.items) return;
      const items = value.kind === 'list' ? value.items : undefined;
      const isKnown = (part: Value | undefined): boolean => !part || part.kind === 'number';
      if (!items || target.step || machine.branching > 0 || !isKnown(from) || !isKnown(to)) {
        of.items = undefined;
        return;
      }
      const length = of.items.length;
      const start = clamp(from?.kind === 'number' ? from.value : 0, length);
      const end = clamp(to?.kind === 'number' ? to.value : length, length);
      of.items = [...of.items.slice(0, start), ...items, ...of.items.slice(Math.max(start, end))];
      return;
    }
    case 'text':
    case 'number':
    case 'constant':
    case 'template':
    case 'call':
    case 'binary':
    case 'unary':
    case 'map':
    case 'choice':
    case 'each':
    case 'function':
    case 'assign':
    case 'opaque':
      return;
    default:
      exhaustive(target);
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length, index < 0 ? length + index : index));
}

function assignItem(machine: Machine, of: Value, at: Value, value: Value): void {
  const lost = machine.branching > 0;
  if (of.kind === 'list') {
    const index =
      at.kind === 'number' && of.items ? (at.value < 0 ? of.items.length + at.value : at.value) : -1;
    if (!of.items || lost || index < 0 || index >= of.items.length) of.items = undefined;
    else of.items[index] = value;
  } else if (of.kind === 'map') {
    if (!of.entries || lost || at.kind !== 'text' || at.text === undefined) of.entries = undefined;
    else of.entries.set(at.text, value);
  }
}

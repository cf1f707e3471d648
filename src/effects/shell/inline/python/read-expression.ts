import { exhaustive } from '../../../../base/assert.ts';
import type { Expression, FunctionText, NamedArgument, Parameter } from '../program/syntax.ts';
import { NOTHING } from '../program/syntax.ts';
import { readTokens } from './read-tokens.ts';
import { TokenStream } from './token-stream.ts';

/** Expressions that nest deeper are passed over. */
const DEPTH_LIMIT = 120;

const PRECEDENCE: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  in: 4,
  'not in': 4,
  is: 4,
  'is not': 4,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '==': 4,
  '!=': 4,
  '|': 5,
  '^': 6,
  '&': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '//': 10,
  '%': 10,
  '@': 10,
  '**': 12,
};

/** An expression, with the commas of a bare tuple when `commas` is set. */
export function readExpression(stream: TokenStream, commas = false): Expression {
  const first = readTernary(stream);
  if (!commas || !stream.is(',')) return first;
  const items = [first];
  while (stream.take(',')) {
    if (endsTuple(stream)) break;
    items.push(stream.take('*') ? opaque(readTernary(stream)) : readTernary(stream));
  }
  return { kind: 'list', items, isTuple: true };
}

function endsTuple(stream: TokenStream): boolean {
  const { kind } = stream.peek;
  return (
    kind === 'newline' || kind === 'end' || [')', ']', '}', '=', ':', 'in'].some((one) => stream.is(one))
  );
}

function opaque(...parts: readonly Expression[]): Expression {
  return { kind: 'opaque', parts };
}

function readTernary(stream: TokenStream): Expression {
  if (stream.depth > DEPTH_LIMIT) return skipOne(stream);
  stream.depth++;
  const value = stream.is('lambda') ? readLambda(stream) : readChoice(stream);
  stream.depth--;
  return value;
}

function readChoice(stream: TokenStream): Expression {
  const left = readBinary(stream, 0);
  if (stream.take(':=')) return { kind: 'assign', target: left, value: readTernary(stream) };
  if (!stream.take('if')) return left;
  const test = readBinary(stream, 0);
  // The condition of a comprehension has no `else`.
  if (!stream.take('else')) return opaque(left, test);
  return { kind: 'choice', test, yes: left, no: readTernary(stream) };
}

function readLambda(stream: TokenStream): Expression {
  stream.take('lambda');
  const parameters = readParameters(stream, ':');
  stream.take(':');
  const value = readTernary(stream);
  const define: FunctionText = { name: '', parameters, body: [{ kind: 'return', value }] };
  return { kind: 'function', define };
}

function operatorHere(stream: TokenStream): string | undefined {
  if (stream.is('not') && stream.is('in', 1)) return 'not in';
  if (stream.is('is') && stream.is('not', 1)) return 'is not';
  const token = stream.peek;
  if (token.kind !== 'operator' && token.kind !== 'name') return undefined;
  return Object.hasOwn(PRECEDENCE, token.text) ? token.text : undefined;
}

function readBinary(stream: TokenStream, least: number): Expression {
  let left = readUnary(stream);
  for (let operator = operatorHere(stream); operator !== undefined; operator = operatorHere(stream)) {
    const precedence = PRECEDENCE[operator] ?? 0;
    if (precedence <= least) break;
    stream.next();
    if (operator.includes(' ')) stream.next();
    if (stream.depth > DEPTH_LIMIT) return skipOne(stream);
    stream.depth++;
    const right = readBinary(stream, operator === '**' ? precedence - 1 : precedence);
    stream.depth--;
    left = { kind: 'binary', operator, left, right };
  }
  return left;
}

function readUnary(stream: TokenStream): Expression {
  for (const operator of ['not', '-', '+', '~', 'await', '*', '**']) {
    if (!stream.is(operator)) continue;
    if (stream.depth > DEPTH_LIMIT) return skipOne(stream);
    stream.next();
    stream.depth++;
    const of = operator === 'not' ? readBinary(stream, 3) : readUnary(stream);
    stream.depth--;
    if (operator === 'await' || operator === '+') return of;
    return operator === '*' || operator === '**' ? opaque(of) : { kind: 'unary', operator, of };
  }
  return readPostfix(stream, readAtom(stream));
}

function readPostfix(stream: TokenStream, start: Expression): Expression {
  let value = start;
  for (;;) {
    if (stream.take('.')) value = { kind: 'member', of: value, name: stream.takeName() ?? '' };
    else if (stream.take('(')) value = readCall(stream, value);
    else if (stream.take('[')) value = readIndex(stream, value);
    else return value;
  }
}

function readCall(stream: TokenStream, callee: Expression): Expression {
  const args: Expression[] = [];
  const named: NamedArgument[] = [];
  while (!stream.is(')') && stream.peek.kind !== 'end') {
    const before = stream.place;
    const token = stream.peek;
    if (token.kind === 'name' && stream.is('=', 1)) {
      stream.next();
      stream.next();
      named.push({ name: token.text, value: readTernary(stream) });
    } else {
      const value = readTernary(stream);
      args.push(stream.is('for') || stream.is('async') ? readEach(stream, value) : value);
    }
    if (stream.take(',')) continue;
    if (!stream.is(')') || stream.place === before) {
      stream.skipBracket(')');
      return { kind: 'call', callee, args: [...args, NOTHING], named };
    }
  }
  stream.take(')');
  return { kind: 'call', callee, args, named };
}

function readIndex(stream: TokenStream, of: Expression): Expression {
  const from = stream.is(':') ? undefined : readExpression(stream, true);
  if (from && !stream.is(':')) {
    if (!stream.take(']')) stream.skipBracket(']');
    return { kind: 'index', of, at: from };
  }
  const part = (): Expression | undefined =>
    stream.take(':') && !stream.is(':') && !stream.is(']') ? readTernary(stream) : undefined;
  const to = part();
  const step = part();
  if (!stream.take(']')) stream.skipBracket(']');
  return { kind: 'slice', of, from, to, step };
}

function readAtom(stream: TokenStream): Expression {
  const token = stream.peek;
  switch (token.kind) {
    case 'number':
      stream.next();
      return readNumber(token.text);
    case 'string':
      return readStrings(stream);
    case 'name':
      stream.next();
      if (token.text === 'True' || token.text === 'False')
        return { kind: 'constant', value: token.text === 'True' };
      if (token.text === 'None') return { kind: 'constant', value: null };
      if (token.text === 'yield') {
        stream.take('from');
        return endsTuple(stream) ? NOTHING : opaque(readExpression(stream, true));
      }
      return { kind: 'name', name: token.text };
    case 'operator':
      stream.next();
      if (token.text === '(') return readParenthesis(stream);
      if (token.text === '[') return readList(stream);
      if (token.text === '{') return readBraces(stream);
      return NOTHING;
    case 'newline':
    case 'indent':
    case 'dedent':
    case 'end':
      return NOTHING;
    default:
      return exhaustive(token);
  }
}

function readNumber(text: string): Expression {
  const plain = text.replaceAll('_', '');
  const value = Number(plain);
  const isFloat = !/^0[xob]/i.test(plain) && /[.eE]/.test(plain);
  // Complex numbers, and whole ones that we could not hold exactly.
  if (Number.isNaN(value) || (!isFloat && !Number.isSafeInteger(value))) return NOTHING;
  return { kind: 'number', value, isFloat };
}

/** Literals that stand side by side are one. */
function readStrings(stream: TokenStream): Expression {
  const parts: Expression[] = [];
  for (let token = stream.peek; token.kind === 'string'; token = stream.peek) {
    stream.next();
    if (!token.parts) parts.push(NOTHING);
    for (const part of token.parts ?? []) {
      if (part.kind === 'text') parts.push({ kind: 'text', value: part.value });
      else parts.push(part.plain ? readInner(part.source, stream) : opaque(readInner(part.source, stream)));
    }
    if (token.parts?.length === 0) parts.push({ kind: 'text', value: '' });
  }
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'text') return only;
  return { kind: 'template', parts };
}

function readInner(source: string, stream: TokenStream): Expression {
  if (stream.depth > DEPTH_LIMIT / 2) return NOTHING;
  const inner = new TokenStream(readTokens(source));
  inner.depth = stream.depth + 30;
  return readExpression(inner, true);
}

function readParenthesis(stream: TokenStream): Expression {
  if (stream.take(')')) return { kind: 'list', items: [], isTuple: true };
  const value = readExpression(stream, true);
  const result = stream.is('for') || stream.is('async') ? readEach(stream, value) : value;
  if (!stream.take(')')) stream.skipBracket(')');
  return result;
}

function readList(stream: TokenStream): Expression {
  const items: Expression[] = [];
  while (!stream.is(']') && stream.peek.kind !== 'end') {
    const before = stream.place;
    const value = readTernary(stream);
    if (stream.is('for') || stream.is('async')) {
      const each = readEach(stream, value);
      if (!stream.take(']')) stream.skipBracket(']');
      return each;
    }
    items.push(value);
    if (stream.take(',')) continue;
    if (!stream.is(']') || stream.place === before) {
      stream.skipBracket(']');
      return opaque(...items);
    }
  }
  stream.take(']');
  return { kind: 'list', items, isTuple: false };
}

/** A dictionary, or a set: whose order is nobody's. */
function readBraces(stream: TokenStream): Expression {
  const pairs: (readonly [Expression, Expression])[] = [];
  const others: Expression[] = [];
  while (!stream.is('}') && stream.peek.kind !== 'end') {
    const before = stream.place;
    const key = readTernary(stream);
    if (stream.take(':')) {
      const value = readTernary(stream);
      if (stream.is('for') || stream.is('async')) {
        const each = readEach(stream, opaque(key, value));
        if (!stream.take('}')) stream.skipBracket('}');
        return opaque(each);
      }
      pairs.push([key, value]);
    } else others.push(stream.is('for') ? readEach(stream, key) : key);
    if (stream.take(',')) continue;
    if (!stream.is('}') || stream.place === before) {
      stream.skipBracket('}');
      return opaque(...others, ...pairs.flat());
    }
  }
  stream.take('}');
  return others.length > 0 ? opaque(...others, ...pairs.flat()) : { kind: 'map', pairs };
}

/** `for TARGET in OVER if …` behind an element; a second `for` makes it opaque. */
function readEach(stream: TokenStream, element: Expression): Expression {
  stream.take('async');
  stream.take('for');
  const target = readTargets(stream);
  stream.take('in');
  const over = readBinary(stream, 0);
  const conditions: Expression[] = [];
  while (stream.take('if')) conditions.push(readBinary(stream, 0));
  const each: Expression = { kind: 'each', element, target, over, conditions };
  if (!stream.is('for') && !stream.is('async')) return each;
  const rest: Expression[] = [];
  while (stream.take('for') || stream.take('async')) {
    readTargets(stream);
    if (stream.take('in')) rest.push(readBinary(stream, 0));
    while (stream.take('if')) rest.push(readBinary(stream, 0));
  }
  return opaque(each, ...rest);
}

/** What a loop assigns to: `in` ends it. */
export function readTargets(stream: TokenStream): Expression {
  const items: Expression[] = [];
  do {
    if (stream.is('in')) break;
    stream.take('*');
    items.push(readPostfix(stream, readAtom(stream)));
  } while (stream.take(','));
  const [only] = items;
  return items.length === 1 && only ? only : { kind: 'list', items, isTuple: true };
}

/** Parameters up to `close`, which stays. */
export function readParameters(stream: TokenStream, close: string): Parameter[] {
  const parameters: Parameter[] = [];
  while (!stream.is(close) && stream.peek.kind !== 'end' && stream.peek.kind !== 'newline') {
    const before = stream.place;
    const rest = stream.take('*') || stream.take('**');
    stream.take('/');
    const name = stream.takeName();
    if (close === ')' && stream.take(':')) readTernary(stream);
    const fallback = stream.take('=') ? readTernary(stream) : undefined;
    if (name !== undefined) parameters.push({ name, fallback, rest });
    if (!stream.take(',') && stream.place === before) stream.next();
  }
  return parameters;
}

/** Passes over one token, or a whole bracket. */
function skipOne(stream: TokenStream): Expression {
  const token = stream.next();
  if (token.kind !== 'operator') return NOTHING;
  const close = { '(': ')', '[': ']', '{': '}' }[token.text];
  if (close !== undefined) stream.skipBracket(close);
  return NOTHING;
}

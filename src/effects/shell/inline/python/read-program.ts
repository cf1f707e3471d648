import type { Expression, Statement, WithItem } from '../program/syntax.ts';
import { readExpression, readParameters, readTargets } from './read-expression.ts';
import { readTokens } from './read-tokens.ts';
import { TokenStream } from './token-stream.ts';

const AUGMENTED = /^(?:\+|-|\*|\/|\/\/|%|\*\*|>>|<<|&|\||\^|@)=$/;
/** Blocks inside blocks deeper than this are read as if they stood beside each other. */
const DEPTH_LIMIT = 60;

/** The statements of a Python program. What is no Python is passed over, line by line. */
export function readPython(text: string): Statement[] {
  const stream = new TokenStream(readTokens(text));
  const statements: Statement[] = [];
  while (stream.peek.kind !== 'end') {
    if (stream.takeKind('indent') || stream.takeKind('dedent')) continue;
    readStatement(stream, statements, 0);
  }
  return statements;
}

function readBlock(stream: TokenStream, depth: number): Statement[] {
  const body: Statement[] = [];
  if (!stream.take(':')) {
    skipLine(stream);
    return body;
  }
  if (!stream.takeKind('newline')) {
    readSimpleLine(stream, body);
    return body;
  }
  if (!stream.takeKind('indent')) return body;
  if (depth >= DEPTH_LIMIT) return body;
  while (stream.peek.kind !== 'dedent' && stream.peek.kind !== 'end') {
    if (stream.takeKind('indent')) continue;
    readStatement(stream, body, depth + 1);
  }
  stream.takeKind('dedent');
  return body;
}

function readStatement(stream: TokenStream, out: Statement[], depth: number): void {
  const before = stream.place;
  if (stream.is('async')) stream.next();
  const token = stream.peek;
  const word = token.kind === 'name' ? token.text : '';
  switch (word) {
    case 'if':
      out.push(readIf(stream, depth));
      break;
    case 'for': {
      stream.next();
      const target = readTargets(stream);
      stream.take('in');
      const over = readExpression(stream, true);
      const body = readBlock(stream, depth);
      const otherwise = stream.take('else') ? readBlock(stream, depth) : [];
      out.push({ kind: 'for', target, over, body, otherwise });
      break;
    }
    case 'while': {
      stream.next();
      const test = readExpression(stream);
      out.push({ kind: 'while', test, body: readBlock(stream, depth) });
      if (stream.take('else')) out.push({ kind: 'maybe', body: readBlock(stream, depth) });
      break;
    }
    case 'with':
      out.push(readWith(stream, depth));
      break;
    case 'try':
      out.push(readTry(stream, depth));
      break;
    case 'def': {
      stream.next();
      const name = stream.takeName() ?? '';
      stream.take('(');
      const parameters = readParameters(stream, ')');
      stream.take(')');
      if (stream.take('->')) readExpression(stream);
      out.push({ kind: 'define', define: { name, parameters, body: readBlock(stream, depth) } });
      break;
    }
    case 'class': {
      stream.next();
      const name = stream.takeName() ?? '';
      if (stream.take('(')) stream.skipBracket(')');
      out.push({ kind: 'class', name, body: readBlock(stream, depth) });
      break;
    }
    default:
      if (token.kind === 'operator' && token.text === '@') skipLine(stream);
      else readSimpleLine(stream, out);
  }
  // Whatever stands here, the next look must be at something else.
  if (stream.place === before) stream.next();
}

function readIf(stream: TokenStream, depth: number): Statement {
  stream.next();
  const test = readExpression(stream);
  const body = readBlock(stream, depth);
  const branches = [{ test, body }];
  let otherwise: Statement[] = [];
  for (;;) {
    if (stream.take('elif')) {
      const next = readExpression(stream);
      branches.push({ test: next, body: readBlock(stream, depth) });
    } else {
      if (stream.take('else')) otherwise = readBlock(stream, depth);
      break;
    }
  }
  // A long chain of `elif` is cut: each one is an `if` inside the one before.
  if (branches.length > DEPTH_LIMIT)
    return { kind: 'maybe', body: [...branches.flatMap((branch) => branch.body), ...otherwise] };
  for (let i = branches.length - 1; i > 0; i--) {
    const branch = branches[i];
    if (branch) otherwise = [{ kind: 'if', test: branch.test, body: branch.body, otherwise }];
  }
  return { kind: 'if', test, body, otherwise };
}

function readWith(stream: TokenStream, depth: number): Statement {
  stream.next();
  const items: WithItem[] = [];
  const bracket = stream.is('(') && stream.take('(');
  do {
    if (stream.is(')')) break;
    const value = readExpression(stream);
    const target = stream.take('as') ? readExpression(stream) : undefined;
    items.push({ value, target });
  } while (stream.take(','));
  if (bracket) stream.take(')');
  return { kind: 'with', items, body: readBlock(stream, depth) };
}

function readTry(stream: TokenStream, depth: number): Statement {
  stream.next();
  const body = readBlock(stream, depth);
  const handlers: Statement[][] = [];
  let otherwise: Statement[] = [];
  let last: Statement[] = [];
  for (;;) {
    if (stream.take('except')) {
      stream.take('*');
      if (!stream.is(':')) readExpression(stream, true);
      if (stream.take('as')) stream.takeName();
      handlers.push(readBlock(stream, depth));
    } else if (stream.take('else')) otherwise = readBlock(stream, depth);
    else if (stream.take('finally')) last = readBlock(stream, depth);
    else return { kind: 'try', body, handlers, otherwise, last };
  }
}

/** Statements of one line, up to its end. */
function readSimpleLine(stream: TokenStream, out: Statement[]): void {
  for (;;) {
    readSimple(stream, out);
    if (stream.take(';')) {
      if (stream.takeKind('newline')) return;
      continue;
    }
    // A compound statement that is not known (`match x:`): its block may run.
    if (stream.is(':')) {
      const body = readBlock(stream, DEPTH_LIMIT - 10);
      if (body.length > 0) out.push({ kind: 'maybe', body });
      return;
    }
    skipLine(stream);
    return;
  }
}

function skipLine(stream: TokenStream): void {
  while (stream.peek.kind !== 'newline' && stream.peek.kind !== 'end') stream.next();
  stream.takeKind('newline');
}

function readSimple(stream: TokenStream, out: Statement[]): void {
  const token = stream.peek;
  if (token.kind === 'newline' || token.kind === 'end') return;
  const word = token.kind === 'name' ? token.text : '';
  switch (word) {
    case 'return':
      stream.next();
      out.push({ kind: 'return', value: endsHere(stream) ? undefined : readExpression(stream, true) });
      return;
    case 'raise':
      stream.next();
      out.push({ kind: 'raise', value: endsHere(stream) ? undefined : readExpression(stream) });
      return;
    case 'assert':
      stream.next();
      out.push({ kind: 'assert', test: readExpression(stream) });
      return;
    case 'break':
    case 'continue':
      stream.next();
      out.push({ kind: 'jump', to: word });
      return;
    case 'pass':
    case 'global':
    case 'nonlocal':
      skipToEnd(stream);
      return;
    case 'del':
      stream.next();
      out.push({ kind: 'delete', targets: [readExpression(stream, true)] });
      return;
    case 'import':
    case 'from':
      readImport(stream, out);
      return;
    default:
      out.push(readAssignment(stream));
  }
}

function endsHere(stream: TokenStream): boolean {
  const { kind } = stream.peek;
  return kind === 'newline' || kind === 'end' || stream.is(';');
}

function skipToEnd(stream: TokenStream): void {
  while (!endsHere(stream)) stream.next();
}

function readAssignment(stream: TokenStream): Statement {
  const first = readExpression(stream, true);
  const token = stream.peek;
  if (token.kind === 'operator' && AUGMENTED.test(token.text)) {
    stream.next();
    const value = readExpression(stream, true);
    return { kind: 'augment', target: first, operator: token.text.slice(0, -1), value };
  }
  // `name: type = value`.
  if (first.kind !== 'opaque' && stream.is(':') && isAnnotation(stream)) {
    stream.next();
    readExpression(stream);
  }
  if (!stream.is('=')) return { kind: 'expression', value: first };
  const parts: Expression[] = [first];
  while (stream.take('=')) parts.push(readExpression(stream, true));
  const value = parts.pop() ?? first;
  return { kind: 'assign', targets: parts, value };
}

/** Whether a colon is followed by something on its line: a type, not a block. */
function isAnnotation(stream: TokenStream): boolean {
  return stream.is(':') && !stream.isNewline(1);
}

function readImport(stream: TokenStream, out: Statement[]): void {
  const from = stream.take('from');
  stream.take('import');
  const module = readDotted(stream);
  if (from) stream.take('import');
  else {
    pushImport(stream, out, module, module);
    while (stream.take(',')) {
      const next = readDotted(stream);
      pushImport(stream, out, next, next);
    }
    return;
  }
  const bracket = stream.take('(');
  while (!endsHere(stream)) {
    const name = stream.takeName();
    if (name === undefined) break;
    pushImport(stream, out, name, `${module}.${name}`);
    if (!stream.take(',')) break;
  }
  if (bracket) stream.take(')');
}

function readDotted(stream: TokenStream): string {
  let name = '';
  for (;;) {
    if (stream.take('.')) name += '.';
    else if (stream.take('...')) name += '...';
    else if (stream.is('import') || stream.is('as') || endsHere(stream)) return name;
    else {
      const part = stream.takeName();
      if (part === undefined) return name;
      name += part;
    }
  }
}

function pushImport(stream: TokenStream, out: Statement[], name: string, symbol: string): void {
  if (stream.take('as')) {
    const alias = stream.takeName();
    if (alias !== undefined) out.push({ kind: 'import', name: alias, symbol });
    return;
  }
  // `import os.path` binds `os`.
  const top = name.split('.')[0] ?? name;
  out.push({ kind: 'import', name: top, symbol: name === symbol ? top : symbol });
}

import { type Literal, readLiteral, type Spelling } from './read-literal.ts';

/** What a call like `write('path', 'content')` writes. */
export interface WrittenContent {
  readonly content: string;
  /** Place behind the call. */
  readonly end: number;
}

const blanks = /[ \t\r\n]*/y;

function skip(text: string, at: number): number {
  blanks.lastIndex = at;
  return at + (blanks.exec(text)?.[0].length ?? 0);
}

/**
 * The content in a call whose path ends at `at`: one text in quotes, several joined, or a constant that holds one, and
 * perhaps an encoding behind it. Undefined where only a run tells.
 */
export function readContent(
  text: string,
  code: string,
  at: number,
  spelling: Spelling,
): WrittenContent | undefined {
  let place = skip(text, at);
  if (text[place] !== ',') return undefined;
  place = skip(text, place + 1);
  const first = readLiteral(text, place, spelling) ?? readConstant(text, code, place, spelling);
  if (!first) return undefined;
  const parts = [first.value];
  const join = spelling === 'php' || spelling === 'perl' ? '.' : '+';
  place = skip(text, first.end);
  while (text[place] === join) {
    const more = readLiteral(text, skip(text, place + 1), spelling);
    if (!more) return undefined;
    parts.push(more.value);
    place = skip(text, more.end);
  }
  if (text[place] === ',' && spelling === 'javascript') {
    const encoding = readLiteral(text, skip(text, place + 1), spelling);
    if (!encoding || !/^utf-?8$/i.test(encoding.value)) return undefined;
    place = skip(text, encoding.end);
  }
  if (text[place] !== ')') return undefined;
  return { content: parts.join(''), end: place + 1 };
}

/** A name that `const` binds to one text: it never holds anything else. */
function readConstant(text: string, code: string, at: number, spelling: Spelling): Literal | undefined {
  if (spelling !== 'javascript') return undefined;
  const name = /^[A-Za-z_]\w{0,60}(?=\s*[,)+])/.exec(code.slice(at, at + 80))?.[0];
  if (name === undefined) return undefined;
  const bound = [...code.matchAll(new RegExp(`\\bconst[ \\t]{1,10}${name}[ \\t]{0,10}=`, 'g'))];
  const [only] = bound;
  if (bound.length !== 1 || !only) return undefined;
  // Blanks are passed in the text itself: in the code the literal is blank too.
  const found = readLiteral(text, skip(text, only.index + only[0].length), spelling);
  return found && /^[ \t]*(?:;|\n|\r|$)/.test(code.slice(found.end, found.end + 200))
    ? { value: found.value, end: at + name.length }
    : undefined;
}

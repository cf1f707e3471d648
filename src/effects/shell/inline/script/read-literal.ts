export type Spelling = 'javascript' | 'plain' | 'ruby' | 'perl' | 'php';

export interface Literal {
  readonly value: string;
  /** Place behind its closing quote. */
  readonly end: number;
}

const LIMIT = 1_000_000;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '\n': '',
};
/** What puts a value into a text in double quotes. */
const INSERTS: Readonly<Record<Spelling, RegExp>> = {
  javascript: /(?!)/,
  plain: /(?!)/,
  ruby: /#[{$@]/,
  perl: /[$@]/,
  php: /\$/,
};

/** The text in quotes that begins at a place; undefined where it is none, or where only a run tells what it holds. */
export function readLiteral(text: string, at: number, spelling: Spelling): Literal | undefined {
  const quote = text[at];
  if (quote !== "'" && quote !== '"' && !(quote === '`' && spelling === 'javascript')) return undefined;
  const isRaw = quote === "'" && spelling !== 'javascript';
  const parts: string[] = [];
  let from = at + 1;
  for (let end = from; end < text.length && end - at < LIMIT; end++) {
    const char = text[end];
    if (char === quote) {
      parts.push(text.slice(from, end));
      const value = parts.join('');
      const inserts = quote === '"' && INSERTS[spelling].test(text.slice(at, end));
      return inserts ? undefined : { value, end: end + 1 };
    }
    if (char === '\n' && spelling === 'javascript' && quote !== '`') return undefined;
    if (quote === '`' && char === '$' && text[end + 1] === '{') return undefined;
    if (char !== '\\') continue;
    const next = text[end + 1] ?? '';
    if (isRaw && next !== '\\' && next !== quote) continue;
    const known = ESCAPES[next];
    // A line that goes on, and escapes of one quote only, mean different things in each language.
    const isShared = spelling === 'javascript' || (next !== '\n' && next !== '`' && (isRaw || next !== "'"));
    if (known === undefined || !isShared) return undefined;
    parts.push(text.slice(from, end), known);
    end++;
    from = end + 1;
  }
  return undefined;
}

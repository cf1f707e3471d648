import type { PythonToken } from './read-tokens.ts';

/** Tokens with a place in them. */
export class TokenStream {
  private at = 0;
  private readonly tokens: readonly PythonToken[];
  /** How deep expressions nest at the moment. */
  depth = 0;

  constructor(tokens: readonly PythonToken[]) {
    this.tokens = tokens;
  }

  get peek(): PythonToken {
    return this.tokens[this.at] ?? { kind: 'end' };
  }

  get place(): number {
    return this.at;
  }

  next(): PythonToken {
    const token = this.peek;
    if (token.kind !== 'end') this.at++;
    return token;
  }

  /** Whether the token here, or so many further, is this operator or word. */
  is(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return (token?.kind === 'operator' || token?.kind === 'name') && token.text === text;
  }

  isNewline(ahead: number): boolean {
    const kind = this.tokens[this.at + ahead]?.kind;
    return kind === 'newline' || kind === 'end' || kind === undefined;
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  takeKind(kind: PythonToken['kind']): boolean {
    if (this.peek.kind !== kind) return false;
    this.at++;
    return true;
  }

  takeName(): string | undefined {
    const token = this.peek;
    if (token.kind !== 'name') return undefined;
    this.at++;
    return token.text;
  }

  /** Passes over what is left of a bracket, its end included. */
  skipBracket(close: string): void {
    let depth = 0;
    while (this.peek.kind !== 'end') {
      const token = this.next();
      if (token.kind !== 'operator') continue;
      if (depth === 0 && token.text === close) return;
      if ('([{'.includes(token.text)) depth++;
      else if (')]}'.includes(token.text)) depth--;
      if (depth < 0) return;
    }
  }
}

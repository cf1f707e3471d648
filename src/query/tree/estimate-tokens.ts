/**
 * Tokens that a line of text costs a language model: one for every three bytes of UTF-8, begun ones whole, and one
 * for the line's end. Usual tokenizers need fewer (about four bytes per token of English, three of code and paths), so
 * a text that fits by this rule fits; no tokenizer is asked.
 */
export function estimateTokens(line: string): number {
  return Math.ceil(countBytes(line) / 3) + 1;
}

/** The longest beginning of a line that costs at most so many tokens. */
export function cutToTokens(line: string, tokens: number): string {
  if (estimateTokens(line) <= tokens) return line;
  const room = Math.max(0, tokens - 1) * 3 - 3;
  let bytes = 0;
  let end = 0;
  for (const char of line) {
    bytes += countBytes(char);
    if (bytes > room) break;
    end += char.length;
  }
  return tokens < 2 ? '' : `${line.slice(0, end)}…`;
}

function countBytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A surrogate is half of a character that takes four bytes; alone it is written as three.
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : isPairedSurrogate(text, i) ? 2 : 3;
  }
  return bytes;
}

function isPairedSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code >= 0xd800 && code < 0xdc00) {
    const next = text.charCodeAt(index + 1);
    return next >= 0xdc00 && next < 0xe000;
  }
  if (code >= 0xdc00 && code < 0xe000) {
    const before = text.charCodeAt(index - 1);
    return before >= 0xd800 && before < 0xdc00;
  }
  return false;
}

import type { Usage } from '../../model/usage.ts';

/** What Python's print of a client's answer tells. */
export interface ApiResponse {
  readonly texts: readonly string[];
  readonly model?: string;
  readonly usage?: Usage;
}

const TEXT = /\b(?:ChatCompletionMessage\(content|TextBlock\(text|TextBlock\(citations=None, text)=/g;

/** `API response Message(... usage=Usage(..))` of Anthropic's client, `ChatCompletion(..)` of OpenAI's. */
export function readApiResponse(text: string): ApiResponse {
  const texts: string[] = [];
  TEXT.lastIndex = 0;
  for (let match = TEXT.exec(text); match; match = TEXT.exec(text)) {
    const literal = readPythonString(text, TEXT.lastIndex);
    if (!literal) continue;
    texts.push(literal.value);
    TEXT.lastIndex = literal.end;
  }
  const tail = text.slice(-2000);
  const model = /\bmodel='([^'\n]{1,200})'/.exec(tail)?.[1];
  const count = (name: string): number | undefined => {
    const digits = new RegExp(`\\b${name}=(\\d{1,12})\\b`).exec(tail)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const input = count('prompt_tokens') ?? count('input_tokens');
  const output = count('completion_tokens') ?? count('output_tokens');
  const usage: Usage = {
    ...(input !== undefined && { inputTokens: input }),
    ...(output !== undefined && { outputTokens: output }),
  };
  return {
    texts,
    ...(model !== undefined && { model }),
    ...(Object.keys(usage).length > 0 && { usage }),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** A Python string literal as `repr` writes it, quotes included. */
export function readPythonString(text: string, start: number): { value: string; end: number } | undefined {
  const quote = text[start];
  if (quote !== "'" && quote !== '"') return undefined;
  const parts: string[] = [];
  let from = start + 1;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === quote) return { value: parts.join('') + text.slice(from, i), end: i + 1 };
    if (char !== '\\') continue;
    parts.push(text.slice(from, i));
    const next = text[i + 1] ?? '';
    const width = { x: 2, u: 4, U: 8 }[next] ?? 0;
    const code = width > 0 ? Number.parseInt(text.slice(i + 2, i + 2 + width), 16) : Number.NaN;
    if (Number.isInteger(code) && code <= 0x10ffff) parts.push(String.fromCodePoint(code));
    else parts.push(ESCAPES[next] ?? `\\${next}`);
    i += 1 + (Number.isInteger(code) ? width : 0);
    from = i + 1;
  }
  return undefined;
}

/** Escape sequences of terminals: CSI, OSC (ended by BEL or ST), charset selection and single-character escapes. */
const ANSI =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[()*+#][0-9A-Za-z]|[@-Z\\^_=>78cDEHMNOZ])/g;

export function stripAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(ANSI, '') : text;
}

/** Every run of white space becomes one space; ends are trimmed. For comparing, never for storing. */
export function foldWhitespace(text: string): string {
  // A single space stays as it is: replacing it by itself is most of the work in plain prose.
  return text.replace(/[^\S ]\s*| \s+/g, ' ').trim();
}

/** At most `limit` characters, cut in the middle with a mark that says how much is missing. */
export function shortenMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const mark = ` … ${text.length - limit} more … `;
  const keep = Math.max(0, limit - mark.length);
  const head = Math.ceil(keep / 2);
  return text.slice(0, head) + mark + text.slice(text.length - (keep - head));
}

/** The first line that is not blank, at most `limit` characters. */
export function firstLine(text: string, limit = 120): string {
  const match = /\S[^\r\n]*/.exec(text);
  const line = match ? match[0].trimEnd() : '';
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

/** Lines without their endings (LF, CRLF); a final newline makes no empty last line. */
export function splitLines(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/**
 * The same text in memory of its own. Engines make a slice refer to the text that it was cut from, which stays in
 * memory with it; joining pieces writes a new one.
 */
export function copyText(text: string): string {
  return text.length < 2 ? text : [text.slice(0, 1), text.slice(1)].join('');
}

/** How many UTF-16 surrogates stand alone: such text can't be written as UTF-8 without loss. */
export function countLoneSurrogates(text: string): number {
  if (text.isWellFormed()) return 0;
  return text.match(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g)?.length ?? 0;
}

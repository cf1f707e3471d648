import { stripAnsi } from '../../base/text.ts';

/** Text of a run as it may go to a terminal: no escape sequences, no control characters but newline and tab. */
export function terminalText(text: string): string {
  return stripAnsi(text)
    .replaceAll('\r\n', '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (char) =>
      char.charCodeAt(0) < 0x20 ? String.fromCodePoint(0x2400 + char.charCodeAt(0)) : '\ufffd',
    );
}

/** Lines indented by two spaces. */
export function indent(text: string, by = '  '): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : by + line))
    .join('\n');
}

import { splitLines } from '../../base/text.ts';

/**
 * Messages of failing tests as pytest prints them on the checker's terminal: below `____ test_name ____` the lines
 * that begin with `E`. A screen pads its lines with blanks, which are cut off. Keyed by the name in the heading.
 */
export function readFailureMessages(screen: string): Map<string, string> {
  const messages = new Map<string, string>();
  let test: string | undefined;
  let lines: string[] = [];
  const close = (): void => {
    if (test !== undefined && lines.length > 0 && !messages.has(test)) messages.set(test, lines.join('\n'));
    lines = [];
  };
  for (const padded of splitLines(screen)) {
    const line = padded.trimEnd();
    const heading = /^_{3,} (?:ERROR at \w+ of )?(\S.*?) _{3,}$/.exec(line);
    if (heading || /^={3,} /.test(line)) {
      close();
      test = heading?.[1];
    } else if (test !== undefined && /^E(?: {2}|$)/.test(line)) lines.push(line.slice(1).trimStart());
  }
  close();
  return messages;
}

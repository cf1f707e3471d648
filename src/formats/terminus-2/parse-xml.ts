import { lineCounter } from './json-scan.ts';
import { aside, isTrue, type TerminusCommand, type TerminusResponse } from './response.ts';

/**
 * The XML variant: `<response>` with `<analysis>`, `<plan>`, `<commands>` and `<task_complete>`. It is no real XML:
 * entities count verbatim, so text is cut out by tags alone. Only the first block of each kind is executed.
 */
export function parseXmlResponse(text: string): TerminusResponse {
  const open = text.indexOf('<response>');
  const bodyStart = open < 0 ? 0 : open + '<response>'.length;
  const close = text.indexOf('</response>', bodyStart);
  const bodyEnd = close < 0 ? text.length : close;
  const body = text.slice(bodyStart, bodyEnd);
  const section = findSection(body, 'commands');
  const block = section ?? { start: 0, end: body.length, whole: false };
  const commands = readKeystrokes(text, bodyStart + block.start, bodyStart + block.end);
  const thoughts = ['analysis', 'plan'].flatMap((name) => {
    const found = findSection(body, name);
    const content = found ? body.slice(found.start, found.end).trim() : '';
    return content === '' ? [] : [content];
  });
  const complete = findSection(body, 'task_complete');
  const broken = open < 0 || close < 0 || (section !== undefined && !section.whole) || commands.cut;
  return {
    syntax: 'xml',
    thoughts: [
      ...(open > 0 ? aside(text.slice(0, open)) : []),
      ...thoughts,
      ...(close < 0 ? [] : aside(text.slice(close + '</response>'.length))),
    ],
    commands: commands.list,
    taskComplete: complete !== undefined && isTrue(body.slice(complete.start, complete.end)),
    ...(broken && {
      problem: `the XML is not whole; ${commands.list.length} commands were picked out of it`,
    }),
  };
}

interface Section {
  readonly start: number;
  readonly end: number;
  readonly whole: boolean;
}

/** Content of the first `<name>` block; to the end of the text when its closing tag is missing. */
function findSection(body: string, name: string): Section | undefined {
  const open = body.indexOf(`<${name}>`);
  if (open < 0) return undefined;
  const start = open + name.length + 2;
  const close = body.indexOf(`</${name}>`, start);
  return close < 0 ? { start, end: body.length, whole: false } : { start, end: close, whole: true };
}

function readKeystrokes(text: string, from: number, to: number): { list: TerminusCommand[]; cut: boolean } {
  const list: TerminusCommand[] = [];
  const lineAt = lineCounter(text);
  for (let at = text.indexOf('<keystrokes', from); at >= 0 && at < to; ) {
    const tagEnd = text.indexOf('>', at);
    const close = tagEnd < 0 ? -1 : text.indexOf('</keystrokes>', tagEnd);
    if (tagEnd < 0 || close < 0 || close > to) return { list, cut: true };
    const keystrokes = text.slice(tagEnd + 1, close);
    const duration = Number(
      /duration\s*=\s*["']([^"']*)["']/.exec(text.slice(at, tagEnd))?.[1] ?? Number.NaN,
    );
    list.push({
      keystrokes,
      args: Number.isFinite(duration) ? { keystrokes, duration } : { keystrokes },
      place: { line: lineAt(at) },
    });
    at = text.indexOf('<keystrokes', close);
  }
  return { list, cut: false };
}

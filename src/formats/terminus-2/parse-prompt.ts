/** What the prompt of an episode says of the commands of the episode before. */
export interface EpisodePrompt {
  /** What the terminal showed, with the line of the prompt on which it begins; undefined when it shows none. */
  readonly output?: { readonly text: string; readonly line: number };
  /** What else stands in front of it: warnings of the parser, the summary at a hand-over. */
  readonly preface: string;
  /** The response before was refused as a whole: none of its commands ran. */
  readonly rejected: boolean;
  /** The harness says that the last command did not end in time. */
  readonly timedOut: boolean;
}

/** Labels of the terminal's output, of now and of older versions; the first that stands there counts. */
const LABELS = [
  'New Terminal Output:',
  'Current Terminal Screen:',
  'Current terminal state:',
  'Here is the current state of the terminal:',
];

const REJECTED = 'Previous response had parsing errors:';
const HANDOVERS = [
  'Here are the answers the other agent provided.',
  'You are picking up work from a previous',
];

/** Reads a prompt after the first. */
export function parsePrompt(text: string): EpisodePrompt {
  const rejected = text.trimStart().startsWith(REJECTED);
  if (rejected) return { preface: text, rejected, timedOut: false };
  const timedOut = /^The previous command timed out after /m.test(text);
  const label = findLabel(text);
  if (!label) return { preface: text, rejected, timedOut };
  const { start, end } = label;
  const output = text.slice(end).replace(/^[ \t]*\r?\n/, '');
  const line = countLines(text.slice(0, text.length - output.length));
  return { output: { text: output, line }, preface: text.slice(0, start), rejected, timedOut };
}

/** Whether the conversation was summarised and started anew before this prompt. */
export function isHandover(text: string): boolean {
  return HANDOVERS.some((start) => text.includes(start));
}

function findLabel(text: string): { start: number; end: number } | undefined {
  for (const label of LABELS) {
    for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
      const opensLine = at === 0 || text[at - 1] === '\n';
      if (opensLine) return { start: at, end: at + label.length };
    }
  }
  return undefined;
}

/** Number, from 1, of the line that begins after `before`. */
function countLines(before: string): number {
  let line = 1;
  for (let at = before.indexOf('\n'); at >= 0; at = before.indexOf('\n', at + 1)) line++;
  return line;
}

import { foldWhitespace } from '../../base/text.ts';

/** How parts of a line are marked. Texts come out on one line. */
export interface Style {
  /** Before a step that changed nothing, and other items. */
  readonly item: string;
  /** Before a step that made a state. */
  readonly change: string;
  readonly plain: (text: string) => string;
  readonly strong: (text: string) => string;
  /** Text of the run: a command, a path. */
  readonly code: (text: string) => string;
}

const flat = (text: string): string => foldWhitespace(text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' '));

/** For terminals and language models. */
export const TEXT: Style = { item: '- ', change: '* ', plain: flat, strong: flat, code: flat };

/** For files that are shown as pages: nothing that a run wrote can become a heading, a list, or HTML. */
export const MARKDOWN: Style = {
  item: '- ',
  change: '- ',
  plain: (text) => flat(text).replace(/[\\`*_{}[\]<>#|~]/g, (char) => `\\${char}`),
  strong: (text) => `**${text}**`,
  code: (text) => codeSpan(flat(text)),
};

/** A code span whose fence is longer than any row of backticks in the text. */
function codeSpan(text: string): string {
  if (text === '') return '';
  let longest = 0;
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  if (longest === 0) return `\`${text}\``;
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}

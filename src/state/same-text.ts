/** How a text that a read showed stands to the content that we hold. */
export type Likeness =
  | 'equal'
  /** Equal but for newlines at the end, which many frameworks cut off. */
  | 'equal-to-end'
  /** Equal as shown: a terminal's carriage returns or tabs turned into blanks hide the rest. */
  | 'looks-equal'
  | 'different';

export function compareText(held: string, shown: string): Likeness {
  if (held === shown) return 'equal';
  const [left, right] = [held, shown].map((text) => text.replace(/\n{1,3}$/, ''));
  if (left === undefined || right === undefined) return 'different';
  if (left === right) return 'equal-to-end';
  const [plain, seen] = [left, right].map((text) => text.replaceAll('\r\n', '\n').replace(/\r$/, ''));
  if (plain === undefined || seen === undefined) return 'different';
  if (plain === seen) return 'looks-equal';
  return plain.includes('\t') && !seen.includes('\t') && expandTabs(plain) === seen
    ? 'looks-equal'
    : 'different';
}

function expandTabs(text: string): string {
  let column = 0;
  return text.replace(/[^\t\n]+|\t|\n/g, (part) => {
    if (part === '\n') {
      column = 0;
      return part;
    }
    const width = part === '\t' ? 8 - (column % 8) : part.length;
    column += width;
    return part === '\t' ? ' '.repeat(width) : part;
  });
}

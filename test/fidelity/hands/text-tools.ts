/** Parts that the edit tools of several agents share. */

/** Lines as `cat -n` numbers them in the answers of editor tools. */
export function numberLines(text: string, from = 1, mark = '\t', width = 6): string {
  return text
    .split('\n')
    .map((line, index) => `${String(index + from).padStart(width)}${mark}${line}`)
    .join('\n');
}

/** Tabs become blanks up to the next multiple of eight, as Python's `expandtabs` and terminals do it. */
export function expandTabs(text: string): string {
  let column = 0;
  let out = '';
  for (const character of text) {
    if (character === '\t') {
      const width = 8 - (column % 8);
      out += ' '.repeat(width);
      column += width;
    } else {
      out += character;
      column = character === '\n' ? 0 : column + 1;
    }
  }
  return out;
}

export function countOf(text: string, part: string): number {
  return part === '' ? 0 : text.split(part).length - 1;
}

/** The first occurrence replaced word for word, without the `$` patterns of String.replace. */
export function replaceFirst(text: string, old: string, by: string): string {
  const at = text.indexOf(old);
  return at < 0 ? text : text.slice(0, at) + by + text.slice(at + old.length);
}

/** Line, from 1, in which a text begins. */
export function lineOf(text: string, part: string): number {
  const at = text.indexOf(part);
  return text.slice(0, Math.max(0, at)).split('\n').length;
}

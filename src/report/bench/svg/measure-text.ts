/** Widths of common sans-serif letters in parts of the font size: an estimate, for the real font is the reader's. */
function widthOf(char: string): number {
  if (/[ijl.,:;'|!]/.test(char)) return 0.28;
  if (/[frt()[\]{}/\\ -]/.test(char)) return 0.37;
  if (/[mwMW%@]/.test(char)) return 0.88;
  if (/[A-Z_=+<>~–]/.test(char)) return 0.68;
  return char > '\u2e80' ? 1 : 0.57;
}

/** Readers' fonts differ: room for the wider ones. */
const SAFETY = 1.12;

/** Estimated width of a text in pixels. */
export function measureText(text: string, size: number): number {
  let sum = 0;
  for (const char of text) sum += widthOf(char);
  return sum * size * SAFETY;
}

/** The text, cut in the middle with an ellipsis where it is wider than `width`: names differ at both of their ends. */
export function fitText(text: string, width: number, size: number): string {
  if (measureText(text, size) <= width) return text;
  const chars = Array.from(text);
  let left = Math.min(chars.length, Math.floor(width / (0.28 * size)));
  // Each round takes one letter away: names are short.
  while (left > 0) {
    const head = Math.ceil(left / 2);
    const tail = left - head;
    const fitted = `${chars.slice(0, head).join('')}…${tail === 0 ? '' : chars.slice(-tail).join('')}`;
    if (measureText(fitted, size) <= width) return fitted;
    left--;
  }
  return '…';
}

/** A table in plain markdown; columns of numbers stand to the right. */
export function markdownTable(
  columns: readonly { readonly title: string; readonly number?: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [
    columns.map((column) => cell(column.title)),
    columns.map((column) => (column.number === true ? '---:' : '---')),
    ...rows.map((row) => columns.map((_, index) => cell(row[index] ?? ''))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** One line without anything that a markdown table, or HTML inside it, would take for its own. */
export function cell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;');
}

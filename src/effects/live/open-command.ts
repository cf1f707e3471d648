import { parseShell } from '../shell/parse-shell.ts';

/** Longer than this no command is waited for: we have lost track. */
const LIMIT = 400_000;

/** The word that ends a here-document which a text leaves open; undefined when it leaves none. */
export function openHereDocument(
  text: string,
): { readonly word: string; readonly tabs: boolean } | undefined {
  if (!text.includes('<<')) return undefined;
  const lines = text.split('\n');
  let open: { word: string; tabs: boolean }[] = [];
  for (const line of lines.slice(0, text.endsWith('\n') ? -1 : undefined)) {
    const [first] = open;
    if (first) {
      if ((first.tabs ? line.replace(/^\t+/, '') : line) === first.word) open = open.slice(1);
      continue;
    }
    if (!line.includes('<<') || !hasHereDocument(line)) continue;
    for (const match of line.matchAll(
      /<<(-?)\s*(?:'([^'\n]{1,80})'|"([^"\n]{1,80})"|\\?([A-Za-z_][\w.-]{0,80}))/g,
    ))
      open.push({ word: match[2] ?? match[3] ?? match[4] ?? '', tabs: match[1] === '-' });
  }
  return open[0];
}

/** `1 << n` in an expression and `<<` in a text are none. */
function hasHereDocument(line: string): boolean {
  return parseShell(line).items.some(
    (item) => item.kind === 'command' && item.command.redirects.some(({ operator }) => operator === '<<'),
  );
}

/** Whether a shell waits for more lines of this command. */
export function isOpenCommand(text: string): boolean {
  if (text.length > LIMIT) return false;
  if (/(?:^|[^\\])(?:\\\\)*\\\n$/.test(text.slice(-200))) return true;
  if (openHereDocument(text)) return true;
  const { problem } = parseShell(text);
  return (
    problem !== undefined &&
    /^(?:unterminated|expected (?:command (?:after|in)|'(?:\}|\)|esac|done|fi)'))/.test(problem)
  );
}

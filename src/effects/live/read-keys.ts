/** What was typed: text, or a key by its name (`Enter`, `Escape`, `C-c`). */
export type KeyEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'key'; readonly name: string };

/** Names of keys as tmux takes them. */
const KEY =
  /^(?:(?:[CMS]-)+(?:.|[A-Z]\w{1,10})|\^[A-Za-z[\]]|Enter|Escape|Esc|Tab|BTab|Space|BSpace|Backspace|Delete|DC|Up|Down|Left|Right|Home|End|PageUp|PageDown|PgUp|PgDn|PPage|NPage|F\d{1,2})$/;

const ALIASES: Readonly<Record<string, string>> = {
  Esc: 'Escape',
  'C-[': 'Escape',
  'C-m': 'Enter',
  'C-j': 'Enter',
  Backspace: 'BSpace',
};

/** Keys as events in order. A text of nothing but names of keys is keys; a last word `Enter` is the key. */
export function readKeys(keystrokes: string): KeyEvent[] {
  const words = keystrokes.trim().split(/\s+/);
  if (words[0] !== '' && words.every((word) => KEY.test(word)) && words.length <= 64)
    return words.map((word) => ({ kind: 'key', name: nameOf(word) }));
  const events: KeyEvent[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') events.push({ kind: 'text', text });
    text = '';
  };
  const body = keystrokes.replace(/\s+(?:Enter|C-m)\s*$/, '\n');
  for (let i = 0; i < body.length; i++) {
    const char = body[i] ?? '';
    // Carriage return and line feed together are one key.
    if (char === '\r' && body[i + 1] === '\n') continue;
    const name = controlName(char);
    if (name === undefined) text += char;
    else {
      flush();
      // Arrow keys and their like come as a sequence that begins with Escape.
      const sequence =
        char === '\u001b' ? /^\u001b(?:\[[0-9;]{0,8}[A-Za-z~]|O[A-Z])/.exec(body.slice(i, i + 16)) : null;
      if (sequence) i += sequence[0].length - 1;
      events.push({ kind: 'key', name: sequence ? 'Arrow' : name });
    }
  }
  flush();
  return events;
}

function nameOf(word: string): string {
  const plain = /^\^.$/.test(word) ? `C-${word.slice(1).toLowerCase()}` : word;
  return ALIASES[plain] ?? plain;
}

function controlName(char: string): string | undefined {
  if (char === '\n' || char === '\r') return 'Enter';
  if (char === '\t') return undefined;
  if (char === '\u001b') return 'Escape';
  if (char === '\u007f' || char === '\b') return 'BSpace';
  const code = char.charCodeAt(0);
  return code > 0 && code < 27 ? `C-${String.fromCharCode(code + 96)}` : undefined;
}

/** Names of the members of a JSON document that are arrays, as far as its first text shows them. */
export function topLevelArrays(head: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let string = -1;
  let last = '';
  for (let i = 0; i < head.length; i++) {
    const code = head.charCodeAt(i);
    if (string >= 0) {
      if (code === 92) i++;
      else if (code === 34) {
        if (depth === 1) last = head.slice(string, i);
        string = -1;
      }
      continue;
    }
    if (code === 34) string = i + 1;
    else if (code === 123 || code === 91) {
      if (code === 91 && depth === 1 && last !== '') names.push(last);
      depth++;
    } else if (code === 125 || code === 93) depth--;
    else if (code === 44 && depth === 1) last = '';
  }
  return names.filter((name) => !name.includes('\\'));
}

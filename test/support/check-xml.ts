/**
 * What is wrong with a text as XML, as far as our own writer could get it wrong: tags that don't match, attributes that are
 * not quoted or come twice, bare `&` and `<`, characters that XML has no place for.
 */
export function checkXml(text: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const TOKEN = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)|(<)/g;
  for (const [whole, closes, name, attributes, selfClosing, content, stray] of text.matchAll(TOKEN)) {
    if (stray !== undefined) problems.push(`a bare < before ${text.slice(0, 40)}`);
    if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(content ?? attributes ?? ''))
      problems.push(`a bare & in ${whole.slice(0, 60)}`);
    if (name === undefined) continue;
    const names = [...(attributes ?? '').matchAll(/([\w:-]+)="/g)].map((match) => match[1]);
    if (new Set(names).size !== names.length) problems.push(`an attribute twice in ${whole.slice(0, 60)}`);
    if (closes === '/') {
      if (open.pop() !== name) problems.push(`</${name}> closes another element`);
    } else if (selfClosing !== '/') open.push(name);
  }
  if (open.length > 0) problems.push(`never closed: ${open.join(', ')}`);
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text))
    problems.push('a character that XML has no place for');
  return problems;
}

/**
 * What a response holds beside the thought and the action that were taken out of it, piece by piece; empty in the usual
 * case. The parsers cut at fences and tags, so these are no text of their own.
 */
export function restOfResponse(response: string, thought: string, action: string): string[] {
  const whole = thought.trim();
  // A thought that was put together from text on both sides of the action stands nowhere whole.
  const glued = whole !== '' && !response.includes(whole);
  let pieces = glued ? linesNotIn(response, `${thought}\n${action}`) : [response];
  for (const part of glued ? [] : [whole, action.trim()]) {
    if (part !== '') pieces = pieces.flatMap((piece) => cutOnce(piece, part));
  }
  return pieces.map(withoutMarks).filter((piece) => piece !== '');
}

function cutOnce(text: string, part: string): string[] {
  // The action stands last as a rule; a mention of it in the thought is no action.
  const at = text.lastIndexOf(part);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + part.length)];
}

function linesNotIn(text: string, known: string): string[] {
  const lines = new Set(known.split('\n').map((line) => line.trim()));
  const rest = text.split('\n').filter((line) => !lines.has(line.trim()));
  return [rest.join('\n')];
}

function withoutMarks(text: string): string {
  return text.replace(/^[ \t]*```\w*[ \t]*$|<\/?command>/gm, '').trim();
}

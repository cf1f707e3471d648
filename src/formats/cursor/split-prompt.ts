const OPEN = '<user_query>';
const CLOSE = '</user_query>';

/**
 * What Cursor adds to a prompt (open files, rules, the time) stands around the user's own words, which have a tag of
 * their own. A text without the tag is the user's as a whole.
 */
export function splitPrompt(text: string): { readonly prompt: string; readonly around: string } {
  const prompts: string[] = [];
  const around: string[] = [];
  let from = 0;
  for (let open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
    const close = text.indexOf(CLOSE, open);
    if (close < 0) break;
    around.push(text.slice(from, open));
    prompts.push(text.slice(open + OPEN.length, close).trim());
    from = close + CLOSE.length;
  }
  if (prompts.length === 0) return { prompt: text, around: '' };
  around.push(text.slice(from));
  const rest = around.map((part) => part.trim()).filter((part) => part !== '');
  return { prompt: prompts.join('\n\n'), around: rest.join('\n\n') };
}

/** An answer as words and what the pipeline took of it: from the first fence on, or all of it. */
export function splitAnswer(answer: string): { readonly thought?: string; readonly action: string } {
  const text = answer.trim();
  const fence = text.startsWith('```') ? 0 : text.indexOf('\n```');
  if (fence <= 0) return { action: text };
  const thought = text.slice(0, fence).trim();
  return { ...(thought !== '' && { thought }), action: text.slice(fence + 1) };
}

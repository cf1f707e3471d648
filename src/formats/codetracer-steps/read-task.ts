import type { PlacedText, Task } from '../../model/run.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/** What ours says when the text of the task is not known. */
const UNKNOWN = '_The artifacts do not hold the text of the task._';

/** The task of a `task.md`: in ours the text between the title and the outcome, else the file as it stands. */
export function readTask(text: string, place: SourceRef): Task | undefined {
  const title = /^# ([^\n]*)\n\n/.exec(text);
  const end = text.lastIndexOf('\n\n## Outcome\n');
  if (!title || end < 0) return text.trim() === '' ? undefined : { text: text.trim(), place };
  const body = text.slice(title[0].length, end);
  const id = title[1] ?? '';
  return { ...(id !== '' && { id }), ...(body !== UNKNOWN && { text: body }), place: { ...place, line: 3 } };
}

const FINAL = '\n\n## Final message\n\n';

/** What the agent said last, which ours puts at the end of the page; undefined where the page is another's. */
export function readFinalWords(text: string, place: SourceRef): PlacedText | undefined {
  const outcome = text.lastIndexOf('\n\n## Outcome\n');
  const start = outcome < 0 ? -1 : text.indexOf(FINAL, outcome);
  if (start < 0 || !text.startsWith('# ')) return undefined;
  const words = text.slice(start + FINAL.length).replace(/\n$/, '');
  const line = text.slice(0, start + FINAL.length).split('\n').length;
  return words === '' ? undefined : { text: words, place: { ...place, line } };
}

const TASK_MARK = /\{\{-?\s*task\s*-?\}\}/;

/** Sentences with which the default prompts introduce the task and go on after it. */
const OPENINGS = ['Consider the following PR description:\n', 'Please solve this issue: ', 'Your task: '];
const CLOSINGS = [
  '\n\nYou can execute bash commands and edit files to implement the necessary changes.',
  '. Please reply with a single shell command in triple backticks.',
];

/** The task inside the first prompt: by the recorded template, else by the wording of the default prompts; else all of it. */
export function readTaskText(prompt: string, template: unknown): string {
  return fromTemplate(prompt, template) ?? fromWording(prompt);
}

function fromTemplate(prompt: string, template: unknown): string | undefined {
  if (typeof template !== 'string') return undefined;
  const mark = TASK_MARK.exec(template);
  if (!mark) return undefined;
  const before = template.slice(0, mark.index);
  const rest = template.slice(mark.index + mark[0].length);
  // Only literal text can be looked for: the template's text up to its next expression.
  const after = rest.split(/\{[{%#]/, 1)[0] ?? '';
  if (/\{[{%#]/.test(before) || !prompt.startsWith(before)) return undefined;
  const close = after.trimEnd();
  const end = close === '' ? prompt.length : prompt.lastIndexOf(close);
  return end < before.length ? undefined : prompt.slice(before.length, end);
}

function fromWording(prompt: string): string {
  const tagged =
    inside(prompt, '<pr_description>', '</pr_description>') ?? inside(prompt, '<task>', '</task>');
  let text = tagged ?? prompt;
  const opening = OPENINGS.find((words) => text.trimStart().startsWith(words));
  if (opening !== undefined) text = text.trimStart().slice(opening.length);
  for (const closing of CLOSINGS) {
    const at = text.indexOf(closing);
    if (at >= 0) text = text.slice(0, at);
  }
  return text.trim();
}

function inside(text: string, open: string, close: string): string | undefined {
  const start = text.indexOf(open);
  const end = text.lastIndexOf(close);
  return start < 0 || end < start ? undefined : text.slice(start + open.length, end);
}

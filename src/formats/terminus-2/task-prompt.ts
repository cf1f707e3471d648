const OPENING = 'Task Description:\n';
const CLOSING = '\n\nCurrent terminal state:\n';

/** The task inside the first prompt, which is the whole template: rules, task, the terminal at the start. */
export function readTaskText(prompt: string): string | undefined {
  const open = prompt.indexOf(OPENING);
  if (open < 0) return undefined;
  const start = open + OPENING.length;
  const close = prompt.lastIndexOf(CLOSING);
  return prompt.slice(start, close < start ? prompt.length : close).trim();
}

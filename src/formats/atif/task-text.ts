/** Beginnings of messages that agents send on their own before the user's: surroundings, rules, memory. */
const PREAMBLES = [
  '<environment_context>',
  '<user_instructions>',
  '<permissions instructions>',
  '<system-reminder>',
  '# AGENTS.md',
];

export function isContextPreamble(text: string): boolean {
  const start = text.trimStart();
  return PREAMBLES.some((preamble) => start.startsWith(preamble));
}

const OPENING = 'Task Description:\n';
const CLOSING = '\n\nCurrent terminal state:\n';

/** The task inside a prompt: Terminus 2 sends its whole template with it; others send the task alone. */
export function readTaskText(prompt: string): string {
  const open = prompt.indexOf(OPENING);
  if (open < 0) return prompt;
  const start = open + OPENING.length;
  const close = prompt.lastIndexOf(CLOSING);
  return prompt.slice(start, close < start ? prompt.length : close).trim();
}

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

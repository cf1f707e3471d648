/** Words between which the prompts of the versions put the task. */
const FRAMES: readonly (readonly [string, string])[] = [
  ['<pr_description>\n', '\n</pr_description>'],
  ["Here's the issue text:\nISSUE:\n", '\n\nINSTRUCTIONS:'],
  ['\nISSUE:\n', '\n\nINSTRUCTIONS:'],
  ["We're currently solving the following CTF challenge. ", '\n\nINSTRUCTIONS:'],
];

/** The task inside the first prompt, by the wording of the default prompts; else all of it. */
export function readTaskText(prompt: string): string {
  for (const [open, close] of FRAMES) {
    const start = prompt.indexOf(open);
    if (start < 0) continue;
    const end = prompt.lastIndexOf(close);
    if (end >= start + open.length) return prompt.slice(start + open.length, end).trim();
  }
  return prompt.trim();
}

/** The directory that the first prompt names; it ends with the state of the terminal. */
export function readPromptDirectory(prompt: string): string | undefined {
  const match = /\(Current directory: (\/[^\n)]*)\)\s*bash-\$\s*$/.exec(prompt.slice(-2000));
  return match?.[1];
}

import type { JsonObject } from '../../base/json.ts';

/** A line of the user's that made aider run something. */
export interface UserCommand {
  /** `/run`, `/test`, `/git` …; `/run` for `!command` too. */
  readonly tool: string;
  /** What was run, as far as the line says it. */
  readonly action: string;
  readonly args: JsonObject;
}

/** Commands that run a program or change the repository. The others steer the chat: they are prompts or nothing. */
const RUNS = new Set(['run', 'test', 'git', 'lint', 'commit', 'undo']);

export function readUserCommand(prompt: string): UserCommand | undefined {
  const bang = /^!\s*(\S[\s\S]*)$/.exec(prompt);
  if (bang) return shell('/run', bang[1] ?? '');
  const match = /^\/([a-z-]{2,20})(?:\s+([\s\S]*))?$/.exec(prompt.trim());
  const name = match?.[1];
  if (name === undefined) return undefined;
  const full = RUNS.has(name) ? name : undefined;
  if (full === undefined) return undefined;
  const rest = (match?.[2] ?? '').trim();
  if (full === 'git') return rest === '' ? undefined : shell('/git', `git ${rest}`);
  if (full === 'run') return rest === '' ? undefined : shell('/run', rest);
  if (full === 'test' && rest !== '') return shell('/test', rest);
  return { tool: `/${full}`, action: prompt.trim(), args: rest === '' ? {} : { text: rest } };
}

function shell(tool: string, command: string): UserCommand {
  const text = command.trim();
  return { tool, action: text, args: { command: text } };
}

/** A prompt that steers the chat (`/add a.py`, `/drop`): nothing that the user asks the agent for. */
export function isSteering(prompt: string): boolean {
  return (
    /^\/[a-z][a-z-]{1,20}(?:\s|$)/.test(prompt) &&
    !/^\/(?:ask|code|architect|help|context|ok)\s+\S/.test(prompt)
  );
}

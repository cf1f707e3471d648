import type { ContentChange, Effect } from '../../model/effect.ts';
import { commandArg, pathArg, textArg } from './arguments.ts';
import { shellTool } from './shell-tools.ts';
import { type ToolCall, type ToolReader, toolResult } from './tool-call.ts';

/** An edit of aider's: a block of search and replace, a whole file, or a diff. Aider commits what it changed. */
export const aiderEditTool: ToolReader = (call) => {
  const path = pathArg(call.args);
  if (path === undefined) return undefined;
  const change = readChange(call);
  const creates =
    change.kind === 'set' ||
    /^(?:Creating empty file|Allow creation of new file) /m.test(call.observation ?? '');
  return toolResult(call, [
    { kind: 'write', path, change, ...(creates && { creates: true }), certainty: 'certain' },
    ...commitsIn(call.observation),
  ]);
};

function readChange({ args }: ToolCall): ContentChange {
  const content = textArg(args, 'content');
  if (content !== undefined) return { kind: 'set', content };
  const diff = textArg(args, 'diff');
  if (diff !== undefined) {
    // Aider's own diffs leave the line numbers out; without them only aider knows where a hunk goes.
    return /^@@ -\d/m.test(diff) ? { kind: 'patch', diff } : { kind: 'unknown' };
  }
  const search = textArg(args, 'search') ?? '';
  const replace = textArg(args, 'replace') ?? '';
  // An empty search puts the text at the end, or into a new file.
  if (search.trim() === '') return { kind: 'append', content: replace };
  return { kind: 'replace', old: search, new: replace, all: false };
}

/** The user's `/test`, `/git`, `/commit`, `/undo`, `/lint` in aider's chat. */
export const aiderCommandTool: ToolReader = (call) => {
  if (commandArg(call.args) !== undefined) return shellTool(call);
  // Other agents' tools may have these names; aider's own begin with a slash.
  if (!call.tool.startsWith('/')) return undefined;
  switch (call.key) {
    case 'commit':
      return toolResult(call, [git('commit', [])]);
    case 'undo':
      return toolResult(call, [git('reset', ['--hard', 'HEAD~1'])]);
    case 'test':
      return toolResult(call, [{ kind: 'test', runner: 'test', targets: [], certainty: 'certain' }]);
    case 'lint':
      return toolResult(call, [{ kind: 'run', program: 'lint', certainty: 'likely' }]);
    default:
      return undefined;
  }
};

function commitsIn(observation: string | undefined): Effect[] {
  return /^Commit [0-9a-f]{7,40} /m.test(observation ?? '') ? [git('commit', [])] : [];
}

function git(command: string, args: readonly string[]): Effect {
  return { kind: 'git', command, args, changes: true, certainty: 'certain' };
}

import type { Effect } from '../../model/effect.ts';
import { analyzeShell } from '../shell/analyze-shell.ts';
import { splitApplyPatch } from '../split-apply-patch.ts';
import { textArg } from './arguments.ts';
import { shellTool } from './shell-tools.ts';
import { shellResult, type ToolReader, toolResult } from './tool-call.ts';

/** Text for a command that still runs (Codex's `write_stdin`, Copilot's `write_bash`); no text only waits for output. */
export const stdinTool: ToolReader = (call) => {
  const { args } = call;
  const session =
    textArg(args, 'session_id', 'sessionId', 'shellId', 'shell_id') ??
    String(args?.['session_id'] ?? call.tool);
  const keys = textArg(args, 'chars', 'input', 'text', 'data') ?? '';
  const effect: Effect =
    keys === ''
      ? { kind: 'process', action: 'wait', what: session, background: false, certainty: 'certain' }
      : { kind: 'keys', session, keys, certainty: 'certain' };
  return toolResult(call, [effect]);
};

const CODE_LIMIT = 200_000;
/** A call of a shell tool inside a program, up to the text of its command. */
const SHELL_CALL =
  /\b(?:exec_command|shell_command|local_shell|shell)\s*\(\s*\{[^}]{0,500}?\b(?:cmd|command)["']?\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)/gs;
const PATCH_CALL = /\bapply_patch\s*\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)/gs;

/**
 * A program that calls the other tools (Codex's code mode): the commands and patches that stand in it as plain texts.
 * What it puts together from parts is not known.
 */
export const programTool: ToolReader = (call) => {
  const code = (textArg(call.args, 'input', 'code', 'source', 'raw') ?? call.action).slice(0, CODE_LIMIT);
  const commands = [...code.matchAll(SHELL_CALL)].map((match) => unquote(match[1] ?? ''));
  const patches = [...code.matchAll(PATCH_CALL)].map((match) => unquote(match[1] ?? ''));
  const patched = patches.flatMap(splitApplyPatch);
  if (commands.length > 0) return shellResult(analyzeShell(commands.join('\n')), patched);
  if (patched.length > 0) return toolResult(call, patched);
  return toolResult(call, [{ kind: 'run', program: call.tool, certainty: 'possible' }], false);
};

/** `exec` runs a command, or in code mode a program. */
export const execTool: ToolReader = (call) => {
  const { args } = call;
  const isProgram =
    args?.['command'] === undefined && args?.['cmd'] === undefined && typeof args?.['input'] === 'string';
  return isProgram ? programTool(call) : shellTool(call);
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/gs, (_, char: string) => ESCAPES[char] ?? char);
}

import type { Effect } from '../../model/effect.ts';
import { analyzeProgram } from '../shell/analyze-program.ts';
import { analyzeShell, type ShellAnalysis } from '../shell/analyze-shell.ts';
import { readAgentCommand } from './agent-commands.ts';
import { commandArg, flagArg, textArg } from './arguments.ts';
import { readKeystrokes } from './keystrokes.ts';
import { shellResult, type ToolAnalysis, type ToolCall, type ToolReader, toolResult } from './tool-call.ts';

/** A tool that runs a shell text. */
export const shellTool: ToolReader = (call) => {
  const command = commandArg(call.args) ?? (call.args === undefined ? call.action : undefined);
  if (command === undefined) {
    // A restart of the shell, or a call without its text.
    const restart = flagArg(call.args, 'restart', 'reset');
    const effect: Effect = {
      kind: 'process',
      action: 'kill',
      what: 'shell',
      background: false,
      certainty: 'likely',
    };
    return toolResult(call, restart ? [effect] : [], restart);
  }
  if (flagArg(call.args, 'is_input', 'isInput')) return readInput(call, command);
  const own = readAgentCommand(command, call);
  if (own) return own;
  const script = call.script;
  const analysis = enterFolder(analyzeShell(command, script ? { script } : {}), call);
  if (!flagArg(call.args, 'run_in_background', 'is_background', 'isBackground', 'background'))
    return shellResult(analysis);
  // The harness keeps it running when the step ends; what only looks or waits leaves nothing behind.
  const what = analysis.programs.at(-1) ?? 'shell';
  const job: Effect = { kind: 'process', action: 'start', what, background: true, certainty: 'certain' };
  const started = analysis.requested.effects.some(
    (effect) => effect.kind === 'process' && effect.action === 'start',
  );
  const looks =
    analysis.requested.effects.every((effect) => QUIET.has(effect.kind)) && analysis.unknown.length === 0;
  return shellResult(analysis, looks || started ? [] : [job]);
};

/** Some tools run each command in a folder that the call names: it is as if the command began with `cd`. */
function enterFolder(analysis: ShellAnalysis, call: ToolCall): ShellAnalysis {
  const path = textArg(call.args, 'workdir', 'cwd', 'working_directory', 'dir_path', 'directory');
  if (path === undefined || path === '' || path === '.') return analysis;
  const effect: Effect = { kind: 'chdir', path, certainty: 'certain' };
  const place = { statement: 0, chain: 0, maybe: false, background: false, pipe: undefined };
  return {
    ...analysis,
    requested: { ...analysis.requested, effects: [effect, ...analysis.requested.effects] },
    // The tool enters the folder, whatever becomes of the command.
    traced: [{ effect, place, by: 'redirect', program: '' }, ...analysis.traced],
  };
}

const QUIET: ReadonlySet<Effect['kind']> = new Set(['read', 'search', 'chdir', 'env', 'process', 'test']);

/** Text for a process that already runs in the terminal. */
function readInput(call: ToolCall, text: string): ToolAnalysis {
  if (text.trim() === '') return readKeystrokes(call, '');
  return toolResult(call, [{ kind: 'keys', keys: text, certainty: 'certain' }]);
}

/** Code for a Python kernel: `!` and `%` lines are shell commands, `%%bash` makes the whole cell one. */
export const pythonTool: ToolReader = (call) => {
  const code = textArg(call.args, 'code', 'source', 'script', 'command', 'raw') ?? call.action;
  const cell = /^\s*%%(?:bash|sh|!)[^\n]*\n/.exec(code);
  if (cell) return shellResult(analyzeShell(code.slice(cell[0].length)));
  const shellLines: string[] = [];
  const python: string[] = [];
  for (const line of code.split('\n')) {
    const match = /^\s*(?:!|%(?=(?:pip|conda|cd|rm|mkdir|mv|cp|env)\b))(.*)$/.exec(line);
    if (match) shellLines.push(match[1] ?? '');
    else python.push(line);
  }
  const analysis = analyzeProgram('python', python.join('\n'), call.script);
  if (shellLines.length === 0) return shellResult(analysis);
  const shell = analyzeShell(shellLines.join('\n'));
  return shellResult(analysis, shell.requested.effects);
};

import { asString, isObject, type JsonObject } from '../../base/json.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';

/** Tools of the agents that write this format whose one meaningful argument is a shell command. */
const SHELL_TOOLS = new Set([
  'bash',
  'execute_bash',
  'run_shell_command',
  'shell',
  'shell_command',
  'local_shell',
  'exec_command',
  'container.exec',
  'run_command',
  'run_in_terminal',
  'run_terminal_cmd',
  'execute_command',
  'terminal',
]);

export interface ToolAction {
  readonly tool: string;
  readonly action: string;
  readonly args?: JsonObject;
}

/** The action of a tool call: the command of a shell, the keystrokes of a terminal, else name and arguments. */
export function readAction(call: unknown): ToolAction {
  const record: JsonObject = isObject(call) ? call : {};
  const tool = asString(record.function_name) ?? 'unknown';
  return renderTool(tool, record.arguments);
}

export function renderTool(tool: string, raw: unknown): ToolAction {
  const args = parseArguments(raw);
  const action = (args && commandOf(tool, args)) ?? renderAction(tool, args ?? raw);
  return args ? { tool, action, args } : { tool, action };
}

function commandOf(tool: string, args: JsonObject): string | undefined {
  if (typeof args.keystrokes === 'string') return args.keystrokes;
  if (!SHELL_TOOLS.has(tool.toLowerCase())) return undefined;
  const command = args.command ?? args.cmd;
  if (typeof command === 'string') return command;
  return Array.isArray(command) ? joinArgv(command) : undefined;
}

/** `["bash", "-lc", script]` is its script; any other argument vector is quoted so that a shell reads it back. */
function joinArgv(argv: readonly unknown[]): string | undefined {
  const words = argv.filter((word) => typeof word === 'string');
  if (words.length !== argv.length || words.length === 0) return undefined;
  const [shell, flag, script] = words;
  if (words.length === 3 && /^(?:\S*\/)?(?:ba|z|da)?sh$/.test(shell ?? '') && /^-\w*c$/.test(flag ?? ''))
    return script;
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}

import type { StepEffects } from '../model/effect.ts';
import type { Step } from '../model/step.ts';
import type { ShownOutput } from './shown-output.ts';

/** Programs that say "no" or "nothing found" by exit status 1. */
const ANSWERS_BY_STATUS = new Set([
  'grep',
  'egrep',
  'fgrep',
  'zgrep',
  'rg',
  'ag',
  'diff',
  'cmp',
  'test',
  '[',
  '[[',
  'which',
  'pgrep',
  'command',
  'type',
]);

/** Starts of a tool's answer that say that it did nothing. */
const TOOL_REFUSAL =
  /^(?:<tool_use_error>|ERROR:|Error:|Error |No replacement was performed|String to replace not found|File has not been read yet|File does not exist|Your proposed edit has introduced new syntax error|The path .{1,300} does not exist|Invalid `|Usage: \w|No match found|InputValidationError|Permission to use|The user doesn't want to proceed|Ran into .{1,40} while)/;

/** Last words of a shell's output that say that the command failed, for artifacts that record no exit status. */
const SHELL_FAILURE =
  /(?:^|\n)(?:[\w./-]{1,80}: )?(?:line \d+: )?[^:\n]{1,200}: (?:command not found|No such file or directory|Permission denied|Is a directory|Not a directory)\s*$|(?:^|\n)(?:[A-Za-z_][\w.]{0,100}(?:Error|Exception))(?:: [^\n]*)?\s*$|(?:^|\n)bash: [^\n]*syntax error[^\n]*\s*$/;

const SHELL_TOOLS =
  /^(?:bash|shell|sh|terminal|execute_bash|run|local_shell|exec_command|cmd|execute_command)$/i;

/** Whether the step failed as a whole. A search that found nothing did not. */
export function isFailed(step: Step, effects: StepEffects, output: ShownOutput | undefined): boolean {
  if (step.status === 'timeout' || step.status === 'rejected' || step.status === 'interrupted') return true;
  const text = output?.text ?? '';
  if (step.exitCode !== undefined)
    return step.exitCode !== 0 && !answersByStatus(step.exitCode, effects, text);
  if (step.status === 'error')
    return !(/^Exit code 1\b/.test(step.observation ?? '') && answersByStatus(1, effects, text));
  if (SHELL_TOOLS.test(step.tool)) return step.status !== 'ok' && SHELL_FAILURE.test(text.slice(-1500));
  return TOOL_REFUSAL.test(text.slice(0, 400));
}

function answersByStatus(exitCode: number, effects: StepEffects, output: string): boolean {
  if (exitCode !== 1) return false;
  const last = effects.programs.at(-1);
  if (last === undefined || !ANSWERS_BY_STATUS.has(last)) return false;
  return !/: (?:No such file or directory|command not found|Permission denied)/.test(output.slice(0, 2000));
}

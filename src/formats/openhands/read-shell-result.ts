import { asBoolean, asNumber, asString, at } from '../../base/json.ts';
import type { StepStatus } from '../../model/step.ts';

export interface ShellResult {
  readonly exitCode?: number;
  readonly status: StepStatus;
  readonly recordedCwd?: string;
}

/**
 * How a command ended, from the structured fields of its observation: `exit_code`, `timeout` and `metadata`
 * (`exit_code`, `working_dir`, `suffix`). -1 stands for a command that still runs, not for an exit code.
 */
export function readShellResult(fields: unknown): ShellResult {
  const code = asNumber(at(fields, 'metadata', 'exit_code')) ?? asNumber(at(fields, 'exit_code'));
  const suffix = asString(at(fields, 'metadata', 'suffix')) ?? '';
  const cwd = asString(at(fields, 'metadata', 'working_dir'));
  const timeout = asBoolean(at(fields, 'timeout')) === true;
  return {
    ...(code !== undefined && code !== -1 && { exitCode: code }),
    status: shellStatus(code, suffix, timeout),
    ...(cwd !== undefined && cwd !== '' && { recordedCwd: cwd }),
  };
}

function shellStatus(code: number | undefined, suffix: string, timeout: boolean): StepStatus {
  if (timeout || isWaiting(suffix)) return 'timeout';
  if (suffix.includes('CTRL+C was sent')) return 'interrupted';
  if (code === undefined || code === -1) return 'unknown';
  return code === 0 ? 'ok' : 'error';
}

function isWaiting(note: string): boolean {
  return note.includes('no new output after') || note.includes('timed out after');
}

/** Notes that the harness puts under a command's output stand at its end. */
const NOTES_LENGTH = 1500;
const EXIT = /\[(?:The command completed|Command finished) with exit code (-?\d+)/g;
const CWD = /\[Current working directory: ([^\]\n]+)\]/g;
/** The prompt of older versions: `user@host:/path #`. */
const PROMPT = /\n[\w.-]+@[\w.-]+:(\/[^\s$#]*) [$#]\s*\n/g;

/** The same from the text that the model was shown, where only that was recorded. */
export function readShownShellResult(text: string): ShellResult {
  const notes = text.slice(-NOTES_LENGTH);
  const code = lastGroup(notes, EXIT);
  const cwd = lastGroup(notes, CWD) ?? lastGroup(notes, PROMPT);
  const exit = code === undefined ? undefined : Number(code);
  return {
    ...(exit !== undefined && exit !== -1 && { exitCode: exit }),
    status: shellStatus(exit, notes, false),
    ...(cwd !== undefined && { recordedCwd: cwd }),
  };
}

function lastGroup(text: string, pattern: RegExp): string | undefined {
  let last: string | undefined;
  for (const match of text.matchAll(pattern)) last = match[1];
  return last;
}

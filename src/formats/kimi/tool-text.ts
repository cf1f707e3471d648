import { asString, type JsonObject } from '../../base/json.ts';
import type { StepStatus } from '../../model/step.ts';
import { renderAction } from '../shared/render-action.ts';

/** The action's text: the command for the shell, else the call with its arguments. */
export function describeCall(tool: string, args: JsonObject | undefined, raw: unknown): string {
  const command = tool === 'Bash' || tool === 'Shell' || tool === 'CMD' ? asString(args?.command) : undefined;
  return command ?? renderAction(tool, args ?? raw);
}

/** The exit code in the line that the shell tool adds to the output of a command that failed. */
export function readExitCode(text: string): number | undefined {
  const match =
    /^<system>(?:ERROR: )?Command failed with exit code: (\d{1,3})\.?<\/system>/.exec(text) ??
    /(?:^|\n)Command failed with exit code: (\d{1,3})\.?\s*$/.exec(text.slice(-200));
  return match ? Number(match[1]) : undefined;
}

/** Openings of the notes with which tools say that they did what they were asked to. */
const DONE =
  /^<system>(?:(?:Command executed|File|Context gathered) successfully|File successfully|Thought logged|Found \d+ match|\d+ lines? read|Todo list updated)/;

/** How a call ended, by the note that opens its result; older versions mark no errors, so that many stay unknown. */
export function statusOfText(text: string): StepStatus {
  if (readExitCode(text) !== undefined) return 'error';
  if (text.includes('The tool call is rejected by the user')) return 'rejected';
  if (/^<system>(?:ERROR: )?(?:Command )?killed by timeout/i.test(text)) return 'timeout';
  if (/^<system>ERROR\b/.test(text)) return 'error';
  return DONE.test(text) ? 'ok' : 'unknown';
}

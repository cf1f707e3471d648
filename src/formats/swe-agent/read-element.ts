import { asString, at, isObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { StepStatus } from '../../model/step.ts';

/** One element of `trajectory`, taken apart. */
export interface TrajectoryElement {
  readonly action: string;
  readonly thought: string;
  readonly response: string;
  readonly observation: string | undefined;
  readonly cwd: string | undefined;
}

/** An element from a record; undefined when it is no object. Missing text reads as blank, a missing observation as unknown. */
export function readElement(record: unknown): TrajectoryElement | undefined {
  if (!isObject(record)) return undefined;
  return {
    action: asString(record.action) ?? '',
    thought: asString(record.thought) ?? '',
    response: asString(record.response) ?? '',
    observation: asString(record.observation),
    cwd: workingDirectory(record.state),
  };
}

/** The state after the step: an object since 1.0, JSON text before. */
function workingDirectory(state: unknown): string | undefined {
  const cwd = asString(at(parseLoose(state), 'working_dir'));
  return cwd?.startsWith('/') ? cwd : undefined;
}

/** An object as recorded, or out of JSON text. */
export function parseLoose(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return parseJsonText(value);
}

const TIMED_OUT =
  /^\s*(?:EXECUTION TIMED OUT|COMMAND TIMED OUT|The command .{0,4000}? was cancelled because it took more than)/s;
const REJECTED =
  /^\s*(?:Operation '.{0,2000}?' is not supported by this environment|Your bash command contained syntax errors and was NOT executed)/s;
const BROKEN =
  /^\s*(?:EXECUTION FAILED OR COMMAND MALFORMED|COMMAND FAILED TO EXECUTE|BROKEN PIPE ERROR|Your proposed edit has introduced new syntax error|Your edit was not applied)/;

/** No exit status is recorded; the harness's own replies tell how some commands ended. */
export function statusOfObservation(observation: string): StepStatus {
  const head = observation.slice(0, 5000);
  if (TIMED_OUT.test(head)) return 'timeout';
  if (REJECTED.test(head)) return 'rejected';
  return BROKEN.test(head) ? 'error' : 'unknown';
}

import type { StepStatus } from '../../model/step.ts';

/** What the text of an observation says about the command's end. */
export interface ObservationFacts {
  readonly exitCode?: number;
  readonly status: StepStatus;
  /** The harness left out a part of the output. */
  readonly elided: boolean;
  /** Whether the text has the shape that the harness gives to observations. */
  readonly recognized: boolean;
}

const RETURN_CODE = /^\s*<returncode>\s*(-?\d+)\s*<\/returncode>/;
const AS_JSON = /^\s*\{\s*"returncode"\s*:\s*(-?\d+)/;
const TIMED_OUT = /timed out/;
const REJECTED = /^Commands? not executed\b/;

/** Reads the end of a command off the text that the agent was shown; facts recorded beside it come first. */
export function readObservation(
  text: string,
  recorded: { readonly exitCode?: number; readonly exception?: string } = {},
): ObservationFacts {
  const exception = recorded.exception ?? leadingException(text);
  const body = text.startsWith('<exception>') ? text.slice(endOf(text, '</exception>')) : text;
  const code = RETURN_CODE.exec(body) ?? AS_JSON.exec(body) ?? codeInDictionary(body);
  const exitCode = recorded.exitCode ?? (code ? Number(code[1]) : undefined);
  const killed = isTimeoutReply(text);
  const rejected = REJECTED.test(text);
  return {
    ...(exitCode !== undefined && { exitCode }),
    status: statusOf(exitCode, exception, killed, rejected),
    elided: text.includes('<elided_chars>'),
    recognized: code !== null || exception !== undefined || killed || rejected,
  };
}

function statusOf(
  exitCode: number | undefined,
  exception: string | undefined,
  killed: boolean,
  rejected: boolean,
): StepStatus {
  if (rejected || exception === 'action was not executed') return 'rejected';
  if (killed || (exception !== undefined && TIMED_OUT.test(exception))) return 'timeout';
  if (exception !== undefined) return 'error';
  if (exitCode === undefined) return 'unknown';
  return exitCode === 0 ? 'ok' : 'error';
}

/** The first versions showed the Python dictionary, the code at its end. */
function codeInDictionary(text: string): RegExpExecArray | null {
  return text.startsWith('Observation: {') ? /'returncode': (-?\d+)/.exec(text.slice(-200)) : null;
}

function leadingException(text: string): string | undefined {
  if (!text.startsWith('<exception>')) return undefined;
  const end = text.indexOf('</exception>');
  return text.slice('<exception>'.length, end < 0 ? undefined : end);
}

function endOf(text: string, mark: string): number {
  const at = text.indexOf(mark);
  return at < 0 ? text.length : at + mark.length;
}

/** v1 replaces the observation of a killed command by a text of its own; the command stands in its first sentence. */
function isTimeoutReply(text: string): boolean {
  return (
    text.startsWith('The last command <command>') && text.includes('</command> timed out and has been killed')
  );
}

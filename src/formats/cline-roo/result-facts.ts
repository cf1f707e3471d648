import type { StepStatus } from '../../model/step.ts';

export interface ResultFactsOfText {
  readonly status: StepStatus;
  readonly exitCode?: number;
  readonly recordedCwd?: string;
}

const HEAD = 4000;

/** How a call ended, by the extension's own words at the start of its result. */
export function readResultFacts(tool: string, text: string, failed: boolean): ResultFactsOfText {
  const head = text.slice(0, HEAD);
  const command = tool === 'execute_command' ? readCommand(head) : undefined;
  if (command) return command;
  if (/^\s*(?:The user denied|\{"status":"denied")/.test(head)) return { status: 'rejected' };
  if (/^\s*(?:Tool \[[^\]\n]{1,200}\] was not executed|Skipping tool )/.test(head))
    return { status: 'rejected' };
  if (/^\s*(?:The tool execution failed|\{"status":"error")/.test(head)) return { status: 'error' };
  if (
    /^\s*(?:<error>|<file_diff_error>|Error (?:executing|reading|writing|searching)\b|Tool '[^'\n]{1,200}' does not exist)/.test(
      head,
    )
  ) {
    return { status: 'error' };
  }
  if (tool === 'apply_diff' && /^\s*(?:Unable to apply diff|No sufficiently similar match)/.test(head)) {
    return { status: 'error' };
  }
  return { status: failed ? 'error' : 'ok' };
}

/** `Command executed in terminal within working directory '/a'. Exit code: 0` in several wordings. */
function readCommand(head: string): ResultFactsOfText | undefined {
  if (/^\s*Command is still running/.test(head)) return { status: 'unknown' };
  if (/^\s*Command (?:execution )?timed out|^\s*The command was terminated after exceeding/.test(head)) {
    return { status: 'timeout' };
  }
  const first = /^\s*Command (?:executed|failed|was interrupted)[^\n]*/.exec(head)?.[0];
  if (first === undefined) return undefined;
  const code = /[Ee]xit code:? (-?\d{1,10})/.exec(first)?.[1];
  const cwd = /working directory '([^'\n]{1,1000})'/.exec(first)?.[1];
  const exitCode = code === undefined ? undefined : Number(code);
  return {
    status:
      exitCode === undefined
        ? first.includes('failed')
          ? 'error'
          : 'unknown'
        : exitCode === 0
          ? 'ok'
          : 'error',
    ...(exitCode !== undefined && { exitCode }),
    ...(cwd !== undefined && { recordedCwd: cwd }),
  };
}

import type { Step } from '../model/step.ts';

/** The output of a step without the frame that its framework puts around it. */
export interface ShownOutput {
  readonly text: string;
  /** Whether nothing was cut out on the way to the agent. */
  readonly whole: boolean;
}

/** Marks that frameworks leave where they cut output, verbatim from their templates. */
const CUT =
  /<elided_chars>|<output_head>|<response clipped>|\[\.\.\. Observation truncated|\[Observation truncated|Observation: Output truncated|\[\d+ (?:lines|characters) truncated\]|\.\.\. \[\d+ (?:lines|characters) (?:truncated|omitted)\] \.\.\.|\[output limited to \d+ bytes|<persisted-output>|Output too large|<NOTE>\s*This file was truncated|\[truncated\]|\(truncated\)|… \d+ more … |Tool output truncated|Total output lines: \d+/;

const MINI =
  /^(?:<exception>[\s\S]{0,2000}<\/exception>\n)?<returncode>-?\d+<\/returncode>\n(?:<warning>[\s\S]{0,2000}<\/warning>\n?)?<output>\n?/;
const PREFIX = /^(?:OBSERVATION:\n|EXECUTION RESULT of \[\w+\]:\n|Exit code \d+\n)/;
const OPENHANDS_LINE =
  /(?:\n\S{1,60}@\S{1,60}:[^\n]{0,200}[#$] ?)?\n?\[(?:The command completed with exit code -?\d+\.?[^\]\n]*|Current working directory: [^\]\n]*|Python [Ii]nterpreter: [^\]\n]*|Command finished with exit code -?\d+|Jupyter [^\n]*)\]$/;
const SWE_AGENT_TAIL = /\n?\(Open file: [^\n]*\)\n\(Current directory: [^\n]*\)\n(?:bash-)?\$\s*$/;
const REMINDER = '<system-reminder>';

/** A longer raw output that the artifact holds beside the shown one is preferred. */
export function readOutput(step: Step): ShownOutput | undefined {
  if (step.rawOutput !== undefined) return { text: step.rawOutput, whole: true };
  if (step.observation === undefined) return undefined;
  const shown = step.observation;
  let text = shown.replace(PREFIX, '');
  const mini = MINI.exec(text.slice(0, 3000));
  if (mini) {
    const end = text.lastIndexOf('</output>');
    text = text.slice(mini[0].length, end < mini[0].length ? undefined : end);
  } else {
    text = cutReminders(text).replace(SWE_AGENT_TAIL, '');
    for (let tail = OPENHANDS_LINE.exec(text.slice(-600)); tail; tail = OPENHANDS_LINE.exec(text.slice(-600)))
      text = text.slice(0, text.length - tail[0].length);
  }
  return { text, whole: !CUT.test(shown.length > 400_000 ? ends(shown) : shown) };
}

/** Claude Code appends reminders for the model to tool results. */
function cutReminders(text: string): string {
  const start = text.lastIndexOf(`\n${REMINDER}`);
  if (start < 0 || !text.trimEnd().endsWith('</system-reminder>')) return text;
  return text.slice(0, start).trimEnd();
}

function ends(text: string): string {
  return text.slice(0, 200_000) + text.slice(-200_000);
}

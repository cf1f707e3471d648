import type { Step } from '../model/step.ts';

/** The output of a step without the frame that its framework puts around it. */
export interface ShownOutput {
  readonly text: string;
  /** Whether nothing was cut out on the way to the agent. */
  readonly whole: boolean;
  /** Whether newlines at the end are shown as they were; most frameworks cut them off or add one. */
  readonly endKnown?: boolean;
}

/** Marks that frameworks leave where they cut output, verbatim from their templates. */
const CUT =
  /<elided_chars>|<output_head>|<response clipped>|\[\.\.\. Observation truncated|\[Observation truncated|Observation: Output truncated|\[\d+ (?:lines|characters) truncated\]|\.\.\. \[\d+ (?:lines|characters) (?:truncated|omitted)\] \.\.\.|\[output limited to \d+ bytes|<persisted-output>|Output too large|<NOTE>\s*This file was truncated|\[truncated\]|\(truncated\)|… \d+ more … |Tool output truncated|Total output lines: \d+|…\d+ (?:lines|tokens|chars) truncated…|\[\.\.\. omitted \d+ of \d+ lines \.\.\.\]|<tool_output_masked>|IMPORTANT: The file content has been truncated/;

const MINI =
  /^(?:<exception>[\s\S]{0,2000}<\/exception>\n)?<returncode>-?\d+<\/returncode>\n(?:<warning>[\s\S]{0,2000}<\/warning>\n?)?<output>\n?/;
const PREFIX = /^(?:OBSERVATION:\n|EXECUTION RESULT of \[\w+\]:\n|Exit code \d+\n)/;
const OPENHANDS_LINE =
  /(?:\n\S{1,60}@\S{1,60}:[^\n]{0,200}[#$] ?)?\n?\[(?:The command completed with exit code -?\d+\.?[^\]\n]*|Current working directory: [^\]\n]*|Python [Ii]nterpreter: [^\]\n]*|Command finished with exit code -?\d+|Jupyter [^\n]*)\]$/;
/** Terminus: a screen, on which prompts and commands stand around what was printed. */
const SCREEN = /^(?:New Terminal Output:|Current Terminal Screen:)/;
/** The shell's prompt, which older OpenHands leaves behind the output. */
const PROMPT_TAIL = /(?:^|\r?\n)[\w.-]{1,40}@[\w.-]{1,80}:[^\n]{0,200}[#$] ?$/;
/** Codex: how the command ended and how long it took stand above its output. */
const CODEX =
  /^(?:Chunk ID: \w{1,40}\n)?(?:Exit code: -?\d{1,10}\n)?Wall time: [\d.]{1,20} seconds\n(?:Process (?:exited with code -?\d{1,10}|running with session ID \d{1,10})\n)?(?:Original token count: \d{1,12}\n)?(?:Total output lines: \d{1,12}\n)?Output:\n/;
/** Gemini CLI: the output after its name, the facts of the process below it. */
const GEMINI_HEAD = /^(?:Command: [^\n]{0,4000}\nDirectory: [^\n]{0,1000}\n)?Output: /;
const GEMINI_TAIL =
  /\n(?:Error: [^\n]{0,200}\n)?(?:Exit Code: -?\d{1,10}\n)?(?:Signal: [^\n]{1,20}\n)?(?:Background PIDs: [^\n]{0,100}\n)?Process Group PGID: \d{1,10}\s*$/;
/** Copilot. */
const COPILOT_TAIL = /\n?<exited with exit code -?\d{1,10}>\s*$/;
const SWE_AGENT_TAIL = /\n?\(Open file: [^\n]*\)\n\(Current directory: [^\n]*\)\n(?:bash-)?\$\s*$/;
const REMINDER = '<system-reminder>';

/** A longer raw output that the artifact holds beside the shown one is preferred. */
export function readOutput(step: Step): ShownOutput | undefined {
  if (step.rawOutput !== undefined) return { text: step.rawOutput, whole: true };
  if (step.observation === undefined) return undefined;
  const shown = step.observation;
  let text = shown.replace(PREFIX, '').replace(CODEX, '');
  if (GEMINI_HEAD.test(text.slice(0, 6000))) text = cutGemini(text);
  const mini = MINI.exec(text.slice(0, 3000));
  if (mini) {
    const end = text.lastIndexOf('</output>');
    text = text.slice(mini[0].length, end < mini[0].length ? undefined : end);
  } else {
    text = cutTail(cutReminders(text).replace(SWE_AGENT_TAIL, ''), COPILOT_TAIL);
    for (let tail = OPENHANDS_LINE.exec(text.slice(-600)); tail; tail = OPENHANDS_LINE.exec(text.slice(-600)))
      text = text.slice(0, text.length - tail[0].length);
    text = cutTail(text, PROMPT_TAIL);
  }
  // Two newlines at the end: some templates add one of their own.
  const endKnown = mini !== null && text.endsWith('\n') && !text.endsWith('\n\n');
  const whole = !SCREEN.test(text) && !CUT.test(shown.length > 400_000 ? ends(shown) : shown);
  return { text, whole, ...(endKnown && { endKnown }) };
}

function cutGemini(text: string): string {
  const cut = cutTail(text, GEMINI_TAIL);
  // Without the facts below it may be any text that begins so.
  if (cut === text) return text;
  const output = cut.replace(GEMINI_HEAD, '');
  return output === '(empty)' ? '' : output;
}

function cutTail(text: string, pattern: RegExp): string {
  const tail = pattern.exec(text.slice(-600));
  return tail ? text.slice(0, text.length - tail[0].length) : text;
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

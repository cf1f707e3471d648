/** What the agent prints before each of its messages, e.g. `mini-swe-agent (step 3, $0.02):`. */
const STEP = /^mini-swe-agent \(step (\d{1,9}), \$(\d{1,9}(?:\.\d{1,9})?)\):\s*$/;
/** What it prints before all other messages. */
const ROLE = /^(System|User|Tool|Exit|Function_call_output):\s*$/;
const RULE = /^[─━]{10,}\s*$/;
/** Questions to the person at the terminal, and answers to their commands. */
const DIALOG =
  /^(?:Execute(?: \d+ action\(s\))?\? |> ?$|Agent wants to finish\.|Current mode: |Switched to \w+ mode\.|Already in \w+ mode\.|\/[cyum] to )/;

export interface StepMarker {
  readonly call: number;
  /** Cost of the run so far, rounded to cents. */
  readonly cost: number;
}

export type Role = 'System' | 'User' | 'Tool' | 'Exit' | 'Function_call_output';

export function readStepMarker(line: string): StepMarker | undefined {
  const match = STEP.exec(line);
  return match ? { call: Number(match[1]), cost: Number(match[2]) } : undefined;
}

/** The role that a line announces; it does so only below an empty line, or one that is no message's. */
export function readRoleMarker(line: string, before: string | undefined): Role | undefined {
  if (before !== undefined && before.trim() !== '' && !isDecoration(before)) return undefined;
  return ROLE.exec(line)?.[1] as Role | undefined;
}

/** Lines that the terminal shows between messages: the rule before a step, questions, the line that ends a session. */
export function isDecoration(line: string): boolean {
  return RULE.test(line) || DIALOG.test(line);
}

const SPINNER = /[\u2800-\u28ff] Waiting for the LM to respond\.\.\.[ \r]*/g;

/** A line without the frames of the waiting animation and without carriage returns at its ends. */
export function withoutSpinner(line: string): string {
  const text = line.includes('Waiting for the LM') ? line.replace(SPINNER, '') : line;
  return text.replace(/^\r+/, '').replace(/\r+$/, '');
}

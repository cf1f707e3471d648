/** Actions that never are steps: they talk, steer the harness, or end the run. */
const NO_STEPS = new Set([
  'message',
  'system',
  'finish',
  'reject',
  'change_agent_state',
  'condensation',
  'condensation_request',
  'loop_recovery',
  'initialize',
  'init',
  'start',
  'pause',
  'resume',
  'stop',
  'null',
]);

/**
 * Whether an action may be a step (it is one when an observation names it as its cause). What the user runs in the
 * same sandbox is none; the recall that a user's message sets off is one, as the numbering of the benchmark has it.
 */
export function mayBeStep(action: string, source: string | undefined): boolean {
  if (NO_STEPS.has(action)) return false;
  return source !== 'user' || action === 'recall';
}

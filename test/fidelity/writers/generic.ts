import type { Writer } from './artifact.ts';

/** `steps.json` of whoever knows no other format: action, observation, nothing of how it ended. */
export const genericSteps: Writer = ({ steps }) => {
  const records = steps.map(({ done }, index) => ({
    step_id: index + 1,
    action: done.command ?? '',
    observation: done.output,
  }));
  return { files: { 'steps.json': JSON.stringify(records, undefined, 2) }, path: 'steps.json' };
};

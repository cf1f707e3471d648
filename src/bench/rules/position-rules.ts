import type { System } from '../system.ts';
import { nearestFirst, type RuleAnswer, ruleSystem } from './rule.ts';

/** Names one place in the run; the steps nearest to it are the next candidates, and it is the only labelled step. */
function placeRule(name: string, about: string, place: (steps: number) => number): System {
  return ruleSystem(name, about, ({ steps: { length } }): RuleAnswer => {
    const pick = Math.min(length, Math.max(1, place(length)));
    return { onset: nearestFirst(pick, length), incorrect: [pick], unuseful: [pick] };
  });
}

const TENTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

function allSteps(length: number): number[] {
  return Array.from({ length }, (_, index) => index + 1);
}

/** Rules that look at nothing but the length of the run. */
export const POSITION_RULES: readonly System[] = [
  placeRule('last-step', 'The last step.', (steps) => steps),
  placeRule('last-but-one', 'The last step but one.', (steps) => steps - 1),
  ruleSystem('all-steps', 'Every step carries both labels; the onset is the first step.', ({ steps }) => {
    const all = allSteps(steps.length);
    return { onset: all, incorrect: all, unuseful: all };
  }),
  placeRule('middle', 'The middle step.', (steps) => Math.ceil(steps / 2)),
  ...TENTHS.map((tenths) =>
    placeRule(`at-${tenths}0-percent`, `The step at ${tenths}0% of the run’s length.`, (steps) =>
      Math.round((steps * tenths) / 10),
    ),
  ),
  ruleSystem(
    'uniform-chance',
    'One step drawn from the whole run; every figure is the exact mean over the draws.',
    ({ steps }) => {
      const all = allSteps(steps.length);
      return { onset: all, incorrect: all, unuseful: all, drawn: true };
    },
  ),
];

import type { Context } from '../../src/diagnosis/context.ts';

/** Rules that know nothing of why a run failed; any localizer must beat them. */
export const CONSTANT_RULES: readonly {
  readonly name: string;
  readonly predict: (context: Context) => number | undefined;
}[] = [
  { name: 'last step', predict: ({ steps }) => steps.length },
  { name: 'last but one', predict: ({ steps }) => Math.max(1, steps.length - 1) },
  { name: 'middle step', predict: ({ steps }) => Math.ceil(steps.length / 2) },
  { name: 'at 60%', predict: ({ steps }) => Math.max(1, Math.round(steps.length * 0.6)) },
  {
    name: 'first write',
    predict: ({ steps }) => steps.find((step) => step.record.changed.length > 0)?.ordinal ?? steps.length,
  },
  {
    name: 'first source write',
    predict: ({ steps }) => steps.find((step) => step.sources.length > 0)?.ordinal ?? steps.length,
  },
  {
    name: 'largest write',
    predict: ({ steps }) =>
      steps.reduce(
        (best, step) => (step.written > (steps[best - 1]?.written ?? 0) ? step.ordinal : best),
        steps.length,
      ),
  },
];

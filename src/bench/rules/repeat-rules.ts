import type { Context } from '../../diagnosis/context.ts';
import type { System } from '../system.ts';
import { nearestFirst, type RuleAnswer, ruleSystem } from './rule.ts';

/** Steps that show the error that most steps show, in order; of errors shown as often the one that came first. */
function mostRepeatedError({ steps }: Context): readonly number[] {
  const shownBy = new Map<string, number[]>();
  for (const { record, ordinal } of steps) {
    for (const signature of new Set(record.errors.map((error) => error.signature))) {
      const shown = shownBy.get(signature);
      if (shown) shown.push(ordinal);
      else shownBy.set(signature, [ordinal]);
    }
  }
  return [...shownBy.values()].reduce((most, shown) => (shown.length > most.length ? shown : most), []);
}

/** Steps whose action an earlier step of the same tool had taken word for word. */
function repeatedActions({ steps }: Context): number[] {
  const seen = new Set<number>();
  return steps.flatMap(({ actionKey, ordinal }) => {
    if (seen.has(actionKey)) return [ordinal];
    seen.add(actionKey);
    return [];
  });
}

/** The first step is the onset and incorrect, `unuseful` what repeats; without any step the last one is the onset. */
function answer(first: readonly number[], unuseful: readonly number[], { steps }: Context): RuleAnswer {
  if (first.length === 0) {
    return { onset: nearestFirst(steps.length, steps.length), incorrect: [steps.length], unuseful };
  }
  return { onset: first, incorrect: first.slice(0, 1), unuseful };
}

/** Rules that look at what happens again and again. */
export const REPEAT_RULES: readonly System[] = [
  ruleSystem(
    'most-repeated-error',
    'The first step that shows the error shown most often; where it shows again is unuseful.',
    (context) => {
      const shown = mostRepeatedError(context);
      return answer(shown, shown.slice(1), context);
    },
  ),
  ruleSystem(
    'every-repeat',
    'Every action that repeats an earlier one is unuseful; the onset is the first repeat.',
    (context) => {
      const repeats = repeatedActions(context);
      return answer(repeats, repeats, context);
    },
  ),
];

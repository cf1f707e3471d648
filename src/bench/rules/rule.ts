import type { Context } from '../../diagnosis/context.ts';
import type { RankedStep } from '../bench-case.ts';
import type { Answer, System } from '../system.ts';

/** A rule names as many candidates as a diagnosis does, so that ranks compare. */
export const CANDIDATES = 5;

export interface RuleAnswer {
  /** Best first. */
  readonly onset: readonly number[];
  readonly incorrect: readonly number[];
  readonly unuseful: readonly number[];
  readonly drawn?: true;
}

export const NOTHING: RuleAnswer = { onset: [], incorrect: [], unuseful: [] };

/** A rule as a system: it gives no verdict, needs no outcome, and costs nothing. */
export function ruleSystem(name: string, about: string, apply: (context: Context) => RuleAnswer): System {
  return {
    name,
    kind: 'rule',
    about,
    outcome: 'withheld',
    settings: {},
    predict: ({ context }): Answer => {
      const steps = context.steps.length;
      const { onset, incorrect, unuseful, drawn } = steps === 0 ? NOTHING : apply(context);
      return {
        steps,
        onset: drawn
          ? onset.map((step): RankedStep => ({ step, share: 1 / onset.length }))
          : onset.slice(0, CANDIDATES).map((step, rank): RankedStep => ({ step, share: rank === 0 ? 1 : 0 })),
        incorrect,
        unuseful,
        ...(drawn && { drawn }),
        tokens: 0,
        dollars: 0,
      };
    },
  };
}

/** The steps nearest to one of `steps` steps, itself first, the earlier of two as near. */
export function nearestFirst(pick: number, steps: number): number[] {
  const order: number[] = [];
  for (let distance = 0; order.length < Math.min(CANDIDATES, steps); distance++) {
    const pair = distance === 0 ? [pick] : [pick - distance, pick + distance];
    order.push(...pair.filter((step) => step >= 1 && step <= steps));
  }
  return order;
}

import { chooseSteps } from '../../src/diagnosis/choose-steps.ts';
import type { LabelHead } from '../../src/diagnosis/label-steps.ts';
import { scoreSignals, sigmoid } from '../../src/diagnosis/score.ts';
import { SIGNALS } from '../../src/diagnosis/signals/signal-rule.ts';
import { type FittedHead, fitLogistic } from './fit-linear.ts';
import { type Example, toFeatures } from './label-examples.ts';
import { macroF1 } from './macro-f1.ts';
import { dealFolds } from './task-folds.ts';

export const LABEL_KINDS = ['incorrect', 'unuseful'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

export interface FittedLabelHead extends FittedHead {
  readonly floor: LabelHead['floor'];
  /** The penalty that was chosen. */
  readonly l2: number;
}

export interface Predicted {
  readonly predicted: number[];
  readonly actual: readonly number[];
}

const NAMES = Object.keys(SIGNALS);
/** The penalty is chosen inside the training runs: few and far apart, so that the choice does not chase single runs. */
const PENALTIES = [0.01, 0.03, 0.1];
/** Set once, for both heads: 0.1 and 0.2 do as well within a hundredth, and a choice inside the folds only adds noise. */
export const FLOOR = 0.15;
const INNER_FOLDS = 3;

/** Each run counts the same, whatever its length, as in the macro F1; where there are two readings each counts half. */
function fitHead(kind: LabelKind, examples: readonly Example[], l2: number): FittedHead {
  const rows = examples.flatMap(({ readings, steps }) => {
    const sets = readings.map((reading) => new Set(reading[kind]));
    return steps.map((signals, index) => ({
      features: toFeatures(signals),
      positive: sets.filter((set) => set.has(index + 1)).length / sets.length,
      weight: 1 / steps.length,
    }));
  });
  return fitLogistic(rows, NAMES, { l2 });
}

function beliefs(head: FittedHead, { steps }: Example): number[] {
  return steps.map((signals) => sigmoid(scoreSignals(head, signals)));
}

function choose(probabilities: readonly number[], floor: number): number[] {
  return chooseSteps(probabilities, floor).flatMap((chosen, index) => (chosen ? [index + 1] : []));
}

/** The penalty by cross-validation within the given runs, in folds by task; then a head on all of them. */
export function fitLabelHead(kind: LabelKind, examples: readonly Example[], seed: number): FittedLabelHead {
  const foldOf = dealFolds(
    examples.map(({ task }) => task),
    INNER_FOLDS,
    seed + 1000,
  );
  let best = { score: -1, l2: 0 };
  for (const l2 of PENALTIES) {
    const held: { probabilities: number[]; actual: readonly number[] }[] = [];
    for (let fold = 0; fold < INNER_FOLDS; fold++) {
      const head = fitHead(
        kind,
        examples.filter(({ task }) => foldOf(task) !== fold),
        l2,
      );
      for (const example of examples.filter(({ task }) => foldOf(task) === fold))
        held.push({ probabilities: beliefs(head, example), actual: example.readings[0][kind] });
    }
    const score = macroF1(
      held.map(({ probabilities, actual }) => ({ predicted: choose(probabilities, FLOOR), actual })),
    );
    if (score > best.score) best = { score, l2 };
  }
  return { ...fitHead(kind, examples, best.l2), floor: FLOOR, l2: best.l2 };
}

/** Beliefs for every run by a head that was fitted, its penalty chosen, on runs of other tasks. */
export function crossValidate(
  kind: LabelKind,
  examples: readonly Example[],
  folds: number,
  seed: number,
): number[][] {
  const foldOf = dealFolds(
    examples.map(({ task }) => task),
    folds,
    seed,
  );
  const heads = Array.from({ length: folds }, (_, fold) =>
    fitLabelHead(
      kind,
      examples.filter(({ task }) => foldOf(task) !== fold),
      seed,
    ),
  );
  return examples.map((example) => {
    const head = heads[foldOf(example.task)];
    if (!head) throw new Error('assertion failed: a task without a fold');
    return beliefs(head, example);
  });
}

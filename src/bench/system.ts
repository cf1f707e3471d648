import type { Context } from '../diagnosis/context.ts';
import { buildContext } from '../diagnosis/context.ts';
import type { Analysis } from '../query/analysis.ts';
import type { Prediction } from './bench-case.ts';

/**
 * `codetracer`: the diagnosis as users get it; `ablation`: the same with a part switched off; `rule`: a constant rule that
 * knows nothing of why a run failed; `external`: predictions that another tool made; `ceiling`: made from the labels
 * themselves, to show how far a figure can rise.
 */
export const SYSTEM_KINDS = ['codetracer', 'ablation', 'rule', 'external', 'ceiling'] as const;
export type SystemKind = (typeof SYSTEM_KINDS)[number];

/** What a system decides from: a run as it was analysed, never its labels. */
export interface SystemInput {
  readonly analysis: Analysis;
  /** Facts per main-agent step, worked out when first asked for. */
  readonly context: Context;
}

/** What a system says of one run; whoever runs it knows the case's name and the time it took. */
export type Answer = Omit<Prediction, 'id' | 'milliseconds'>;

/** Something that can be measured: equal inputs get equal answers. */
export interface System {
  /** Kebab-case; also the name of its file of predictions. */
  readonly name: string;
  readonly kind: SystemKind;
  /** One sentence, for people. */
  readonly about: string;
  /** Whether it gets the run with its outcome and its checkers' artifacts, or without. */
  readonly outcome: 'known' | 'withheld';
  /** What its answers depend on beside the code and the run: plain JSON, for digests. */
  readonly settings: unknown;
  predict(input: SystemInput): Answer;
}

export function prepareInput(analysis: Analysis): SystemInput {
  let built: Context | undefined;
  return {
    analysis,
    get context() {
      return (built ??= buildContext(analysis.run, analysis.history, analysis.tree));
    },
  };
}

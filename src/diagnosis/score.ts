import type { Signal } from '../model/diagnosis.ts';
import type { SignalTable } from './signals/signal-rule.ts';

/** A linear model over signals: weight per signal name; a signal without a weight counts nothing. */
export interface LinearHead {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
}

/** A head whose probability is compared with a threshold. */
export interface ThresholdHead extends LinearHead {
  readonly threshold: number;
}

export function scoreSignals(head: LinearHead, signals: readonly Signal[]): number {
  return signals.reduce((sum, { name, value }) => sum + (head.weights[name] ?? 0) * value, head.bias);
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Steps with their share of the belief (softmax of their scores; the shares sum to 1), best first, earlier first on ties. */
export function rankSteps(
  head: LinearHead,
  table: SignalTable,
  ordinals: readonly number[],
): { ordinal: number; share: number }[] {
  const scores = ordinals.map((ordinal) => ({
    ordinal,
    score: scoreSignals(head, table.get(ordinal) ?? []),
  }));
  const top = scores.reduce((best, { score }) => Math.max(best, score), -Infinity);
  const total = scores.reduce((sum, { score }) => sum + Math.exp(score - top), 0);
  return scores
    .map(({ ordinal, score }) => ({ ordinal, share: Math.exp(score - top) / total }))
    .sort((a, b) => b.share - a.share || a.ordinal - b.ordinal);
}

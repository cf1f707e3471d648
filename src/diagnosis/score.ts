import type { Signal } from '../model/diagnosis.ts';
import type { SignalTable } from './signals/signal-rule.ts';

/** Adds `add` where the signal's value is above `above`; a signal that a step lacks adds nothing. */
export interface Stump {
  readonly signal: string;
  readonly above: number;
  readonly add: number;
}

/**
 * An additive model over signals: a weight per signal name, and stumps for what is not linear; a signal without a weight
 * counts nothing. Each signal's part in a score can be told apart from the others'.
 */
export interface LinearHead {
  readonly bias: number;
  readonly weights: Readonly<Record<string, number>>;
  readonly stumps?: readonly Stump[];
}

export function scoreSignals(head: LinearHead, signals: readonly Signal[]): number {
  return signals.reduce((sum, signal) => sum + scoreSignal(head, signal), head.bias);
}

/** What one signal adds to the score. */
export function scoreSignal({ weights, stumps = [] }: LinearHead, { name, value }: Signal): number {
  return stumps.reduce(
    (sum, stump) => (stump.signal === name && value > stump.above ? sum + stump.add : sum),
    (weights[name] ?? 0) * value,
  );
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

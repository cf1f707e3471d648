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
export function scoreSignal(head: LinearHead, { name, value }: Signal): number {
  const part = partsOf(head).get(name);
  if (!part) return 0;
  let sum = part.weight * value;
  for (const stump of part.stumps) if (value > stump.above) sum += stump.add;
  return sum;
}

/** What a head says of one signal. */
interface Part {
  readonly weight: number;
  readonly stumps: Stump[];
}

const parts = new WeakMap<LinearHead, ReadonlyMap<string, Part>>();

/** A head's weights and stumps by signal, put together once. */
function partsOf(head: LinearHead): ReadonlyMap<string, Part> {
  const known = parts.get(head);
  if (known) return known;
  const made = new Map<string, Part>();
  for (const [name, weight] of Object.entries(head.weights)) made.set(name, { weight, stumps: [] });
  for (const stump of head.stumps ?? []) {
    const part = made.get(stump.signal);
    if (part) part.stumps.push(stump);
    else made.set(stump.signal, { weight: 0, stumps: [stump] });
  }
  parts.set(head, made);
  return made;
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

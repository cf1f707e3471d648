import type { LinearHead } from '../diagnosis/score.ts';
import type { DiagnosisWeights } from '../diagnosis/weights/default.ts';
import { SIGNAL_GROUPS, type SignalGroup } from './signal-groups.ts';

/** The same change to every head; what a head holds beside weights (bias, threshold) stays. */
function reweigh(
  weights: DiagnosisWeights,
  change: (head: LinearHead) => Pick<LinearHead, 'weights' | 'stumps'>,
): DiagnosisWeights {
  return {
    ...weights,
    onset: { ...weights.onset, ...change(weights.onset) },
    incorrect: { ...weights.incorrect, ...change(weights.incorrect) },
    unuseful: { ...weights.unuseful, ...change(weights.unuseful) },
  };
}

function keepSignals(weights: DiagnosisWeights, keep: (name: string) => boolean): DiagnosisWeights {
  return reweigh(weights, (head) => ({
    weights: Object.fromEntries(Object.entries(head.weights).filter(([name]) => keep(name))),
    ...(head.stumps && { stumps: head.stumps.filter(({ signal }) => keep(signal)) }),
  }));
}

/** Takes the weights of a group of signals away; the others stay as they were fitted beside them. */
export function dropGroup(weights: DiagnosisWeights, group: SignalGroup): DiagnosisWeights {
  const dropped = new Set<string>(SIGNAL_GROUPS[group]);
  return keepSignals(weights, (name) => !dropped.has(name));
}

export function keepGroup(weights: DiagnosisWeights, group: SignalGroup): DiagnosisWeights {
  const kept = new Set<string>(SIGNAL_GROUPS[group]);
  return keepSignals(weights, (name) => kept.has(name));
}

/** Every signal weighs alike: each weight keeps its sign and gets the mean size of its head's; stumps likewise. */
export function weighAlike(weights: DiagnosisWeights): DiagnosisWeights {
  return reweigh(weights, ({ weights: own, stumps }) => ({
    weights: Object.fromEntries(alike(Object.entries(own))),
    ...(stumps && { stumps: alikeStumps(stumps) }),
  }));
}

function alike(entries: readonly (readonly [string, number])[]): [string, number][] {
  const size = meanSize(entries.map(([, weight]) => weight));
  return entries.map(([name, weight]) => [name, Math.sign(weight) * size]);
}

function alikeStumps(stumps: NonNullable<LinearHead['stumps']>): NonNullable<LinearHead['stumps']> {
  const size = meanSize(stumps.map(({ add }) => add));
  return stumps.map((stump) => ({ ...stump, add: Math.sign(stump.add) * size }));
}

function meanSize(values: readonly number[]): number {
  const telling = values.filter((value) => value !== 0);
  return telling.length === 0 ? 0 : telling.reduce((sum, value) => sum + Math.abs(value), 0) / telling.length;
}

import type { Evidence, LabelledStep, Signal } from '../model/diagnosis.ts';
import { quoteHead } from '../model/quote.ts';
import { chooseLabels } from './choose-steps.ts';
import type { Context, MainStep } from './context.ts';
import { type LinearHead, scoreSignal, scoreSignals, sigmoid } from './score.ts';
import type { SignalTable } from './signals/signal-rule.ts';

/** A head that says how probable a label is; steps below the floor never get it. */
export interface LabelHead extends LinearHead {
  readonly floor: number;
}

export interface LabelHeads {
  readonly incorrect: LabelHead;
  readonly unuseful: LabelHead;
}

/** So many signals explain a label. */
const SIGNALS = 4;
const QUOTES = 4;
/** They count, but where a step stands and how long the run is explains nothing to a reader. */
const UNTELLING = new Set(['position', 'early', 'late', 'run-length', 'run-fails', 'explores']);

/** The onset is incorrect by definition; every other step gets the likelier label or none. */
export function labelSteps(
  context: Context,
  table: SignalTable,
  heads: LabelHeads,
  onset: MainStep | undefined,
): LabelledStep[] {
  const beliefs = (head: LabelHead): number[] =>
    context.steps.map((step) => sigmoid(scoreSignals(head, table.get(step.ordinal) ?? [])));
  const wrong = beliefs(heads.incorrect);
  const idle = beliefs(heads.unuseful);
  const labels = chooseLabels(wrong, idle, {
    incorrect: heads.incorrect.floor,
    unuseful: heads.unuseful.floor,
  });
  return context.steps.flatMap((step, index) => {
    const signals = table.get(step.ordinal) ?? [];
    const kind = step === onset ? 'incorrect' : labels[index];
    if (kind === undefined) return [];
    const belief = (kind === 'incorrect' ? wrong : idle)[index] ?? 0;
    return [explain(step, kind, belief, signals, heads[kind])];
  });
}

function explain(
  step: MainStep,
  kind: LabelledStep['kind'],
  belief: number,
  signals: readonly Signal[],
  head: LabelHead,
): LabelledStep {
  const telling = signals
    .map((signal) => ({ signal, weight: scoreSignal(head, signal) }))
    .filter(({ signal, weight }) => weight > 0 && signal.evidence.length > 0 && !UNTELLING.has(signal.name))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, SIGNALS)
    .map(({ signal }) => signal);
  const { step: own } = step.record;
  const quotes = telling.flatMap((signal) => signal.evidence);
  const fallback = [quoteHead(own, 'action') ?? quoteHead(own, 'observation') ?? quoteHead(own, 'thought')];
  return {
    step: own.id,
    kind,
    belief: Math.round(belief * 1000) / 1000,
    signals: telling,
    evidence: distinct(quotes.length > 0 ? quotes : fallback.filter((quote) => quote !== undefined)),
  };
}

function distinct(quotes: readonly Evidence[]): Evidence[] {
  const seen = new Map(
    quotes.map((quote) => [`${quote.step ?? ''}\u0000${quote.field}\u0000${quote.quote}`, quote]),
  );
  return [...seen.values()].slice(0, QUOTES);
}

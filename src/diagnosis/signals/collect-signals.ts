import type { Evidence, Signal } from '../../model/diagnosis.ts';
import { quoteAny } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import { keepBareLines } from './bare-output.ts';
import { changeSignals } from './change-signals.ts';
import { decisionSignals } from './decision-signals.ts';
import { endingSignals } from './ending-signals.ts';
import { errorSignals } from './error-signals.ts';
import { failureSignals } from './failure-signals.ts';
import { kindSignals } from './kind-signals.ts';
import { newsSignals } from './news-signals.ts';
import { originSignals } from './origin-signals.ts';
import { recheckSignals } from './recheck-signals.ts';
import { repetitionSignals } from './repetition-signals.ts';
import { resultSignals } from './result-signals.ts';
import { roleSignals } from './role-signals.ts';
import { shapeSignals } from './shape-signals.ts';
import type { Scene, SignalRule, SignalTable } from './signal-rule.ts';
import { streakSignals } from './streak-signals.ts';
import { turningSignals } from './turning-signals.ts';
import { useSignals } from './use-signals.ts';
import { wordingSignals } from './wording-signals.ts';

const RULES: readonly SignalRule[] = [
  changeSignals,
  errorSignals,
  repetitionSignals,
  resultSignals,
  wordingSignals,
  roleSignals,
  endingSignals,
  newsSignals,
  kindSignals,
  useSignals,
  recheckSignals,
  streakSignals,
  originSignals,
  turningSignals,
  failureSignals,
  shapeSignals,
  decisionSignals,
];

/** Runs every rule once; a signal that a step gets twice is kept once, with its highest value and first evidence. */
export function collectSignals(parts: Omit<Scene, 'output'>): SignalTable {
  const scene: Scene = { ...parts, output: keepBareLines() };
  const table = new Map<number, Map<string, Signal>>();
  const ownWords = new Map<number, readonly Evidence[]>();
  // What a rule sees in the place of a step, or in what is not there, shows in the step itself.
  const wordsOf = ({ ordinal, record }: MainStep): readonly Evidence[] => {
    const known = ownWords.get(ordinal);
    if (known) return known;
    const quote = quoteAny(record.step);
    const words = quote ? [quote] : [];
    ownWords.set(ordinal, words);
    return words;
  };
  for (const rule of RULES) {
    rule(scene, (step, name, value, ...evidence) => {
      let signals = table.get(step.ordinal);
      if (!signals) table.set(step.ordinal, (signals = new Map()));
      const known = signals.get(name);
      if (known && known.value >= value) return;
      const quotes = isWhole(evidence) ? evidence : evidence.filter((item) => item !== undefined);
      signals.set(name, { name, value, evidence: quotes.length > 0 ? quotes : wordsOf(step) });
    });
  }
  return new Map([...table].map(([ordinal, signals]) => [ordinal, [...signals.values()]]));
}

function isWhole(evidence: readonly (Evidence | undefined)[]): evidence is readonly Evidence[] {
  return !evidence.includes(undefined);
}

import type { Signal } from '../../model/diagnosis.ts';
import { changeSignals } from './change-signals.ts';
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
];

/** Runs every rule once; a signal that a step gets twice is kept once, with its highest value and first evidence. */
export function collectSignals(scene: Scene): SignalTable {
  const table = new Map<number, Map<string, Signal>>();
  for (const rule of RULES) {
    rule(scene, (step, name, value, ...evidence) => {
      let signals = table.get(step.ordinal);
      if (!signals) table.set(step.ordinal, (signals = new Map()));
      const known = signals.get(name);
      if (known && known.value >= value) return;
      signals.set(name, { name, value, evidence: evidence.filter((item) => item !== undefined) });
    });
  }
  return new Map([...table].map(([ordinal, signals]) => [ordinal, [...signals.values()]]));
}

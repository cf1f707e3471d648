import type { Signal } from '../../model/diagnosis.ts';
import { checkFacts } from './check-facts.ts';
import { demandFacts } from './demand-facts.ts';
import { endingFacts } from './ending-facts.ts';
import { lastWordFacts } from './last-word-facts.ts';
import type { FactName, FactRule, Findings } from './run-fact.ts';
import { struggleFacts } from './struggle-facts.ts';

const RULES: readonly FactRule[] = [endingFacts, lastWordFacts, checkFacts, struggleFacts, demandFacts];

/** A fact about the whole run. */
export interface RunFact extends Signal {
  readonly name: FactName;
}

/** Runs every rule once; a fact that is told twice is kept with its first value. */
export function collectFacts(findings: Findings): RunFact[] {
  const facts = new Map<FactName, RunFact>();
  if (findings.context.steps.length === 0) return [];
  for (const rule of RULES) {
    rule(findings, (name, value, ...evidence) => {
      if (!(value > 0) || facts.has(name)) return;
      const rounded = Math.round(Math.min(1, value) * 1e4) / 1e4;
      facts.set(name, { name, value: rounded, evidence: evidence.filter((item) => item !== undefined) });
    });
  }
  return [...facts.values()];
}

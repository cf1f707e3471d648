import type { Prediction, Subject } from '../../bench/bench-case.ts';
import { prepareInput, type System, type SystemInput } from '../../bench/system.ts';
import { withholdOutcome } from '../../model/withhold-outcome.ts';
import { analyze } from '../analyze.ts';
import { roundMs } from './run-state.ts';

/** What a system said of one run, or why it said nothing. */
export type CaseAnswer =
  | { readonly system: System; readonly prediction: Prediction }
  | { readonly system: System; readonly failure: string };

interface Prepared {
  readonly input: SystemInput;
  readonly milliseconds: number;
}

/**
 * Lets systems answer on one run. The run is analysed once for those that may know its outcome and once for the others;
 * nothing but what `Subject` holds can reach a system, and a system that breaks leaves the others standing.
 */
export function answerCase(subject: Subject, systems: readonly System[]): CaseAnswer[] {
  const prepared = new Map<System['outcome'], Prepared>();
  const prepare = (outcome: System['outcome']): Prepared => {
    const known = prepared.get(outcome);
    if (known) return known;
    const start = performance.now();
    const withheld = outcome === 'withheld';
    const run = withheld ? withholdOutcome(subject.run) : subject.run;
    const analysis = analyze(run, { withholdOutcome: withheld });
    const made = { input: prepareInput(analysis), milliseconds: performance.now() - start };
    prepared.set(outcome, made);
    return made;
  };
  return systems.map((system) => {
    try {
      const { input, milliseconds } = prepare(system.outcome);
      const start = performance.now();
      const answer = system.predict(input);
      const own = performance.now() - start;
      return { system, prediction: { ...answer, id: subject.id, milliseconds: roundMs(milliseconds + own) } };
    } catch (error) {
      return { system, failure: error instanceof Error ? error.message : String(error) };
    }
  });
}

import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { sayBasis } from '../../src/diagnosis/say-basis.ts';
import { createStepAnalyzer } from '../../src/effects/create-step-analyzer.ts';
import type { Run } from '../../src/model/run.ts';
import { buildHistory } from '../../src/state/build-history.ts';
import { parseTestOutput } from '../../src/testreports/parse-test-output.ts';
import { buildTree } from '../../src/tree/build-tree.ts';

export const PHASES = ['effects', 'history', 'tree', 'diagnosis'] as const;

/** Milliseconds of wall time; `history` without the effects that it asks for, `tree` with the stages. */
export type PhaseTimes = Readonly<Record<(typeof PHASES)[number] | 'all', number>>;

/** Does what `analyze` does, in the same order, with a clock between the phases. */
export function analyzeInPhases(run: Run): PhaseTimes {
  const start = performance.now();
  const analyzeStep = createStepAnalyzer();
  let effects = 0;
  const history = buildHistory(
    run,
    (step, context) => {
      const asked = performance.now();
      const answer = analyzeStep(step, context);
      effects += performance.now() - asked;
      return answer;
    },
    parseTestOutput,
  );
  const played = performance.now();
  const tree = buildTree(run, history);
  const grown = performance.now();
  sayBasis(diagnose(run, history, tree), run);
  const end = performance.now();
  return {
    effects,
    history: played - start - effects,
    tree: grown - played,
    diagnosis: end - grown,
    all: end - start,
  };
}

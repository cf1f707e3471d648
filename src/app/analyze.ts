import { diagnose } from '../diagnosis/diagnose.ts';
import { sayBasis } from '../diagnosis/say-basis.ts';
import type { DiagnosisWeights } from '../diagnosis/weights/default.ts';
import { createStepAnalyzer } from '../effects/create-step-analyzer.ts';
import type { Run } from '../model/run.ts';
import { withholdOutcome } from '../model/withhold-outcome.ts';
import type { Analysis } from '../query/analysis.ts';
import { buildHistory } from '../state/build-history.ts';
import { parseTestOutput } from '../testreports/parse-test-output.ts';
import { buildTree } from '../tree/build-tree.ts';
import type { StageModel } from '../tree/stage-model.ts';

export interface AnalyzeOptions {
  /** Diagnose without the outcome and the checkers' results, as if nobody had graded the run. */
  readonly withholdOutcome?: boolean;
  readonly weights?: DiagnosisWeights;
  /** What stages are cut with: the fitted chain unless told. */
  readonly stageModel?: StageModel;
}

/** The whole way from a run to its diagnosis. Pure: no file is read or written. */
export function analyze(run: Run, options: AnalyzeOptions = {}): Analysis {
  const subject = options.withholdOutcome ? withholdOutcome(run) : run;
  const history = buildHistory(subject, createStepAnalyzer(), parseTestOutput);
  const tree = buildTree(subject, history, options.stageModel);
  const diagnosis = diagnose(subject, history, tree, {
    outcomeWithheld: options.withholdOutcome ?? false,
    ...(options.weights && { weights: options.weights }),
  });
  return { run: subject, history, tree, diagnosis: sayBasis(diagnosis, subject) };
}

import type { LabelHead } from '../label-steps.ts';
import type { LinearHead } from '../score.ts';
import incorrect from './incorrect.json' with { type: 'json' };
import onset from './onset.json' with { type: 'json' };
import unuseful from './unuseful.json' with { type: 'json' };

/** The model of the diagnosis: one linear head per question. */
export interface DiagnosisWeights {
  readonly onset: LinearHead;
  readonly incorrect: LabelHead;
  readonly unuseful: LabelHead;
}

/** Fitted on labelled runs by bench/fit.ts; each file says on what, and what it scores on runs that it has not seen. */
export const DEFAULT_WEIGHTS: DiagnosisWeights = { onset, incorrect, unuseful };

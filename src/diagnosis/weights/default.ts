import type { LabelHead } from '../label-steps.ts';
import type { LinearHead } from '../score.ts';
import incorrect from './incorrect.json' with { type: 'json' };
import unuseful from './unuseful.json' with { type: 'json' };

/** The model of the diagnosis: one linear head per question. */
export interface DiagnosisWeights {
  readonly onset: LinearHead;
  readonly incorrect: LabelHead;
  readonly unuseful: LabelHead;
}

/** The onset's weights are set by hand from the meaning of the signals; the labels' are fitted on labelled runs. */
export const DEFAULT_WEIGHTS: DiagnosisWeights = {
  onset: {
    bias: 0,
    weights: {
      'source-write': 1.2,
      'first-source-write': 0.5,
      'largest-write': 0.7,
      'write-share': 0.8,
      'final-version': 0.3,
      'task-file-write': 0.3,
      'test-weakened': -0.3,
      'blind-write': 0.3,
      destructive: 0.6,
      'first-malformed': 2,
      malformed: 0.3,
      fabrication: 0.8,
      'gives-up': 0.6,
      'changes-approach': 0.2,
      concludes: 0.2,
      'claims-despite-failure': 0.5,
      'leaves-running': 1,
      'ends-without-output': 1.2,
      'last-step': 0.3,
      'in-slice': 0.3,
      explores: -0.8,
      'scratch-write': -0.4,
      'undone-later': -0.6,
      waits: -1,
      submits: -0.3,
    },
  },
  incorrect,
  unuseful,
};

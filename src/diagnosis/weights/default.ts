import type { LinearHead, ThresholdHead } from '../score.ts';

/** The model of the diagnosis: one linear head per question. `bench/fit.ts` writes fitted ones in this shape. */
export interface DiagnosisWeights {
  readonly onset: LinearHead;
  readonly incorrect: ThresholdHead;
  readonly unuseful: ThresholdHead;
}

/** Set by hand from the meaning of the signals. */
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
      'test-weakened': 0.6,
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
  incorrect: {
    bias: -2.2,
    threshold: 0.5,
    weights: {
      'source-write': 0.7,
      'largest-write': 0.8,
      'write-share': 1,
      'first-source-write': 0.4,
      'test-weakened': 0.8,
      destructive: 0.8,
      fabrication: 1,
      'gives-up': 0.5,
      'claims-despite-failure': 0.8,
      'submits-failing': 0.8,
      submits: 0.3,
      'last-step': 0.6,
      'ends-without-output': 1,
      'first-malformed': 2,
      'leaves-running': 1,
      explores: -1,
      waits: -1,
    },
  },
  unuseful: {
    bias: -2,
    threshold: 0.5,
    weights: {
      'repeats-action': 2,
      'repeats-often': 0.8,
      'similar-to-previous': 0.5,
      'same-error-again': 0.9,
      reread: 1.4,
      'empty-result': 1,
      malformed: 2,
      'first-malformed': -1.5,
      'not-found': 0.9,
      'step-failed': 0.7,
      'only-notes': 1.4,
      waits: 0.9,
      'source-write': -1,
      submits: -1,
    },
  },
};

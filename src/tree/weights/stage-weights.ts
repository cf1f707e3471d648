import type { StageModel } from '../stage-model.ts';
import fitted from './stages.json' with { type: 'json' };

/** Fitted on labelled runs by bench/fit-stages.ts; figures and the labels' digest stand beside the weights. */
export const STAGE_WEIGHTS: StageModel = fitted;

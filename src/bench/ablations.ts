import { DEFAULT_WEIGHTS } from '../diagnosis/weights/default.ts';
import { withWeights } from './codetracer-system.ts';
import { HAND_ONSET } from './hand-weights.ts';
import { dropGroup, keepGroup, weighAlike } from './reweigh.ts';
import type { System } from './system.ts';

/**
 * The diagnosis with a part switched off by its weights; nothing is fitted anew, so a part whose signals others can stand
 * in for may be worth less than its ablation costs. The verdict rests on facts of its own and changes only
 * through the onset. The outcome withheld is no ablation here but the system `codetracer-no-outcome`.
 */
export const ABLATIONS: readonly System[] = [
  withWeights(
    'no-dependence',
    'Without signals of who used what another step made: slice, mentions, uses of outputs.',
    dropGroup(DEFAULT_WEIGHTS, 'dependence'),
  ),
  withWeights(
    'no-wording',
    'Without signals of the agent’s own words.',
    dropGroup(DEFAULT_WEIGHTS, 'wording'),
  ),
  withWeights(
    'no-state',
    'Without signals of the known history of files.',
    dropGroup(DEFAULT_WEIGHTS, 'state'),
  ),
  withWeights(
    'no-step-outcome',
    'Without signals of how steps went: errors, refusals, outputs.',
    dropGroup(DEFAULT_WEIGHTS, 'outcome'),
  ),
  withWeights(
    'no-repetition',
    'Without signals of what steps say or do once more.',
    dropGroup(DEFAULT_WEIGHTS, 'repetition'),
  ),
  withWeights('no-kind', 'Without signals of what kind of step it is.', dropGroup(DEFAULT_WEIGHTS, 'kind')),
  withWeights(
    'no-position',
    'Without signals of where a step stands in the run.',
    dropGroup(DEFAULT_WEIGHTS, 'position'),
  ),
  withWeights(
    'only-position',
    'With nothing but signals of where a step stands in the run.',
    keepGroup(DEFAULT_WEIGHTS, 'position'),
  ),
  withWeights('hand-weights', 'With the onset’s weights set by hand.', {
    ...DEFAULT_WEIGHTS,
    onset: HAND_ONSET,
  }),
  withWeights(
    'uniform-weights',
    'With weights of one size in each head, the signs kept.',
    weighAlike(DEFAULT_WEIGHTS),
  ),
];

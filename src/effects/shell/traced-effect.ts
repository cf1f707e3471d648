import type { Effect } from '../../model/effect.ts';
import type { RunPlace } from './ir.ts';

/** An effect with what made it: needed to judge which effects an outcome puts in doubt. */
export interface TracedEffect {
  readonly effect: Effect;
  readonly place: RunPlace;
  /** `redirect`: the shell itself did it, whatever became of the program. */
  readonly by: 'program' | 'redirect';
  readonly program: string;
}

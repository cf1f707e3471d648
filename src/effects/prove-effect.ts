import type { Effect } from '../model/effect.ts';
import { isChange } from '../model/is-change.ts';
import type { TracedEffect } from './shell/traced-effect.ts';

/** What the outcome of a whole shell text says of its parts. */
export interface ShellOutcome {
  /** It is known to have ended with status 0. */
  readonly succeeded: boolean;
  /** It was ended from outside, nobody knows where. */
  readonly cut: boolean;
  /** All output was seen, and nothing in it complains. */
  readonly quiet: boolean;
  /** Index of the last statement. */
  readonly last: number;
}

/**
 * Whether it is proven that the part of the text ran that makes an effect. Behind `&&` it is when the status of the
 * whole depends on it, or when everything before it would have complained; what stands behind the place at which a text
 * was ended may never have run, and a background job may not have come to it yet.
 */
export function isProven({ effect, place }: TracedEffect, outcome: ShellOutcome): boolean {
  if (place.background && isChange(effect) && effect.kind !== 'process') return false;
  if (outcome.cut) return place.statement === 0 && place.chain === 0 && !place.inner;
  if (place.behind === undefined) return true;
  if (place.proven && outcome.succeeded && place.statement === outcome.last) return true;
  return place.behind === 'loud' && outcome.quiet;
}

/** An effect of a part that may not have run. */
export function unproven(effect: Effect): Effect {
  return effect.certainty === 'certain' ? { ...effect, certainty: 'likely' } : effect;
}

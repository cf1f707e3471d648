import type { Effect } from '../model/effect.ts';
import { isChange } from '../model/is-change.ts';
import type { TracedEffect } from './shell/traced-effect.ts';

const INTERPRETERS = /^(?:python|node|perl|ruby|php)[\d.]*$/;
/** Lines by which an interpreter tells that an error ended its program, each with words that stand in every such line. */
const CRASHES: readonly { readonly words: string; readonly line: RegExp }[] = [
  { words: 'Traceback (most recent call last):', line: /^Traceback \(most recent call last\):/m },
  { words: 'Error: ', line: /^\w*Error: /m },
  { words: ' line ', line: /^[^\n]{1,300} at (?:-e|-|\S{1,200}) line \d+\.$/m },
  { words: 'Node.js v', line: /^Node\.js v\d/m },
];
const LIMIT = /\btimeout\s/;

/** Whether an output shows that an interpreter's program was ended by an error. */
export function showsCrash(output: string): boolean {
  const text = output.length > 400_000 ? output.slice(-200_000) : output;
  return CRASHES.some(({ words, line }) => hasLine(text, words, line));
}

/** Whether one of the lines that hold some words is as a pattern wants it: few lines are, and only these are read. */
function hasLine(text: string, words: string, pattern: RegExp): boolean {
  for (let at = text.indexOf(words); at >= 0; ) {
    const start = text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at);
    if (pattern.test(text.slice(start, end < 0 ? undefined : end))) return true;
    if (end < 0) return false;
    at = text.indexOf(words, end);
  }
  return false;
}

/** Whether a text runs something under a limit of time. */
export function hasLimit(text: string): boolean {
  return LIMIT.test(text.slice(0, 100_000));
}

/** What the outcome of a whole shell text says of its parts. */
export interface ShellOutcome {
  /** It is known to have ended with status 0. */
  readonly succeeded: boolean;
  /** It was ended from outside, nobody knows where. */
  readonly cut: boolean;
  /** All output was seen, and nothing in it complains. */
  readonly quiet: boolean;
  /** A wrapper in the text ends what runs too long. */
  readonly limited: boolean;
  /** A program says that it was ended by an error of its own. */
  readonly crashed: boolean;
  /** Index of the last statement. */
  readonly last: number;
}

/**
 * Whether it is proven that the part of the text ran that makes an effect. Behind `&&` it is when the status of the
 * whole depends on it, or when everything before it would have complained; what stands behind the place at which a text
 * was ended may never have run, and a background job may not have come to it yet.
 */
export function isProven({ effect, place, by, program }: TracedEffect, outcome: ShellOutcome): boolean {
  if (place.background && isChange(effect) && effect.kind !== 'process') return false;
  if (outcome.cut) return place.statement === 0 && place.chain === 0 && !place.inner;
  const decides = outcome.succeeded && place.statement === outcome.last;
  if (outcome.limited && !decides && (by === 'program' || place.inner)) return false;
  if (outcome.crashed && INTERPRETERS.test(program)) return false;
  if (place.behind === undefined) return true;
  if (place.proven && decides) return true;
  return place.behind === 'loud' && outcome.quiet;
}

/** An effect of a part that may not have run. */
export function unproven(effect: Effect): Effect {
  return effect.certainty === 'certain' ? { ...effect, certainty: 'likely' } : effect;
}

import type { Brand } from '../base/brand.ts';

/** Names one run: a readable slug and a short digest of its content. */
export type RunId = Brand<string, 'RunId'>;

/**
 * A step's name: `7` for the main agent's seventh step, `7.2` for the second step of the sub-agent that step 7
 * started, `7.2.1` one level deeper. The numbering contract stands in docs/step-numbering.md.
 */
export type StepId = Brand<string, 'StepId'>;

/** Position of a step in the timeline of a run, from 0; sub-agent steps are counted in execution order. */
export type Position = Brand<number, 'Position'>;

/** Milliseconds since the epoch. */
export type Millis = Brand<number, 'Millis'>;

export type Bytes = Brand<number, 'Bytes'>;

/** Main-agent ids as numbers, as labels and exports write them; sub-agent ids stay text. */
export function stepNumber(id: StepId): number | string {
  return id.includes('.') ? id : Number(id);
}

/** A recorded time (ISO text, or seconds or milliseconds since the epoch) as milliseconds; undefined when it is none. */
export function toMillis(value: unknown): Millis | undefined {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) {
    return (value < 1e11 ? Math.round(value * 1000) : value) as Millis;
  }
  // Without a year it is no time, though Date.parse makes one of texts like `step 3`.
  if (typeof value !== 'string' || !/\d{4}/.test(value)) return undefined;
  const zoned = /[zZ]$|[+-]\d\d:?\d\d$/.test(value) || !/^\d{4}-\d\d-\d\d[T ]/.test(value);
  const parsed = Date.parse(zoned ? value : `${value.replace(' ', 'T')}Z`);
  return Number.isNaN(parsed) ? undefined : (parsed as Millis);
}

import type { Recording } from '../recorder/recording.ts';

/** What an agent's log of a recording looks like on disk. */
export interface Artifact {
  readonly files: Readonly<Record<string, string>>;
  /** The unit that is read: a file, or a folder (`''` is the root). */
  readonly path: string;
}

export type Writer = (recording: Recording) => Artifact;

/** The words that every recording's agent is asked with. */
export const TASK = 'Put the calculator in order.';

/** Seconds since the start of the run: ten per step. */
export function timeOf(index: number): string {
  return new Date(Date.UTC(2026, 0, 5, 10, 0, 0) + index * 10_000).toISOString();
}

/** Cuts the middle out of a long text. */
export function cutMiddle(text: string, limit: number, mark: (left: string) => string): string {
  if (text.length <= limit) return text;
  const half = Math.floor(limit / 2);
  return text.slice(0, half) + mark(text.slice(half, text.length - half)) + text.slice(text.length - half);
}

export function withoutLastNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

/** Steps by turn: deeds issued together share one. */
export function turnsOf<T extends { readonly deed: { readonly sameTurn?: boolean } }>(
  steps: readonly T[],
): T[][] {
  const turns: T[][] = [];
  for (const step of steps) {
    const last = turns.at(-1);
    if (step.deed.sameTurn && last) last.push(step);
    else turns.push([step]);
  }
  return turns;
}

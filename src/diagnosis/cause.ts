import type { Anchor, Cause, Signal } from '../model/diagnosis.ts';
import type { Context } from './context.ts';
import type { SignalTable } from './signals/signal-rule.ts';

/** The kind of mistake that the onset's signals and the run's shape speak for: the first rule that holds. */
export function nameCause(
  context: Context,
  table: SignalTable,
  anchors: readonly Anchor[],
  onset: number | undefined,
): Cause {
  if (onset === undefined)
    return anchors.some((anchor) => anchor.kind === 'infrastructure') ? 'infrastructure' : 'undecided';
  const has = signalsOf(table.get(onset));
  const share = (name: string): number => countSteps(table, name) / Math.max(1, context.steps.length);
  const atEnd = onset === context.steps.length;
  if (has('malformed') && share('malformed') > 0.25) return 'malformed-calls';
  if (has('destructive')) return 'destructive-action';
  if (has('leaves-running')) return 'bad-environment';
  if (has('gives-up') && (atEnd || has('only-notes') || has('fabrication'))) return 'gave-up';
  if (atEnd && has('ends-without-output')) return 'gave-up';
  if (share('repeats-often') > 0.2) return 'stuck-loop';
  if (has('claims-despite-failure') || has('submits-failing'))
    return atEnd ? 'premature-submit' : 'ignored-evidence';
  if (has('fabrication')) return 'gave-up';
  if (has('installs')) return 'bad-environment';
  if (has('off-target-write') && anchors.some((anchor) => anchor.mentions.length > 0))
    return 'wrong-location';
  if (has('unverified-change')) return 'missing-verification';
  if (!has('source-write')) return has('concludes') ? 'wrong-hypothesis' : 'wrong-implementation';
  if (has('creates-source') || has('largest-write')) return 'wrong-implementation';
  return has('verified-passing') ? 'incomplete-fix' : 'wrong-hypothesis';
}

function signalsOf(signals: readonly Signal[] | undefined): (name: string) => boolean {
  const names = new Set((signals ?? []).map((signal) => signal.name));
  return (name) => names.has(name);
}

function countSteps(table: SignalTable, name: string): number {
  let count = 0;
  for (const signals of table.values()) if (signals.some((signal) => signal.name === name)) count++;
  return count;
}

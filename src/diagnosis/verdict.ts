import type { Anchor, Confidence, VerdictKind } from '../model/diagnosis.ts';
import type { Context } from './context.ts';
import { sigmoid } from './score.ts';
import type { SignalTable } from './signals/signal-rule.ts';

export interface Verdict extends Confidence {
  readonly kind: VerdictKind;
  readonly why: string;
}

/**
 * Whether the run failed by a decision of the agent. A known outcome is used and said; without one the anchors and
 * the way the run ended decide, and a middling belief abstains.
 */
export function judge(
  context: Context,
  table: SignalTable,
  anchors: readonly Anchor[],
  options: { readonly topShare: number },
): Verdict {
  const { run, steps } = context;
  const infrastructure = infrastructureFault(context, anchors);
  const outcome = run.outcome.kind;
  if (outcome === 'solved') {
    return verdict('no-decisive-failure', 0.95, 'the outcome is known: the task was solved');
  }
  if (infrastructure !== undefined) return verdict('infrastructure-failure', 0.75, infrastructure);
  if (outcome === 'failed') {
    if (steps.length === 0) return verdict('undecided', 0.3, 'the run failed and left no step to blame');
    const sure = 0.55 + 0.4 * Math.min(1, options.topShare * 2);
    return verdict('decisive-failure', sure, 'the outcome is known: the task was not solved');
  }
  if (steps.length === 0) return verdict('undecided', 0.2, 'there is no step and no known outcome');
  return fromBehaviour(context, table, anchors);
}

/** Evidence for and against a failure when nobody says how the run ended; log-odds, set by hand. */
function fromBehaviour(context: Context, table: SignalTable, anchors: readonly Anchor[]): Verdict {
  const reasons: { text: string; weight: number }[] = [];
  const add = (text: string, weight: number): void => void reasons.push({ text, weight });
  const kinds = new Set(anchors.map((anchor) => anchor.kind));
  const lastSignals = new Set((table.get(context.steps.length) ?? []).map((signal) => signal.name));
  if (kinds.has('failing-test')) add('tests failed when they were last run', 1.4);
  if (kinds.has('unsupported-claim')) add('success is claimed against the last evidence', 1);
  if (kinds.has('missing-output')) add('something that the task asks for was never made', 1.1);
  if (kinds.has('limit') || kinds.has('exception')) add('a limit or an exception ended the run', 1.6);
  if (lastSignals.has('gives-up')) add('the last step gives up', 1);
  if (lastSignals.has('step-failed')) add('the last step failed', 0.8);
  if (context.steps.at(-1)?.record.step.status === 'pending') add('the run was cut off', 1);
  if (context.steps.every((step) => step.sources.length === 0)) add('nothing was changed', 0.8);
  const lastCheck = context.steps.findLast((step) => step.verifies);
  if (lastCheck && !lastCheck.record.failed && lastCheck.record.errors.length === 0)
    add('the last check passed', -1);
  if (context.steps.some((step) => step.submits)) add('the work was handed in', -0.5);
  const belief = sigmoid(reasons.reduce((sum, { weight }) => sum + weight, -0.6));
  const telling = reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 3);
  const why =
    telling.length === 0
      ? 'nothing speaks for or against a failure'
      : telling.map(({ text }) => text).join('; ');
  if (belief >= 0.7) return verdict('decisive-failure', belief, why);
  if (belief <= 0.3) return verdict('no-decisive-failure', 1 - belief, why);
  return verdict('undecided', 1 - Math.abs(belief - 0.5) * 2, why);
}

/** A fault of the surroundings that the agent could not have mended: said where it ended the run, or left it no step. */
function infrastructureFault({ steps, run }: Context, anchors: readonly Anchor[]): string | undefined {
  const fault = anchors.find((anchor) => anchor.kind === 'infrastructure');
  if (fault) return `the surroundings failed: ${fault.message.slice(0, 200)}`;
  const answered = steps.filter((step) => step.record.step.observation !== undefined).length;
  if (steps.length > 0 && answered === 0 && run.outcome.kind !== 'solved') return 'no call was ever answered';
  return undefined;
}

function verdict(kind: VerdictKind, value: number, why: string): Verdict {
  const rounded = Math.round(value * 1000) / 1000;
  return { kind, value: rounded, band: rounded >= 0.8 ? 'high' : rounded >= 0.6 ? 'medium' : 'low', why };
}

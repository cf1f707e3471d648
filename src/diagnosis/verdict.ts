import type { Anchor, Verdict, VerdictKind } from '../model/diagnosis.ts';
import type { Context } from './context.ts';
import { sigmoid } from './score.ts';
import type { SignalTable } from './signals/signal-rule.ts';

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
    return verdict('no-decisive-failure', 0.95, KNOWN.solved, 'the outcome is known: the task was solved');
  }
  if (infrastructure !== undefined)
    return verdict('infrastructure-failure', 0.75, outcome === 'failed' ? KNOWN.failed : 0.9, infrastructure);
  if (outcome === 'failed') {
    if (steps.length === 0)
      return verdict('undecided', 0.3, KNOWN.failed, 'the run failed and left no step to blame');
    const sure = 0.55 + 0.4 * Math.min(1, options.topShare * 2);
    return verdict('decisive-failure', sure, KNOWN.failed, 'the outcome is known: the task was not solved');
  }
  if (steps.length === 0) return verdict('undecided', 0.2, 0.5, 'there is no step and no known outcome');
  return fromBehaviour(context, table, anchors);
}

/** Belief in a failure where the outcome is known: a checker can be wrong, too. */
const KNOWN = { solved: 0.02, failed: 0.98 } as const;

/** Few false accusations are worth more than many found: between these the verdict abstains. */
const ACCUSE = 0.72;
const ACQUIT = 0.25;

/**
 * Evidence for and against a failure when nobody says how the run ended; log-odds, set by hand. A passing check of the
 * agent's own says little: failed runs end with one nearly as often as solved ones.
 */
function fromBehaviour(context: Context, table: SignalTable, anchors: readonly Anchor[]): Verdict {
  const reasons: { text: string; weight: number }[] = [];
  const add = (text: string, weight: number): void => void reasons.push({ text, weight });
  const kinds = new Set(anchors.map((anchor) => anchor.kind));
  const anywhere = new Set([...table.values()].flat().map((signal) => signal.name));
  const atEnd = new Set((table.get(context.steps.length) ?? []).map((signal) => signal.name));
  if (kinds.has('limit') || kinds.has('exception')) add('a limit or an exception ended the run', 1.8);
  if (atEnd.has('ends-unanswered')) add('the run was cut off', 1.6);
  if (anywhere.has('first-malformed')) add('calls were malformed again and again', 0.9);
  if (anywhere.has('gives-up')) add('an obstacle was taken as final', 1.4);
  if (atEnd.has('ends-asking')) add('the last word asks, or names what is left', 1.1);
  if (anywhere.has('leaves-running')) add('a server was left in the shell of the agent', 1.2);
  if (atEnd.has('ends-on-notes')) add('the run ends on the agent’s own notes', 0.9);
  if (context.steps.every((step) => step.sources.length === 0)) add('nothing was changed', 0.6);
  if (kinds.has('missing-output')) add('something that the task asks for was never made', 0.3);
  if (kinds.has('failing-test')) add('tests failed when they were last run', 0.3);
  if (context.steps.some((step) => step.submits)) add('the work was handed in', -0.5);
  const lastCheck = context.steps.findLast((step) => step.verifies);
  if (lastCheck && !lastCheck.record.failed && lastCheck.record.errors.length === 0) {
    add('the last check passed', -0.4);
  }
  const belief = sigmoid(reasons.reduce((sum, { weight }) => sum + weight, -0.2));
  const telling = reasons.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 3);
  const why =
    telling.length === 0
      ? 'nothing speaks for or against a failure'
      : telling.map(({ text }) => text).join('; ');
  if (belief >= ACCUSE) return verdict('decisive-failure', belief, belief, why);
  if (belief <= ACQUIT) return verdict('no-decisive-failure', 1 - belief, belief, why);
  return verdict('undecided', 1 - Math.abs(belief - 0.5) * 2, belief, why);
}

/** A fault of the surroundings that the agent could not have mended: said where it ended the run, or left it no step. */
function infrastructureFault({ steps, run }: Context, anchors: readonly Anchor[]): string | undefined {
  const fault = anchors.find((anchor) => anchor.kind === 'infrastructure');
  if (fault) return `the surroundings failed: ${fault.message.slice(0, 200)}`;
  const answered = steps.filter((step) => step.record.step.observation !== undefined).length;
  if (steps.length > 0 && answered === 0 && run.outcome.kind !== 'solved') return 'no call was ever answered';
  return undefined;
}

function verdict(kind: VerdictKind, value: number, failure: number, why: string): Verdict {
  const rounded = round(value);
  const band = rounded >= 0.8 ? 'high' : rounded >= 0.6 ? 'medium' : 'low';
  return { kind, value: rounded, band, why, failure: round(failure), reasons: [] };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

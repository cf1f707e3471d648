import type { Anchor, Candidate, Diagnosis, Evidence, LabelledStep, Signal } from '../model/diagnosis.ts';
import type { StepId } from '../model/ids.ts';
import { quoteAny } from '../model/quote.ts';
import type { Run } from '../model/run.ts';
import type { StateHistory } from '../model/state.ts';
import type { TraceTree } from '../model/tree.ts';
import { findAnchors } from './anchors.ts';
import { citeCause, nameCause } from './cause.ts';
import { traceChain } from './chain.ts';
import { citeVerdict } from './cite-verdict.ts';
import { buildContext, type Context, type MainStep } from './context.ts';
import { buildDependence } from './dependence.ts';
import { adviseFor, explainOnset } from './explain.ts';
import { labelSteps } from './label-steps.ts';
import { rankSteps, scoreSignal } from './score.ts';
import { collectSignals } from './signals/collect-signals.ts';
import type { SignalTable } from './signals/signal-rule.ts';
import { sliceBackward } from './slice.ts';
import { judge } from './verdict.ts';
import { DEFAULT_WEIGHTS, type DiagnosisWeights } from './weights/default.ts';

export interface DiagnoseOptions {
  /** The run was handed over without its outcome and its checkers' results. */
  readonly outcomeWithheld?: boolean;
  readonly weights?: DiagnosisWeights;
}

const ALTERNATIVES = 5;
const EVIDENCE = 8;
/** So many quotes of the onset itself come before those of what failed. */
const FIRST = 4;

/** Finds onset, error chain, labels and verdict of a run. Deterministic: equal runs get equal diagnoses. */
export function diagnose(
  run: Run,
  history: StateHistory,
  tree: TraceTree,
  { outcomeWithheld = false, weights = DEFAULT_WEIGHTS }: DiagnoseOptions = {},
): Diagnosis {
  const context = buildContext(run, history, tree);
  const anchors = findAnchors(context);
  const graph = buildDependence(context);
  const slice = sliceBackward(context, graph, anchors);
  const table = collectSignals({ context, graph, anchors, slice });
  const ranking = rankSteps(
    weights.onset,
    table,
    context.steps.map((step) => step.ordinal),
  );
  const verdict = judge(context, table, anchors, { topShare: ranking[0]?.share ?? 0 });
  const blamed = verdict.kind === 'decisive-failure' ? ranking[0]?.ordinal : undefined;
  const onset = blamed === undefined ? undefined : context.steps[blamed - 1];
  const chain = onset ? traceChain(context, graph, onset.ordinal) : [];
  const cause =
    verdict.kind === 'infrastructure-failure'
      ? 'infrastructure'
      : nameCause(context, table, anchors, onset?.ordinal);
  const suspicions = onset ? rankSuspicions(table.get(onset.ordinal) ?? [], weights) : [];
  const labels = labelSteps(context, table, weights, onset);
  const labelled = (kind: LabelledStep['kind']): StepId[] =>
    labels.filter((label) => label.kind === kind).map((label) => label.step);
  const onsetStage =
    onset && tree.stages.find((stage) => onset.ordinal >= stage.start && onset.ordinal <= stage.end)?.kind;
  return {
    verdict: { ...verdict, evidence: citeVerdict(verdict, context, anchors) },
    ...(onset && { onset: onset.record.step.id }),
    ...(onsetStage && { onsetStage }),
    cause,
    causeEvidence: citeCause(cause, context, table, anchors, onset?.ordinal),
    chain,
    incorrect: labelled('incorrect'),
    unuseful: labelled('unuseful'),
    labels,
    evidence: onset
      ? gatherEvidence(onset, suspicions, anchors)
      : anchors.flatMap((anchor) => anchor.evidence).slice(0, EVIDENCE),
    why: onset ? explainOnset(onset, suspicions, anchors) : verdict.why,
    better: adviseFor(cause),
    alternatives: ranking
      .slice(0, ALTERNATIVES)
      .map(({ ordinal, share }) => describeCandidate(context, table, weights, ordinal, share)),
    anchors,
    signals: signalsById(context, table),
    outcomeWithheld,
  };
}

/** The signals that make a step the onset, by what they add to its score. */
function rankSuspicions(signals: readonly Signal[], { onset }: DiagnosisWeights): Signal[] {
  return signals
    .filter((signal) => scoreSignal(onset, signal) > 0)
    .sort((a, b) => scoreSignal(onset, b) - scoreSignal(onset, a));
}

/** Quotes for the onset's most telling signals, for what failed in the end, and for its other signals; each quote once. */
function gatherEvidence(
  onset: MainStep,
  suspicions: readonly Signal[],
  anchors: readonly Anchor[],
): Evidence[] {
  const quote = quoteAny(onset.record.step);
  const own = suspicions.flatMap((signal) => signal.evidence);
  const failures = anchors.flatMap((anchor) => anchor.evidence.slice(0, 1)).slice(0, 3);
  const seen = new Set<string>();
  return [...(quote ? [quote] : []), ...own.slice(0, FIRST), ...failures, ...own.slice(FIRST)]
    .filter((item) => {
      const key = `${item.step ?? ''}\u0000${item.quote}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, EVIDENCE);
}

function describeCandidate(
  context: Context,
  table: SignalTable,
  weights: DiagnosisWeights,
  ordinal: number,
  share: number,
): Candidate {
  const weigh = (signal: Signal): number => Math.abs(scoreSignal(weights.onset, signal));
  const signals = (table.get(ordinal) ?? [])
    .filter((signal) => weigh(signal) > 0)
    .sort((a, b) => weigh(b) - weigh(a));
  const step = context.steps[ordinal - 1];
  if (!step) throw new Error(`assertion failed: no step ${ordinal}`);
  return { step: step.record.step.id, score: Math.round(share * 1e4) / 1e4, signals: signals.slice(0, 6) };
}

function signalsById(context: Context, table: SignalTable): Diagnosis['signals'] {
  return new Map(
    context.steps.flatMap((step) => {
      const signals = table.get(step.ordinal);
      return signals ? [[step.record.step.id, signals] as const] : [];
    }),
  );
}

import type { Evidence, LabelledStep } from '../../model/diagnosis.ts';
import { type StepId, stepNumber } from '../../model/ids.ts';
import type { Stage } from '../../model/stage.ts';
import type { Analysis } from '../../query/analysis.ts';

/** `stage_ranges.json`, in the benchmark's shape. */
export function renderStageRanges({ tree }: Analysis): unknown[] {
  return tree.stages.map(({ kind, start, end }) => ({ stage: kind, start_step_id: start, end_step_id: end }));
}

/** `codetracer_labels.json`, in the benchmark's shape: a row for each stage that holds a labelled step. */
export function renderLabels({ tree, diagnosis }: Pick<Analysis, 'tree' | 'diagnosis'>): unknown[] {
  return tree.stages.flatMap((stage, index) => {
    const incorrect = within(stage, diagnosis.incorrect);
    const unuseful = within(stage, diagnosis.unuseful);
    if (incorrect.length === 0 && unuseful.length === 0) return [];
    return [
      {
        stage_id: index + 1,
        stage: stage.kind,
        incorrect_step_ids: incorrect,
        unuseful_step_ids: unuseful,
        reasoning: reasonFor(stage, diagnosis),
      },
    ];
  });
}

function within(stage: Stage, ids: readonly StepId[]): number[] {
  return ids
    .map(stepNumber)
    .filter((id): id is number => typeof id === 'number' && id >= stage.start && id <= stage.end);
}

/** Why the stage's steps are labelled, each with the first words that it rests on. */
function reasonFor({ start, end }: Stage, { onset, why, labels }: Analysis['diagnosis']): string {
  const number = onset === undefined ? undefined : stepNumber(onset);
  const holdsOnset = typeof number === 'number' && number >= start && number <= end;
  const reasons = labels.flatMap((label) => {
    const id = stepNumber(label.step);
    return typeof id === 'number' && id >= start && id <= end ? [reasonOf(label)] : [];
  });
  return [...(holdsOnset ? [why] : []), ...reasons].join(' ');
}

function reasonOf({ step, kind, signals, evidence }: LabelledStep): string {
  const names = signals.map((signal) => signal.name);
  const by = names.length === 0 ? '' : ` by ${names.join(', ')}`;
  return `Step ${step} is ${kind}${by}${quoted(evidence)}.`;
}

function quoted([first]: readonly Evidence[]): string {
  if (!first) return '';
  const where = first.step === undefined ? first.place.artifact : `${first.field} of step ${first.step}`;
  return `: "${first.quote}" (${where})`;
}

/** `codetracer_analysis.json`: the diagnosis in the benchmark's words. */
export function renderAnalysis({ tree, diagnosis }: Analysis): unknown {
  const { onset } = diagnosis;
  return {
    root_cause_chain: [
      ...(onset === undefined ? [] : [onset]),
      ...diagnosis.chain.map((link) => link.step),
    ].map(stepNumber),
    critical_decision_points:
      onset === undefined
        ? []
        : [{ step_id: stepNumber(onset), decision: diagnosis.why, should_have: diagnosis.better }],
    correct_strategy: diagnosis.better,
    stage_labels: renderLabels({ tree, diagnosis }),
    summary: `${diagnosis.verdict.kind} (${diagnosis.verdict.band} confidence): ${diagnosis.why}`,
    evidence: [
      ...diagnosis.verdict.evidence.map((item) => cite('verdict', item)),
      ...diagnosis.evidence.map((item) => cite(onset === undefined ? 'anchors' : 'onset', item)),
      ...diagnosis.causeEvidence.map((item) => cite('cause', item)),
      ...diagnosis.chain.flatMap((link) => link.evidence.map((item) => cite(`chain ${link.step}`, item))),
      ...diagnosis.labels.flatMap((label) =>
        label.evidence.map((item) => cite(`${label.kind} ${label.step}`, item)),
      ),
    ],
  };
}

function cite(claim: string, { step, field, quote, place }: Evidence): unknown {
  return { claim, step_id: step === undefined ? null : stepNumber(step), field, quote, place };
}

/** `codetracer_rl_feedback.json`: one signal per step, -1 (the onset) to 1. */
export function* renderFeedback({ run, diagnosis, history }: Analysis): Generator {
  const incorrect = new Set(diagnosis.incorrect);
  const unuseful = new Set(diagnosis.unuseful);
  const chain = new Set(diagnosis.chain.map((link) => link.step));
  const labels = new Map(diagnosis.labels.map((one) => [one.step, one]));
  for (const step of run.steps) {
    const isOnset = step.id === diagnosis.onset;
    const position = history.position(step.id);
    const changes = position !== undefined && (history.records[position]?.changed.length ?? 0) > 0;
    const names = (diagnosis.signals.get(step.id) ?? []).map((signal) => signal.name);
    const reason = labels.get(step.id);
    const label = isOnset
      ? 'onset'
      : incorrect.has(step.id)
        ? 'incorrect'
        : unuseful.has(step.id)
          ? 'unuseful'
          : 'ok';
    yield {
      step_id: stepNumber(step.id),
      verdict: label === 'onset' ? 'incorrect' : label,
      deviation_type: isOnset ? diagnosis.cause : label === 'ok' ? 'none' : label,
      impact_severity: isOnset
        ? 'critical'
        : chain.has(step.id)
          ? 'major'
          : label === 'ok'
            ? 'none'
            : 'minor',
      reasoning: isOnset
        ? diagnosis.why
        : reason
          ? reasonOf(reason)
          : names.length === 0
            ? 'nothing notable'
            : `signals: ${names.join(', ')}`,
      ...(isOnset && { correct_alternative: diagnosis.better }),
      reward_signal: REWARD[label] ?? (changes ? 0.3 : 0.1),
    };
  }
}

const REWARD: Readonly<Record<string, number>> = { onset: -1, incorrect: -0.6, unuseful: -0.2 };

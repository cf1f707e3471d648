import { firstLine } from '../base/text.ts';
import type { Candidate, Evidence, Signal } from '../model/diagnosis.ts';
import { type StepId, stepNumber } from '../model/ids.ts';
import type { FormatId, Run } from '../model/run.ts';
import { countSubagentSteps } from '../model/timeline.ts';
import { totalTokens, type Usage } from '../model/usage.ts';
import type { Analysis } from './analysis.ts';
import type { ConformanceSummary } from './conformance-schemas.ts';
import type { EvidenceReport, RunReport } from './schemas.ts';

/**
 * The analysis of one run as `analyze --json` prints it. `files` are filled in by whoever wrote any, `conformance` by
 * whoever measured it.
 */
export function reportRun(
  { run, tree, diagnosis }: Analysis,
  files: Record<string, string> = {},
  conformance?: ConformanceSummary,
): RunReport {
  const { verdict } = diagnosis;
  const time = reportTime(run);
  const subagentSteps = countSubagentSteps(run);
  return {
    id: run.id,
    path: run.path,
    format: run.format as FormatId,
    agent: run.agent?.name ?? null,
    model: run.model ?? null,
    task: run.task?.id ?? (run.task?.text === undefined ? null : firstLine(run.task.text)),
    outcome: run.outcome.kind,
    steps: run.stepCount ?? run.steps.length,
    ...(run.stepCount !== undefined && { keptSteps: run.steps.length }),
    stages: tree.stages.map(({ kind, start, end }) => ({ kind, start, end })),
    verdict: {
      kind: verdict.kind,
      confidence: verdict.value,
      band: verdict.band,
      why: verdict.why,
      evidence: verdict.evidence.map(reportEvidence),
      failure: verdict.failure,
      reasons: verdict.reasons.map(({ evidence, ...reason }) => ({
        ...reason,
        evidence: evidence.map(reportEvidence),
      })),
    },
    onset: diagnosis.onset === undefined ? null : stepNumber(diagnosis.onset),
    onsetStage: diagnosis.onsetStage ?? null,
    incorrect: numbers(diagnosis.incorrect),
    unuseful: numbers(diagnosis.unuseful),
    chain: numbers(diagnosis.chain.map((link) => link.step)),
    chainDetail: diagnosis.chain.map(({ step, how, evidence }) => ({
      step: stepNumber(step),
      how,
      evidence: evidence.map(reportEvidence),
    })),
    labels: diagnosis.labels.map(({ step, kind, belief, signals, evidence }) => ({
      step: stepNumber(step),
      kind,
      belief,
      signals: signals.map(reportSignal),
      evidence: evidence.map(reportEvidence),
    })),
    cause: diagnosis.cause,
    causeEvidence: diagnosis.causeEvidence.map(reportEvidence),
    evidence: diagnosis.evidence.map(reportEvidence),
    why: diagnosis.why,
    better: diagnosis.better,
    alternatives: diagnosis.alternatives.map(reportCandidate),
    anchors: diagnosis.anchors.map(({ kind, message, step, evidence }) => ({
      kind,
      message,
      step: step === undefined ? null : stepNumber(step),
      evidence: evidence.map(reportEvidence),
    })),
    failingChecks: diagnosis.outcomeWithheld
      ? []
      : run.outcome.checks
          .filter((check) => check.status === 'failed' || check.status === 'error')
          .map(({ test, message }) => ({ test, ...(message !== undefined && { message }) })),
    outcomeWithheld: diagnosis.outcomeWithheld,
    usage: reportUsage(run.usage),
    ...(time && { time }),
    ...(subagentSteps > 0 && { subagentSteps }),
    ...(run.exitStatus !== undefined && { exitStatus: run.exitStatus }),
    exceptions: run.exceptions.map(({ kind, message }) => ({ kind, message })),
    diagnostics: run.diagnostics.map(({ place, ...rest }) => ({
      ...rest,
      ...(place && { place: copyRef(place) }),
    })),
    ...(conformance && { conformance }),
    files,
  };
}

function numbers(ids: readonly StepId[]): (number | string)[] {
  return ids.map(stepNumber);
}

export function reportEvidence({ step, field, quote, place }: Evidence): EvidenceReport {
  return {
    step: step === undefined ? null : stepNumber(step),
    field,
    quote,
    artifact: place.artifact,
    place: copyRef(place),
  };
}

function copyRef(place: Evidence['place']): EvidenceReport['place'] {
  const { castEvents, bytes, ...rest } = place;
  return {
    ...rest,
    ...(castEvents && { castEvents: [castEvents[0], castEvents[1]] as [number, number] }),
    ...(bytes && { bytes: [bytes[0], bytes[1]] as [number, number] }),
  };
}

function reportCandidate({ step, score, signals }: Candidate): RunReport['alternatives'][number] {
  return {
    step: stepNumber(step),
    score,
    signals: signals.map(reportSignal),
  };
}

function reportSignal({ name, value, evidence }: Signal): RunReport['labels'][number]['signals'][number] {
  const quote = evidence[0]?.quote;
  return { name, value, ...(quote !== undefined && { quote }) };
}

function reportUsage(usage: Usage | undefined): RunReport['usage'] {
  if (!usage) return {};
  const { costUsd, ...tokens } = usage;
  const total = totalTokens(usage);
  return {
    ...(total !== undefined && { tokens: total }),
    ...tokens,
    ...(costUsd !== undefined && { cost: costUsd }),
  };
}

function reportTime({ startedAt, endedAt }: Run): RunReport['time'] {
  if (startedAt === undefined && endedAt === undefined) return undefined;
  return {
    ...(startedAt !== undefined && { start: new Date(startedAt).toISOString() }),
    ...(endedAt !== undefined && { end: new Date(endedAt).toISOString() }),
    ...(startedAt !== undefined && endedAt !== undefined && { seconds: (endedAt - startedAt) / 1000 }),
  };
}

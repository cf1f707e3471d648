import type { Diagnosis, Evidence } from '../model/diagnosis.ts';
import type { StepId } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import type { SourceRef } from '../model/source-ref.ts';
import type { Step } from '../model/step.ts';
import { listClaims } from './list-claims.ts';

export interface EvidenceViolation {
  /** Name of the claim, as `listClaims` gives it. */
  readonly claim: string;
  /**
   * `missing`: the claim cites nothing although there is something to cite; `empty`: a quote without words;
   * `unknown-step`: no such step; `not-in-field`: the field of the step, or what the run holds of the artifact at that
   * place, does not have the quote word for word; `no-place`: the place names no artifact of the run.
   */
  readonly problem: 'missing' | 'empty' | 'unknown-step' | 'not-in-field' | 'no-place';
  readonly evidence?: Evidence;
}

/**
 * What is wrong with the evidence of a diagnosis; empty for a sound one. Every claim needs a quote, word for word in the
 * decoded field that it cites and with a place in an artifact of the run; only a claim on a step without any text, or on a
 * run without steps and known outcome, has nothing to quote.
 */
export function checkEvidence(run: Run, diagnosis: Diagnosis): EvidenceViolation[] {
  const steps = new Map<StepId, Step>();
  for (const step of run.steps) steps.set(step.id, step);
  for (const branch of run.branches) for (const step of branch.steps) steps.set(step.id, step);
  const artifacts = new Set(run.artifacts.map(({ path }) => path));
  const outside = textsOutside(run);
  const checked = new Set<Evidence>();
  const violations: EvidenceViolation[] = [];
  for (const { name, step, evidence } of listClaims(diagnosis)) {
    if (evidence.length === 0 && isQuotable(run, step === undefined ? undefined : steps.get(step)))
      violations.push({ claim: name, problem: 'missing' });
    for (const item of evidence) {
      // Signals, labels and the onset share their quotes.
      if (checked.has(item)) continue;
      checked.add(item);
      const problem = check(item, steps, outside, artifacts);
      if (problem) violations.push({ claim: name, problem, evidence: item });
    }
  }
  return violations;
}

function check(
  { step, field, quote, place }: Evidence,
  steps: ReadonlyMap<StepId, Step>,
  outside: ReadonlyMap<string, readonly string[]>,
  artifacts: ReadonlySet<string>,
): EvidenceViolation['problem'] | undefined {
  if (quote.trim() === '') return 'empty';
  if (!artifacts.has(place.artifact)) return 'no-place';
  if (field === 'artifact') {
    return outside.get(keyOf(place))?.some((text) => text.includes(quote)) === true
      ? undefined
      : 'not-in-field';
  }
  const cited = step === undefined ? undefined : steps.get(step);
  if (!cited) return 'unknown-step';
  return cited[field]?.includes(quote) === true ? undefined : 'not-in-field';
}

/** Whether there are words that the claim could have cited: of its step, or of the run. */
function isQuotable(run: Run, step: Step | undefined): boolean {
  const hasText = ({ thought, action, observation }: Step): boolean =>
    `${action}${observation ?? ''}${thought ?? ''}`.trim() !== '';
  return step ? hasText(step) : run.steps.some(hasText);
}

/** What the run holds of its artifacts outside of the steps, by place. */
function textsOutside(run: Run): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, string[]>();
  const add = (place: SourceRef | undefined, ...found: readonly (string | undefined)[]): void => {
    if (!place) return;
    const known = texts.get(keyOf(place)) ?? [];
    texts.set(keyOf(place), [...known, ...found.filter((text) => text !== undefined)]);
  };
  add(run.task?.place, run.task?.text);
  if (run.finalMessage)
    for (const part of [run.finalMessage, ...(run.finalMessage.parts ?? [])]) add(part.place, part.text);
  add(run.submission?.place, run.submission?.text);
  for (const { place, message, quote } of run.exceptions) add(place, quote ?? message);
  for (const { place, quote } of run.outcome.signals) add(place, quote);
  const checks = new Map<string, { place: SourceRef; names: string[] }>();
  for (const { place, test } of run.outcome.checks) {
    if (!place) continue;
    const known = checks.get(keyOf(place));
    if (known) known.names.push(test);
    else checks.set(keyOf(place), { place, names: [test] });
  }
  // Thousands of checks may stand at one place: joined once.
  for (const { place, names } of checks.values()) add(place, names.join('\n'));
  return texts;
}

function keyOf({ artifact, pointer, line, castEvents, bytes }: SourceRef): string {
  return JSON.stringify([artifact, pointer, line, castEvents, bytes]);
}

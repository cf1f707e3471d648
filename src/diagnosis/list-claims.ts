import type { Diagnosis, Evidence } from '../model/diagnosis.ts';
import type { StepId } from '../model/ids.ts';

/** One statement of a diagnosis and what it cites. */
export interface Claim {
  /** What is claimed, in a word or two: `verdict`, `onset`, `chain 7`, `signal repeats-action of 9`. */
  readonly name: string;
  /** The step that it speaks of, where it speaks of one. */
  readonly step?: StepId;
  readonly evidence: readonly Evidence[];
}

/** Everything that a diagnosis claims. What it leaves undecided is no claim. */
export function* listClaims(diagnosis: Diagnosis): Generator<Claim> {
  const { verdict, onset, cause } = diagnosis;
  yield { name: 'verdict', evidence: verdict.evidence };
  for (const reason of verdict.reasons)
    yield { name: `reason ${reason.name} of the verdict`, evidence: reason.evidence };
  // Its stage, why it is blamed and what would have been better rest on the same words.
  if (onset !== undefined) yield { name: 'onset', step: onset, evidence: diagnosis.evidence };
  if (cause !== 'undecided') yield { name: `cause ${cause}`, evidence: diagnosis.causeEvidence };
  for (const { step, evidence } of diagnosis.chain) yield { name: `chain ${step}`, step, evidence };
  for (const { step, kind, evidence } of diagnosis.labels) yield { name: `${kind} ${step}`, step, evidence };
  for (const [index, { kind, evidence }] of diagnosis.anchors.entries())
    yield { name: `anchor ${index + 1} (${kind})`, evidence };
  for (const [step, signals] of diagnosis.signals)
    for (const { name, evidence } of signals) yield { name: `signal ${name} of ${step}`, step, evidence };
}

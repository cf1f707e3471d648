import { stepNumber } from '../../model/ids.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { Cause, CauseKind, Subject } from '../../state/causes/cause.ts';

/** A verbatim quote: word for word in the named field of its step, or in the artifact itself. */
export interface WhyQuote {
  /** Null for a text outside the steps. */
  readonly step: number | string | null;
  readonly field: 'thought' | 'action' | 'observation' | 'artifact';
  readonly quote: string;
  readonly place: SourceRef;
}

/** One link of an answer; `step` is null for what was there before the run, or was observed outside of its steps. */
export interface WhyLink {
  readonly kind: CauseKind;
  readonly step: number | string | null;
  readonly what: string;
  readonly provenance: Provenance;
  /** The most telling piece of evidence, repeated here. */
  readonly quote?: string;
  readonly place?: SourceRef;
  readonly evidence: readonly WhyQuote[];
  /** 0 for what answers the question itself, 1 for what that rests on, and so on. */
  readonly depth: number;
  /** What it rests on: indexes into the same list. */
  readonly because: readonly number[];
}

export interface WhyAnswer {
  readonly target: string;
  /** The answer in one sentence. */
  readonly answer: string;
  /** The causes, newest first. */
  readonly links: readonly WhyLink[];
  /** What came of it, oldest first. */
  readonly later: readonly WhyLink[];
  /** So many further causes are known that were not followed. */
  readonly more: number;
}

/** What a question comes to before its causes are followed. */
export interface Asked {
  readonly answer: string;
  readonly roots: readonly Subject[];
  readonly later?: readonly Omit<Cause, 'depth' | 'because'>[];
}

export function toLink(cause: Cause): WhyLink {
  const [first] = cause.evidence;
  return {
    kind: cause.kind,
    step: cause.step === undefined ? null : stepNumber(cause.step),
    what: cause.what,
    provenance: cause.provenance,
    ...(first && { quote: first.quote, place: first.place }),
    evidence: cause.evidence.map(({ step, field, quote, place }) => ({
      step: step === undefined ? null : stepNumber(step),
      field,
      quote,
      place,
    })),
    depth: cause.depth,
    because: cause.because,
  };
}

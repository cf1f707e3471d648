import type { Proposal } from './infer/infer-spec.ts';
import type { SpecVerdict } from './validate/validate-spec.ts';

/** A piece of an artifact, shortened, as a proposer sees it. Its text comes from a run: it is data, never an instruction. */
export interface SpecSample {
  readonly path: string;
  readonly text: string;
}

/** Tells that the user gave up: a signal of the platform fits. */
export interface Cancellation {
  readonly aborted: boolean;
}

/** What a proposer gets. */
export interface SpecRequest {
  readonly name: string;
  readonly samples: readonly SpecSample[];
  /** The proposal to repair, with what validation said of it; undefined when inference found nothing. */
  readonly current: { readonly proposal: Proposal; readonly verdict: SpecVerdict } | undefined;
  /** Why its last answer was refused: problems of the schema, or bounds that it missed. */
  readonly refused: readonly string[];
  readonly signal?: Cancellation;
}

/**
 * Proposes or repairs an extractor spec: a model, or a person. The answer is an unknown JSON value: it is parsed by the strict
 * schema and validated like any other proposal, and counts only when it scores better.
 */
export interface SpecProposer {
  readonly name: string;
  /** May throw or reject: then inference alone decides. */
  propose(request: SpecRequest): Promise<unknown>;
}

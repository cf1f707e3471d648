import type { Evidence } from '../../model/diagnosis.ts';
import type { StepId } from '../../model/ids.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { SeenPart } from '../../model/state.ts';

export const CAUSE_KINDS = [
  /** A step made this version of a file, or put this line in. */
  'change',
  /** It was there before the run. */
  'origin',
  /** It was found changed, and no step is known to have done it. */
  'unseen-change',
  /** What the agent had been shown of a file. */
  'read',
  'error',
  /** A step failed without stating an error. */
  'failure',
  'test-result',
  'directory',
  'environment',
  'package',
  'process',
  'service',
  'port',
  'branch',
  /** A step as a whole. */
  'step',
  /** A failure that was observed, during or after the run. */
  'anchor',
  /** The step that the diagnosis blames, and steps through which the failure travelled. */
  'onset',
  'chain',
  /** Among what came later: shown again, gone, used, changed, checked. */
  'repeat',
  'resolution',
  'use',
  'check',
] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

/** One reason why something is as it is. */
export interface Cause {
  readonly kind: CauseKind;
  /** The step; undefined for what was there before the run or was observed outside of its steps. */
  readonly step: StepId | undefined;
  /** Where it belongs in the timeline; -1 for before the run, the number of steps for after it. */
  readonly position: number;
  /** One sentence without the step's number. */
  readonly what: string;
  /** How it is known that this belongs here: the quote says so, it follows from records, or only the order speaks for it. */
  readonly provenance: Provenance;
  /** The most telling quote first; empty where no text of the run states it. */
  readonly evidence: readonly Evidence[];
  /** Fewest links between it and the target; 0 for what answers the question itself. */
  readonly depth: number;
  /** What it rests on: indexes into the same list. */
  readonly because: readonly number[];
}

/** The causes of something, newest first, and what came of it, oldest first. */
export interface CauseChain {
  readonly causes: readonly Cause[];
  readonly later: readonly Cause[];
  /** Further causes that are known and were not followed, because the bound was reached. */
  readonly more: number;
}

/** Something that can be explained. */
export type Subject =
  | {
      readonly kind: 'version';
      readonly path: string;
      readonly version: number;
      /** Text of a line that the version brought in, and its number there. */
      readonly line?: { readonly text: string; readonly number: number };
      /** Said instead of the usual words. */
      readonly what?: string;
      readonly provenance?: Provenance;
    }
  /** A line (from 1) of a version of a file. */
  | { readonly kind: 'line'; readonly path: string; readonly version: number; readonly line: number }
  | { readonly kind: 'read'; readonly path: string; readonly part: SeenPart; readonly text?: string }
  /** `relation`: how it is known that it belongs here, where it is less sure than the error itself. */
  | { readonly kind: 'error'; readonly number: number; readonly relation?: Provenance }
  | { readonly kind: 'failure'; readonly step: StepId; readonly relation?: Provenance }
  | { readonly kind: 'test'; readonly test: string; readonly position: number; readonly note?: string }
  | { readonly kind: 'directory' | 'branch'; readonly position: number }
  | {
      readonly kind: 'environment' | 'package' | 'service' | 'process';
      readonly name: string;
      readonly position: number;
    }
  | { readonly kind: 'port'; readonly port: number; readonly position: number }
  | { readonly kind: 'step'; readonly step: StepId; readonly what?: string }
  /** Made elsewhere, e.g. by the diagnosis. `key` tells it from others. */
  | {
      readonly kind: 'given';
      readonly key: string;
      readonly cause: Stated;
      readonly because: readonly Subject[];
    };

/** A cause before it has its place in a chain. */
export type Stated = Omit<Cause, 'depth' | 'because'>;

/** What a subject comes to. Explanations with the same key are the same cause. */
export interface Explanation {
  readonly key: string;
  readonly cause: Stated;
  /** In order of importance. */
  readonly because: readonly Subject[];
}

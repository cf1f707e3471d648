import type { Run } from '../model/run.ts';

export const EXCHANGE_TARGETS = ['atif', 'otlp', 'openinference', 'trace', 'steps'] as const;

/** The version of ATIF that is written. */
export const ATIF_VERSION = 'ATIF-v1.7';

/** What a run can be written as. */
export type ExchangeTarget = (typeof EXCHANGE_TARGETS)[number];

/** Something of the run that a target has no place for. */
export interface Loss {
  /** Name of the field in our own model. */
  readonly field: string;
  /** How many values are lost. */
  readonly count: number;
  readonly why: string;
}

/** A run as a document of a target. */
export interface Exported {
  readonly target: ExchangeTarget;
  /** The document as pieces of text, so that it never stands in memory as a whole; may be iterated once. */
  readonly parts: Iterable<string>;
  /** What the document does not hold; empty when it holds everything. */
  readonly losses: readonly Loss[];
}

export type Exporter = (run: Run) => Exported;

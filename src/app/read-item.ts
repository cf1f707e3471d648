import type { ErrorCode } from '../base/error.ts';
import type { Conformance } from '../evolve/conformance/conformance.ts';
import type { Tried } from '../formats/detect-format.ts';
import type { Run } from '../model/run.ts';

export interface ReadOptions {
  /** Id of a format: no detection for the artifacts. */
  readonly format?: string;
  /** Folder of a registry of learnt extractors, which then may claim artifacts too. */
  readonly extractors?: string;
  /**
   * Measure how much of each artifact stands in its runs: reads it twice. Runs of one artifact are handed over together
   * then, and drift is among their diagnostics.
   */
  readonly conformance?: boolean;
}

/** What reading a path gives, one item at a time. A failure of one run leaves the others standing. */
export type ReadItem =
  | {
      readonly kind: 'run';
      readonly run: Run;
      /** The folder on disk that is the run as a whole; undefined for a single file, an archive, standard input. */
      readonly folder?: string;
      /** Of the artifact that the run was read from, where it was asked for and the artifact holds no huge number of runs. */
      readonly conformance?: Conformance;
    }
  | { readonly kind: 'skipped'; readonly path: string; readonly tried: readonly Tried[] }
  | {
      readonly kind: 'failed';
      readonly path: string;
      readonly code: ErrorCode;
      readonly message: string;
      readonly tried?: readonly Tried[];
    };

import type { CaseLabels, Subject } from '../../bench/bench-case.ts';

/** A file that figures depend on, by content. */
export interface DataFile {
  /** As people would write it: relative to the folder that was named, with `/`. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A row that can't be measured, and why; counted and listed, never dropped silently. */
export interface Refusal {
  /** Label file and line, or the like. */
  readonly place: string;
  /** The case, when the row got as far as having a name. */
  readonly id?: string;
  readonly reason: string;
}

/** What came of opening a case: the run, or the reason why its labels can't be laid over it. */
export type OpenedCase =
  | {
      readonly kind: 'case';
      readonly subject: Subject;
      /**
       * Label step to step of the subject, where the two are numbered in different ways: `steps[i]` is the subject's step for
       * the label's step `i + 1`, `null` where the labels count what is no step of the run (the final `finish`). Undefined
       * when the numbers are the same.
       */
      readonly steps?: readonly (number | null)[];
      /** What else people should know, e.g. which reading of the artifact fitted. */
      readonly note?: string;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** One labelled run that has not been read yet. Nothing here or in what it opens tells a label. */
export interface CaseSource {
  /** Equal to the id of its labels; stable as long as the data are. */
  readonly id: string;
  /** What people and other tools call it: the trajectory's id, or the artifact's path. */
  readonly name: string;
  /** Label set, for progress and for counts. */
  readonly set: string;
  /** SHA-256 (hex) over what the subject is made from; undefined when it can't be read. Cheap beside `open`. */
  digest(): Promise<string | undefined>;
  open(): Promise<OpenedCase>;
}

/** Labelled runs: labels at once, runs one at a time. `cases` go to the runner, `labels` to the scorer alone. */
export interface Dataset {
  readonly cases: readonly CaseSource[];
  readonly labels: ReadonlyMap<string, CaseLabels>;
  /** The label files. */
  readonly files: readonly DataFile[];
  /** Rows that were refused before any artifact was read. */
  readonly refusals: readonly Refusal[];
}

export interface DatasetOptions {
  /** The folder that artifacts of a `labels.jsonl` are relative to. */
  readonly corpus?: string;
  /** False: no artifact is looked for, so that labels can be scored where the runs are gone; such cases can't be opened. */
  readonly artifacts?: false;
}

import type { Answer, Question } from '../../formats/format.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { Arrangement } from './enumerate-records.ts';

/** What became of values. All in UTF-8 bytes of the values; `unexplained` is neither in the run nor declared. */
export interface Share {
  readonly bytes: number;
  /** Stands in the run's model. */
  readonly kept: number;
  /** The format declares that it leaves this out. */
  readonly known: number;
  readonly unexplained: number;
}

/** A field whose values are not in the run, and the first of them. */
export interface LostField {
  /** From the record, dotted; `*` for an index. */
  readonly field: string;
  readonly bytes: number;
  readonly unexplained: number;
  readonly place: SourceRef;
  /** The first line that was not found, shortened. */
  readonly example: string;
}

/** Records (or blocks inside records) of one kind. */
export interface KindShare {
  readonly kind: string;
  readonly records: number;
  /** Prose, code, output. */
  readonly text: Share;
  /** Ids, times, numbers, names. */
  readonly facts: Share;
  /** Fields of text with unexplained bytes, most bytes first. */
  readonly lost: readonly LostField[];
  /** Fields of facts with unexplained bytes, most bytes first; at most 20. */
  readonly lostFacts: readonly LostField[];
}

/** What no longer is as the format knows it. */
export const DRIFTS = {
  'unread-kind': 'records of this kind hold text, and most of it is not in the run',
  'lost-text': 'most of the text in this field is not in the run',
  'missing-field': 'records lack a field that the format needs, or it has another type',
  'unknown-record': 'the extractor met records of a kind that it does not know',
  'unexpected-shape': 'the extractor met records that lack what their kind needs',
  'unpaired-result': 'results answer no call that was seen',
} as const;
export type DriftKind = keyof typeof DRIFTS;

export interface Drift {
  readonly what: DriftKind;
  readonly message: string;
  readonly kind?: string;
  readonly field?: string;
  readonly place?: SourceRef;
  readonly records?: number;
  /** UTF-8 bytes of text that are concerned. */
  readonly bytes?: number;
}

export interface AnsweredQuestion {
  readonly question: Question;
  /** What the format promises. */
  readonly format: Answer;
  /** How many of the runs answer it. */
  readonly runs: number;
}

/** How much of one artifact (with what its format reads beside it) stands in the runs that were made of it. */
export interface Conformance {
  readonly runs: number;
  readonly steps: number;
  readonly artifacts: readonly {
    readonly path: string;
    readonly how: Arrangement;
    readonly records: number;
  }[];
  /** Files in the run's folder that neither the format nor an enricher opened. */
  readonly unread: readonly string[];
  /** Records, and those of which at least half of the text is explained. */
  readonly records: { readonly seen: number; readonly explained: number };
  readonly text: Share;
  readonly facts: Share;
  readonly kinds: readonly KindShare[];
  /** Calls with a result of any sort; `observed`: with the text that the agent was shown. */
  readonly calls: { readonly total: number; readonly paired: number; readonly observed: number };
  /** Steps with a thought; bytes of recorded reasoning, and of it what stands in the run. */
  readonly thoughts: { readonly steps: number; readonly bytes: number; readonly kept: number };
  readonly time: { readonly timedSteps: number; readonly outOfOrder: number };
  readonly ids: {
    readonly reused: number;
    readonly unpairedResults: number;
    readonly abandoned: number;
    readonly duplicates: number;
    readonly orphans: number;
  };
  /** Steps with usage of their own; whether the runs have totals. */
  readonly usage: { readonly steps: number; readonly totals: number };
  readonly answers: readonly AnsweredQuestion[];
  readonly drift: readonly Drift[];
  /**
   * Set when not everything was judged: past `fullBytes` of values one record of `every`, past four times as much
   * none. `partialRun`: the runs themselves are too large to be held whole, so a text that is not found says nothing.
   */
  readonly sampled?: { readonly fullBytes: number; readonly every: number; readonly partialRun: boolean };
}

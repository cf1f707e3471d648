import type { SourceRef } from './source-ref.ts';

export type Severity = 'info' | 'warning' | 'error';

/** Bad data is reported, never thrown: what was found, where, and what was lost or repaired because of it. */
export interface Diagnostic {
  /** Stable, kebab-case, e.g. `truncated-json`, `lfs-pointer`, `unpaired-call`. The list stands in docs/diagnostics.md. */
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly place?: SourceRef;
  /** How many times it occurred, when several were folded into this one. */
  readonly count?: number;
}

/** Every code, with what it means: the published list. */
export const DIAGNOSTIC_CODES = {
  'lfs-pointer': 'The file is a Git-LFS pointer; its content was not stored with the run.',
  'empty-file': 'The file is empty.',
  'truncated-json': 'The JSON text ends early; complete elements before the cut were kept.',
  'malformed-json': 'A record is no valid JSON and was left out.',
  'non-json-line': 'Lines that are no JSON stood between JSON records and were passed over.',
  'joined-json': 'Several JSON values stood on one line and were separated.',
  'invalid-utf8': 'Bytes that are no UTF-8 were replaced.',
  'lone-surrogate': 'Text holds half of a surrogate pair; it is written as an escape.',
  'unexpected-shape': 'A record lacks what its kind needs; what could be read was kept.',
  'other-text': 'Text of other programs stood before what the format reads and was passed over.',
  'unknown-record': 'Records of a kind that this format does not know were passed over.',
  'format-drift':
    'The artifact is not as its format is known: new kinds of records, lost fields, text that reached no step.',
  'unpaired-call': 'A call has no result: its observation is unknown.',
  'unpaired-result': 'A result answers no call that was seen.',
  'unanswered-request': 'A request to the model has no recorded answer.',
  'abandoned-call': 'Calls of an abandoned API attempt never ran and are no steps.',
  'reused-call-id': 'A call id was used more than once; calls and results were joined in order.',
  'duplicate-record': 'A record stands there twice; it was read once.',
  'several-sessions': 'One file holds several sessions.',
  'rewound-history':
    'The conversation was taken back to an earlier point; what ran on the path that was left stays in the run.',
  'compacted-history':
    'The history was compacted; what was dropped from the context is not in this artifact.',
  'orphan-subagent': 'Steps of a sub-agent whose starting call was not found.',
  'missing-artifact': 'A file that this layout should have is not there.',
  'missing-recording': 'The record of the agent is not there, so the run has no steps.',
  'no-steps': 'The artifact was read and holds no step.',
  'conflicting-outcome': 'Signals of the outcome contradict each other.',
  'ambiguous-report':
    'Reports of several graded runs stand around the artifact and none is named like it; none was taken.',
  'step-count-mismatch': 'Two records of the run disagree about the number of steps.',
  'time-order': 'Times of steps are not in order.',
  'elided-output': 'The harness cut an output before it was recorded.',
  'left-out-image': 'An image is kept by reference only.',
  'unparsed-command': 'A command did not parse; its effects are a guess.',
  'refused-entry': 'A member of an archive, or a link, was refused: it leaves the input or is no plain file.',
  'damaged-archive': 'An archive is damaged or ends early; members that are complete were kept.',
  'model-limit':
    'The run is too large to be kept whole: long texts are kept by their beginning and end, later steps only counted.',
  'newer-version': 'The file was written by a newer version of this program and was not read.',
  'limit-reached': 'A limit of the reader was reached; the rest was not read.',
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;

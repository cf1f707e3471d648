/** Stable codes of errors that a user can cause and mend. */
export type ErrorCode =
  | 'usage'
  | 'unreadable'
  | 'unwritable'
  | 'unknown-format'
  | 'ambiguous-format'
  | 'unknown-run'
  | 'unknown-step'
  | 'unknown-target'
  | 'some-failed'
  | 'interrupted';

/** Bad usage or unreadable input: `code` is stable, `hint` says what to do about it. */
export class CodetracerError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  /** Facts for programs, e.g. the candidates of an unknown format. */
  readonly details: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    options: { hint?: string; details?: unknown; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'CodetracerError';
    this.code = code;
    this.hint = options.hint;
    this.details = options.details;
  }
}

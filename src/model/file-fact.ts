import type { SourceRef } from './source-ref.ts';

/**
 * What a result records of a file's whole content, apart from the text that the agent was shown. `null`: the file did
 * not exist; undefined: not recorded.
 */
export interface FileFact {
  /** As recorded. */
  readonly path: string;
  readonly before?: string | null;
  readonly after?: string | null;
  /** What the call asked for was changed before it was carried out: only `after` says what became of the file. */
  readonly amended?: true;
  readonly place?: SourceRef;
}

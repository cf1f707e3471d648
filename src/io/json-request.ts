import type { ByteFile } from './byte-source.ts';
import type { ReadLimits } from './read-limits.ts';

/** What is read of a JSON file, and how. */
export interface JsonRequest {
  /** Path of the file as diagnostics name it. */
  readonly artifact: string;
  /** Opens the file; called again for each array that is read later. */
  readonly open: () => Promise<ByteFile | undefined>;
  readonly arrays: readonly string[];
  readonly limits: ReadLimits;
}

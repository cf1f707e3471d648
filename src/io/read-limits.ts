const MIB = 1024 * 1024;

/** How much is taken at once; what is over a limit is cut or left out, with a diagnostic. All in bytes. */
export interface ReadLimits {
  /** Longest text that `text()` gives. */
  readonly textBytes: number;
  /** Longest line. */
  readonly lineBytes: number;
  /**
   * JSON documents up to here are parsed whole; larger ones element by element, which from some megabytes on is also
   * faster (bench/json-scanner.ts).
   */
  readonly wholeJsonBytes: number;
  /** Largest element of an array, or value of a top-level key, of a scanned document. */
  readonly valueBytes: number;
  /** How much is read from a file at once. */
  readonly chunkBytes: number;
}

/** V8's longest string has 512 Mi code units; what becomes one string stays well below it. */
const STRING_BYTES = 256 * MIB;

export const READ_LIMITS: ReadLimits = {
  textBytes: STRING_BYTES,
  lineBytes: 128 * MIB,
  wholeJsonBytes: 2 * MIB,
  valueBytes: STRING_BYTES,
  chunkBytes: MIB,
};

/** The default limits with some changed; none may ask for a string that can't be. */
export function completeLimits(changed: Partial<ReadLimits>): ReadLimits {
  const limits = { ...READ_LIMITS, ...changed };
  return {
    textBytes: Math.min(limits.textBytes, STRING_BYTES),
    lineBytes: Math.min(limits.lineBytes, STRING_BYTES),
    wholeJsonBytes: Math.min(limits.wholeJsonBytes, STRING_BYTES),
    valueBytes: Math.min(limits.valueBytes, STRING_BYTES),
    chunkBytes: Math.max(1, limits.chunkBytes),
  };
}

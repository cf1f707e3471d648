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

/** V8's longest string has 512 Mi code units; the limits stay well below it. */
export const READ_LIMITS: ReadLimits = {
  textBytes: 256 * MIB,
  lineBytes: 128 * MIB,
  wholeJsonBytes: 2 * MIB,
  valueBytes: 256 * MIB,
  chunkBytes: MIB,
};

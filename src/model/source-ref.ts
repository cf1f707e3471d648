/**
 * Where a text stands in the artifacts of a run. `artifact` is a posix path relative to the run's root (it may start
 * with `../` for files found beside the run). The other fields address the place as well as the format allows and
 * combine: a JSON pointer inside the JSON of a line, a line inside the output of a range of recording events.
 */
export interface SourceRef {
  readonly artifact: string;
  /** RFC 6901 pointer; inside the document, or inside the JSON on `line` or in `castEvents`. */
  readonly pointer?: string;
  /** From 1. */
  readonly line?: number;
  /** First and last event of an asciinema recording, from 0 (the header is no event), both inclusive. */
  readonly castEvents?: readonly [number, number];
  /** Byte offsets, end exclusive. */
  readonly bytes?: readonly [number, number];
}

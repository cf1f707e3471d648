import type { Diagnostic } from '../model/diagnostic.ts';
import type { Bytes } from '../model/ids.ts';

/**
 * A file or folder of a run. Paths are posix and relative to the reader's root, the run's own folder (`''`); they may
 * start with `..` for what lies beside the run, as far as the input that the user named reaches.
 */
export interface Entry {
  readonly path: string;
  readonly name: string;
  readonly kind: 'file' | 'directory';
  readonly size: Bytes;
}

/** A line of text with its place. Endings (LF or CRLF) are cut off; the number counts from 1. */
export interface TextLine {
  readonly line: number;
  readonly text: string;
  /** Byte offset of its first byte. */
  readonly start: number;
  /** Set when the text is not as it stands in the file: repaired, or cut because the line is over the reader's limit. */
  readonly flaw?: 'invalid-utf8' | 'limit-reached';
}

export interface TextContent {
  readonly text: string;
  /** What was repaired on the way (invalid UTF-8, a limit that cut the text). */
  readonly diagnostics: readonly Diagnostic[];
}

/** An element of an array inside a JSON document. */
export interface JsonElement {
  readonly index: number;
  readonly value: unknown;
}

/**
 * A JSON document whose large arrays are read element by element. `value` is the document; of the arrays that were
 * asked for it holds only `[]`, and `elements(key)` gives their content, in order, in batches. The key `''` is the
 * document itself when it is one array. `elements` may be iterated once per key, in any order.
 */
export interface JsonDocument {
  readonly value: unknown;
  elements(key: string): AsyncIterable<readonly JsonElement[]>;
  /** `truncated-json`, `malformed-json`, `lfs-pointer`, `empty-file`, `invalid-utf8`; complete only after reading. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the artifacts around one run (in a folder or in an archive) without giving out file handles. Every method answers for paths that do not exist: `undefined`, or nothing to iterate; none throws for bad content.
 *
 * A path may lead into an archive that lies there (tar, zip, and what is packed alone): `log.eval/samples/1.json`. The
 * archive itself is a file; `list` gives its members. Nothing is unpacked to disk, and archives in archives are opened
 * only so deep.
 */
export interface ArtifactReader {
  /** Entries directly under a folder, or in an archive, in natural order; empty when it is neither. */
  list(folder: string): Promise<readonly Entry[]>;
  stat(path: string): Promise<Entry | undefined>;
  /** The first `bytes` bytes (64 KiB unless told) as text. */
  head(path: string, bytes?: number): Promise<string | undefined>;
  /** The whole file as text; files over the reader's limit are cut with a diagnostic. */
  text(path: string): Promise<TextContent | undefined>;
  /** Lines in batches, in bounded memory whatever the file's size. */
  lines(path: string): AsyncIterable<readonly TextLine[]>;
  /** A JSON document; `arrays` names top-level arrays to stream (`''` for a document that is an array). */
  json(path: string, arrays?: readonly string[]): Promise<JsonDocument | undefined>;
}

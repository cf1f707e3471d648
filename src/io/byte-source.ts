/**
 * Where bytes come from: a folder of a disk, an archive, or memory. Paths are posix, normalized and relative to the
 * source's root (`''`); a path that starts with `..` or `/` names nothing. No method throws for what is not there or
 * may not be read.
 */
export interface ByteSource {
  /** Base name of the root, for people. */
  readonly name: string;
  list(folder: string): Promise<Listing>;
  stat(path: string): Promise<SourceEntry | undefined>;
  /** The file's bytes; undefined when it is no readable file. The caller closes it. */
  open(path: string): Promise<ByteFile | undefined>;
  /** Equal for two paths that lead to the same folder (through links), so that a walk ends. */
  identity(folder: string): Promise<string>;
}

export interface SourceEntry {
  readonly name: string;
  /** `refused`: there, but never read (a link that leaves the source, a device, a broken link); `reason` says why. */
  readonly kind: 'file' | 'directory' | 'refused';
  /** In bytes; 0 for what is no file. */
  readonly size: number;
  /** Reached through a symbolic link. */
  readonly linked?: true;
  readonly reason?: string;
}

/** Entries in natural order of their names; `problem` says why a folder could not be listed. */
export interface Listing {
  readonly entries: readonly SourceEntry[];
  readonly problem?: string;
}

export interface ByteFile {
  /** When it was opened; a file that grows is read up to here. */
  readonly size: number;
  /**
   * Up to `length` bytes from `position`; fewer only at the end. `into` may be used as the memory for the answer, which
   * is then valid until its next use.
   * @throws CodetracerError `unreadable` when the machine fails to read (a broken disk, a lost mount).
   */
  read(position: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

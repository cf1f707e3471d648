/** What an agent sets out to do, before its own tools decide how. Paths are as the agent sees them (`/app/...`). */
export type Deed = DeedBase &
  (
    | {
        readonly kind: 'run';
        readonly command: string /** The agent's limit. */;
        readonly timeoutMs?: number;
      }
    /** Lines from..to (from 1, inclusive); the whole file without them. */
    | { readonly kind: 'read'; readonly path: string; readonly from?: number; readonly to?: number }
    | { readonly kind: 'write'; readonly path: string; readonly text: string }
    | {
        readonly kind: 'replace';
        readonly path: string;
        readonly old: string;
        readonly new: string;
        readonly all?: boolean;
      }
    | { readonly kind: 'edits'; readonly path: string; readonly edits: readonly Replacement[] }
    /** Text put behind a line; line 0 is the start of the file. */
    | { readonly kind: 'insert'; readonly path: string; readonly line: number; readonly text: string }
    /** Takes the last edit of a file back. */
    | { readonly kind: 'undo'; readonly path: string }
    /** A sub-agent is asked; its deeds follow with `helper`. */
    | { readonly kind: 'delegate'; readonly prompt: string }
  );

interface DeedBase {
  /** What it is an example of: figures are given by family. */
  readonly family: string;
  /** Issued in the same turn as the deed before. */
  readonly sameTurn?: boolean;
  /** Done by the sub-agent that was asked last. */
  readonly helper?: boolean;
}

export interface Replacement {
  readonly old: string;
  readonly new: string;
}

/** A named case: what it is about, and what is done. */
export interface Scenario {
  readonly name: string;
  readonly deeds: readonly Deed[];
}

/** How deeds of one family are written down. */
export interface DeedMaker {
  run(command: string, timeoutMs?: number): Deed;
  read(path: string, from?: number, to?: number): Deed;
  write(path: string, text: string): Deed;
  replace(path: string, old: string, text: string, all?: boolean): Deed;
  edits(path: string, ...edits: readonly Replacement[]): Deed;
  insert(path: string, line: number, text: string): Deed;
  undo(path: string): Deed;
}

export function deedsOf(family: string): DeedMaker {
  return {
    run: (command, timeoutMs) => ({
      family,
      kind: 'run',
      command,
      ...(timeoutMs !== undefined && { timeoutMs }),
    }),
    read: (path, from, to) => ({
      family,
      kind: 'read',
      path,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    }),
    write: (path, text) => ({ family, kind: 'write', path, text }),
    replace: (path, old, text, all) => ({
      family,
      kind: 'replace',
      path,
      old,
      new: text,
      ...(all && { all }),
    }),
    edits: (path, ...edits) => ({ family, kind: 'edits', path, edits }),
    insert: (path, line, text) => ({ family, kind: 'insert', path, line, text }),
    undo: (path) => ({ family, kind: 'undo', path }),
  };
}

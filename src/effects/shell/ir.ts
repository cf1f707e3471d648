/**
 * What the fold sees of a shell text: a flat list of items in the order in which they would run. Compound commands are
 * dissolved into the place of each simple command, so nothing downstream recurses over syntax.
 */
export type ShellItem =
  | { readonly kind: 'command'; readonly command: SimpleCommand }
  /** A function; its body runs where it is called. */
  | { readonly kind: 'define'; readonly name: string; readonly body: readonly ShellItem[] }
  /** A loop's variable takes a value; undefined when it is not known. */
  | { readonly kind: 'bind'; readonly name: string; readonly value: ShellWord | undefined }
  /** A subshell begins and ends: a change of directory inside it does not outlive it. */
  | { readonly kind: 'enter' }
  | { readonly kind: 'leave' };

export interface SimpleCommand {
  /** Name and arguments; empty for a bare assignment or redirection, and for the redirections of a compound command. */
  readonly words: readonly ShellWord[];
  readonly assignments: readonly ShellAssignment[];
  readonly redirects: readonly ShellRedirect[];
  readonly place: RunPlace;
  /** The redirections belong to a compound command, whose output is not known here. */
  readonly compound: boolean;
}

export interface ShellAssignment {
  readonly name: string;
  /** Undefined for arrays and appended values. */
  readonly value: ShellWord | undefined;
}

export type RedirectOperator = '>' | '>>' | '>|' | '&>' | '&>>' | '>&' | '<' | '<>' | '<&' | '<<' | '<<<';

export interface ShellRedirect {
  readonly operator: RedirectOperator;
  readonly fd: number | undefined;
  /** File or descriptor; for `<<` and `<<<` the text itself. */
  readonly target: ShellWord | undefined;
}

/** Where a simple command stands. */
export interface RunPlace {
  /** Index of the top-level statement, from 0. */
  readonly statement: number;
  /** Position in the top-level `&&`/`||` list, from 0. */
  readonly chain: number;
  /** It stands behind a condition, an `||` or in a loop that may run no time. */
  readonly maybe: boolean;
  readonly background: boolean;
  readonly pipe: PipePlace | undefined;
  /** Runs only if what stands before it succeeded (`&&`, `set -e`): whether that says so when it fails. */
  readonly behind?: 'loud' | 'silent';
  /** An exit status of 0 of the whole text proves that it ran, if its statement is the last. */
  readonly proven?: boolean;
  /** Inside a compound command or another text: the status of the whole says nothing of it. */
  readonly inner?: boolean;
}

export interface PipePlace {
  readonly id: number;
  readonly index: number;
  readonly last: boolean;
}

/** A word of the shell: pieces in order. */
export interface ShellWord {
  readonly pieces: readonly WordPiece[];
  /** As written. */
  readonly text: string;
}

export type WordPiece =
  | { readonly kind: 'text'; readonly value: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly text: string; readonly quoted: boolean }
  /** An unquoted `{a,b}` or `{1..3}`. */
  | { readonly kind: 'braces'; readonly text: string }
  /** Command substitution, arithmetic and other expansions whose value only a shell knows. */
  | { readonly kind: 'opaque'; readonly text: string };

export interface ParsedShell {
  readonly items: readonly ShellItem[];
  /** Why the text is not (wholly) understood. */
  readonly problem: string | undefined;
  /** How many top-level statements there are. */
  readonly statements: number;
}

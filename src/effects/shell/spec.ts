import type { ContentChange } from '../../model/effect.ts';

/** What a program does with a path that it is given. */
export type PathRole =
  | 'read'
  | 'search'
  | 'write'
  | 'append'
  | 'touch'
  | 'edit'
  | 'delete'
  | 'mkdir'
  | 'mode'
  | 'chdir'
  | 'none';

/** What a program does with its operands: a role for all, or a rule for their order. */
export type OperandRule =
  | PathRole
  /** The first is a pattern, the others are paths to search. */
  | 'pattern-search'
  /** The first is a script, format or expression, the others are read. */
  | 'skip-read'
  /** The first is a mode or an owner, the others are changed in it. */
  | 'skip-mode'
  /** The first is an expression, the others are edited. */
  | 'skip-edit'
  /** The first is written, the others are read. */
  | 'out-read'
  /** The last is the destination. */
  | 'copy'
  | 'move'
  | 'link'
  /** All but the last are read, the last is written; a single one is only read. */
  | 'read-write'
  /** The first is read, the second written. */
  | 'in-out';

/** What a program does besides touching the paths that it is given. */
export type Act =
  | { readonly kind: 'package'; readonly manager?: string; readonly action: 'install' | 'remove' | 'update' }
  | { readonly kind: 'service'; readonly action?: string }
  | { readonly kind: 'account' }
  | { readonly kind: 'build' }
  | { readonly kind: 'kill' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'start' }
  | { readonly kind: 'fetch' }
  | { readonly kind: 'send' }
  | { readonly kind: 'test' }
  | { readonly kind: 'run' }
  | { readonly kind: 'git'; readonly changes: boolean }
  /** Writes files under names of its own; `path` is where, as far as the text says. */
  | { readonly kind: 'write'; readonly path: string; readonly change?: ContentChange };

/**
 * What one command, or one of its subcommands, does. Every list of options is a text with blanks between. A program
 * asked for `--help` or `--version` only prints, whatever its entry says.
 */
export interface CommandSpec {
  /** Options whose value stands in the next word. */
  readonly values?: string;
  /** `words`: one dash begins a whole word (`-out`). */
  readonly dash?: 'words';
  readonly operands?: OperandRule;
  /** Options that name a path, by role; they take a value. `'-o --output': 'write'`. */
  readonly paths?: Readonly<Record<string, PathRole>>;
  readonly acts?: readonly Act[];
  /** It acts (acts and changing operands) only with one of these options. */
  readonly only?: string;
  /** It does not act with any of these options. */
  readonly unless?: string;
  /**
   * What it does besides with one of these options, whatever `only` says: `{'-u --updateSnapshot': [...]}`. An option
   * with `=` must have a value that begins so, in the same word or the next: `'--cov-report=html'`.
   */
  readonly also?: Readonly<Record<string, readonly Act[]>>;
  /** It acts only with at least this many operands. */
  readonly atLeast?: number;
  /** By the first operand, or the first two. Names with blanks are separated by commas (`'remote add, pull'`, `'audit fix,'`). */
  readonly subs?: Readonly<Record<string, CommandSpec>>;
  /** For a call without any operand. */
  readonly bare?: CommandSpec;
  /** For a first operand that `subs` does not list; without it such a call only prints. */
  readonly otherwise?: CommandSpec;
  /** Effects are the usual ones, not sure ones. */
  readonly likely?: boolean;
}

/** Entries of one catalogue file: names with blanks between share an entry. */
export type Catalogue = Readonly<Record<string, CommandSpec>>;

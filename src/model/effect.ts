import type { StepId } from './ids.ts';

/** `certain`: the text says so; `likely`: the usual meaning; `possible`: a guess about an unknown program. */
export type Certainty = 'certain' | 'likely' | 'possible';

/** Lines from..to of a file, from 1, both inclusive; `to` is undefined for "to the end". */
export interface LineRange {
  readonly from: number;
  readonly to?: number;
}

/** Lines that become others at the first place behind the hunk before where they stand. */
export interface ContextHunk {
  /** Lines above that are looked for first, each behind the one before. */
  readonly under: readonly string[];
  readonly old: readonly string[];
  readonly new: readonly string[];
  /** The old lines are the last of the file. */
  readonly atEnd: boolean;
}

/**
 * How a write makes the new content of a file, where that can be said without running anything.
 * State applies it to the content before; `content` fields are exact bytes as text.
 */
export type ContentChange =
  | { readonly kind: 'set'; readonly content: string }
  | { readonly kind: 'append'; readonly content: string }
  /**
   * Exact text replacement, as edit tools do it. `all`: every occurrence, else exactly one must match. `lenient`, as
   * programs do it: no occurrence leaves the text as it is, and without `all` the first one is replaced.
   */
  | {
      readonly kind: 'replace';
      readonly old: string;
      readonly new: string;
      readonly all: boolean;
      readonly lenient?: boolean;
      /** Nothing put in the place of a text takes the line's end behind it along, where there is one. */
      readonly dropsLineEnd?: boolean;
      /** The tool turns tabs and line ends of the whole file into blanks and newlines. */
      readonly plain?: boolean;
    }
  /** Lines from..to (inclusive, from 1) become `content`; `to < from` inserts before `from`. */
  | {
      readonly kind: 'splice';
      readonly from: number;
      readonly to: number;
      readonly content: string;
      /** As for `replace`. */
      readonly plain?: boolean;
    }
  /** Several of these, in order. */
  | { readonly kind: 'sequence'; readonly changes: readonly ContentChange[] }
  /** A `sed` script applied in place. */
  | { readonly kind: 'sed'; readonly script: string; readonly flags: readonly string[] }
  /** One file's hunks of a unified diff. */
  | { readonly kind: 'patch'; readonly diff: string; readonly reverse?: boolean }
  /** Hunks that name their place by the lines around it, in order from the top, as `apply_patch` takes them. */
  | { readonly kind: 'hunks'; readonly hunks: readonly ContextHunk[] }
  /** An editor brings back what the file held before its own last edit. */
  | { readonly kind: 'undo' }
  /** Something is written, what is not said. */
  | { readonly kind: 'unknown' };

interface EffectBase {
  readonly certainty: Certainty;
}

/** What a step does to the world. Paths are as written; `resolved` paths are absolute where the directory is known. */
export type Effect = EffectBase &
  (
    | { readonly kind: 'read'; readonly path: string; readonly range?: LineRange }
    /** Looking for something: a search pattern in paths, a listing of a folder. */
    | { readonly kind: 'search'; readonly pattern?: string; readonly paths: readonly string[] }
    | {
        readonly kind: 'write';
        readonly path: string;
        readonly change: ContentChange;
        readonly creates?: boolean;
      }
    | { readonly kind: 'delete'; readonly path: string; readonly recursive: boolean }
    | { readonly kind: 'move'; readonly from: string; readonly to: string }
    | {
        readonly kind: 'copy';
        readonly from: string;
        readonly to: string;
        readonly recursive: boolean;
        /** No copy but a second name of the file: `from` is then as the link names it. */
        readonly link?: 'symbolic' | 'hard';
      }
    | { readonly kind: 'mkdir'; readonly path: string }
    | { readonly kind: 'mode'; readonly path: string; readonly mode: string }
    | { readonly kind: 'chdir'; readonly path: string }
    | { readonly kind: 'env'; readonly name: string; readonly value?: string; readonly exported: boolean }
    | {
        readonly kind: 'package';
        readonly manager: string;
        readonly action: 'install' | 'remove' | 'update';
        readonly names: readonly string[];
      }
    /** A git command; `changes` says whether objects, refs, index or config change. */
    | {
        readonly kind: 'git';
        readonly command: string;
        readonly args: readonly string[];
        readonly changes: boolean;
        /** Directory that it acts in, where the command names another than the one it runs in. */
        readonly folder?: string;
      }
    | {
        readonly kind: 'process';
        readonly action: 'start' | 'kill' | 'wait';
        readonly what: string;
        /** Still running when the step ends. */
        readonly background: boolean;
      }
    | { readonly kind: 'service'; readonly name: string; readonly action: string }
    | { readonly kind: 'account'; readonly what: string }
    | { readonly kind: 'network'; readonly direction: 'fetch' | 'send'; readonly target?: string }
    /** A test command was run. */
    | { readonly kind: 'test'; readonly runner: string; readonly targets: readonly string[] }
    /** A program of the task's or the agent's own was run (a script, a build, an import check). */
    | { readonly kind: 'run'; readonly program: string; readonly script?: string }
    /** A build or compile: writes its outputs. */
    | { readonly kind: 'build'; readonly tool: string; readonly targets: readonly string[] }
    /** Keys sent to a live session (tmux, an editor, a REPL). */
    | { readonly kind: 'keys'; readonly session?: string; readonly keys: string }
    /** The agent hands in its work, or declares it done. */
    | { readonly kind: 'submit' }
    /** The agent's own notes: todo lists, plans, memories. No change to the task's world. */
    | { readonly kind: 'note'; readonly what: string }
    /** A sub-agent was started. */
    | { readonly kind: 'delegate'; readonly prompt?: string }
    | { readonly kind: 'remote'; readonly host: string; readonly command?: string }
  );

export type EffectKind = Effect['kind'];

export type StepClass = 'change' | 'explore';

export interface EffectSet {
  readonly class: StepClass;
  readonly certainty: Certainty;
  readonly effects: readonly Effect[];
}

/** What one step does, twice: as its text asks, and as the outcome shows. */
export interface StepEffects {
  readonly step: StepId;
  /** As the text as written asks, assuming that tools exist and succeed. */
  readonly requested: EffectSet;
  /** Corrected by exit status, error text and output. */
  readonly happened: EffectSet;
  /** Why the command is not (wholly) understood; undefined when it is. */
  readonly unparsed?: string;
  /** Main programs of a shell command in order, wrappers removed: `['cd', 'pytest']`; the tool's name for other tools. */
  readonly programs: readonly string[];
}

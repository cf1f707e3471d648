import type { Effect } from '../../model/effect.ts';
import type { Arg } from './resolve-word.ts';

/** A call of one program, wrappers removed, as its reader sees it. */
export interface Call {
  /** Name without folder. */
  readonly name: string;
  /** As written, with folder. */
  readonly path: string;
  readonly args: readonly Arg[];
  /** Text on standard input, where it is known: a here-document, or a pipe from a program that prints known text. */
  readonly input: string | undefined;
  /** The same with unknown expansions left as written: good enough to read a program in it. */
  readonly draftInput: string | undefined;
  /** Something stands on standard input, known or not. */
  readonly hasInput: boolean;
}

/** What a reader tells the fold. */
export interface Host {
  readonly emit: (effect: Effect) => void;
  /** A shell text that runs too: `here` in this shell (`eval`), `child` in one of its own (`bash -c`); `maybe`: perhaps. */
  readonly shell: (text: string, where: 'here' | 'child', maybe?: boolean) => void;
  /** A command that runs too, beside the call's own doing (`find -exec`). */
  readonly command: (words: readonly Arg[]) => void;
  /** What runs inside runs on another machine or in a container: it touches no file here. */
  readonly elsewhere: (target: string, inner: () => void) => void;
  readonly chdir: (path: string) => void;
  readonly setVariable: (name: string, value: string | undefined) => void;
  /** The call's program is one that we know nothing of, or run something that we know nothing of. */
  readonly guess: (what: string) => void;
  /** Content of a script file, where the caller knows it. */
  readonly script: (path: string) => string | undefined;
  /** Whole content of a file as it is when the call runs; undefined where anything before could have changed it unseen. */
  readonly content: (path: string) => string | undefined;
}

/** `next`: the call only wraps this command, which runs in its place. */
export interface Outcome {
  readonly next: readonly Arg[];
  /** Standard input is taken by the wrapper (`xargs`). */
  readonly dropsInput?: boolean;
}

/** Reads one kind of call. Without an outcome the call is done. */
export type CommandReader = (call: Call, host: Host) => Outcome | undefined;

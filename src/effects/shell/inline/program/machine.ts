import { joinPath } from '../../../../base/path.ts';
import type { Certainty, ContentChange, Effect } from '../../../../model/effect.ts';
import type { Host } from '../../host.ts';
import { isStream } from '../../paths.ts';
import type { Expression, Statement } from './syntax.ts';
import {
  type CallArguments,
  type Doubt,
  type FunctionValue,
  type HandleValue,
  UNKNOWN,
  type Value,
} from './values.ts';

/** What a language's own names and methods do. Undefined: it knows nothing of this one. */
export interface Dialect {
  readonly callSymbol: (machine: Machine, name: string, call: CallArguments) => Value | undefined;
  readonly callMethod: (
    machine: Machine,
    receiver: Value,
    method: string,
    call: CallArguments,
  ) => Value | undefined;
  /** Something of a module that is no call: `os.sep`, `sys.argv`. */
  readonly member: (machine: Machine, of: Value, name: string) => Value | undefined;
  readonly binary: (operator: string, left: Value, right: Value) => Value;
  /** A value as a part of a text. */
  readonly display: (value: Value) => Value;
  readonly index: (of: Value, at: Value) => Value;
}

/** A program to read. */
export interface ProgramText {
  readonly statements: readonly Statement[];
  readonly dialect: Dialect;
  /** Name of the interpreter or the script. */
  readonly tool: string;
  readonly argv: readonly string[];
  /** Its text is not known wholly: what a shell expands in it (`$x`, a substitution) stands there as written. */
  readonly isDraft: boolean;
}

/**
 * Steps of one program that are followed. Beyond, everything that it holds is forgotten and each loop is read once, for
 * so many steps more.
 */
const STEP_LIMIT = 30_000;
const TIRED_LIMIT = 20_000;
const CERTAINTIES: readonly Certainty[] = ['certain', 'likely', 'possible'];
const RANK: Readonly<Record<Certainty, Doubt>> = { certain: 0, likely: 1, possible: 2 };

/** The state of a program that is read as if it ran. */
export class Machine {
  readonly host: Host;
  /** Name of the interpreter or the script, for effects without a path. */
  readonly tool: string;
  readonly dialect: Dialect;
  readonly argv: readonly string[];
  /** Frames of calls, innermost last; names not found there are looked up in the first. */
  readonly frames: Map<string, Value>[] = [new Map()];
  doubt: Doubt = 0;
  /** Conditions that nobody can decide, around the place that runs: what changes in place there is lost. */
  branching = 0;
  calls = 0;
  depth = 0;
  private folder: string | undefined = '';
  private steps = 0;
  private readonly isOnce: boolean;
  /** The program runs for too long: loops are not followed any more. */
  tired = false;
  private readonly versions = new Map<string, number>();
  /** Functions that ran, so that those that nobody calls can be read at the end. */
  readonly called = new Set<FunctionValue['define']>();
  /** Files opened inside of an expression; whoever keeps one takes it. */
  readonly loose: { readonly handle: HandleValue; readonly depth: number }[] = [];
  callFunction: (callee: FunctionValue, call: CallArguments) => Value = () => UNKNOWN;
  evaluate: (expression: Expression) => Value = () => UNKNOWN;

  /** The program's text holds expansions of a shell as they were written. */
  readonly isDraft: boolean;

  /** `once`: no loop and no call is followed, so that the steps are as many as the text is long. */
  constructor(host: Host, program: ProgramText, how: 'run' | 'once' = 'run') {
    this.isOnce = how === 'once';
    this.tired = this.isOnce;
    this.host = host;
    this.tool = program.tool;
    this.dialect = program.dialect;
    this.argv = program.argv;
    this.isDraft = program.isDraft;
  }

  /** Counts one step; false when the program is too long to be read. */
  step(): boolean {
    if (++this.steps > STEP_LIMIT && !this.tired) {
      this.tired = true;
      this.forget();
    }
    return !this.exhausted;
  }

  get exhausted(): boolean {
    return !this.isOnce && this.steps > STEP_LIMIT + TIRED_LIMIT;
  }

  private forget(): void {
    for (const frame of this.frames) {
      for (const [name, value] of frame) {
        switch (value.kind) {
          case 'function':
          case 'class':
          case 'symbol':
            break;
          case 'handle':
            value.written = undefined;
            break;
          case 'list':
            value.items = undefined;
            break;
          case 'map':
            value.entries = undefined;
            break;
          case 'object':
            for (const field of value.fields.keys()) value.fields.set(field, UNKNOWN);
            break;
          case 'text':
          case 'path':
          case 'number':
          case 'constant':
          case 'unknown':
            // A path that was named once, at the top, stays what it is.
            if (value.kind !== 'text' || this.doubt > 0 || value.from.length > 0) frame.set(name, UNKNOWN);
        }
      }
    }
  }

  lookUp(name: string): Value | undefined {
    return this.frames.at(-1)?.get(name) ?? this.frames[0]?.get(name);
  }

  assign(name: string, value: Value): void {
    this.frames.at(-1)?.set(name, value);
  }

  /** Runs something that is less sure than what is around it. */
  doubting<T>(doubt: Doubt, inner: () => T): T {
    const before = this.doubt;
    this.doubt = doubt > before ? doubt : before;
    const result = inner();
    this.doubt = before;
    return result;
  }

  emit(effect: Effect): void {
    const rank = Math.max(RANK[effect.certainty], this.exhausted ? Math.max(1, this.doubt) : this.doubt);
    const certainty = CERTAINTIES[rank] ?? 'possible';
    this.host.emit(certainty === effect.certainty ? effect : { ...effect, certainty });
  }

  /** A path as the program's caller would write it. */
  place(path: string): string | undefined {
    if (this.folder === '' || path.startsWith('~')) return path;
    if (this.folder === undefined) return path.startsWith('/') ? path : undefined;
    return joinPath(this.folder, path);
  }

  enter(path: string | undefined): void {
    this.folder = path === undefined ? undefined : this.place(path);
  }

  /** Where the program is, as its caller would write it; empty for where it began. */
  get here(): string | undefined {
    return this.folder;
  }

  versionOf(path: string): number {
    return this.versions.get(path) ?? 0;
  }

  /** Something is written whose place only a run tells. */
  outputs(certainty: Certainty): void {
    this.emit({ kind: 'build', tool: this.tool, targets: [], certainty });
  }

  write(path: string | undefined, change: ContentChange, certainty: Certainty, creates: boolean): void {
    const place = path === undefined ? undefined : this.place(path);
    if (place === undefined) this.outputs(certainty);
    else if (!isStream(place)) {
      this.versions.set(place, this.versionOf(place) + 1);
      this.emit({ kind: 'write', path: place, change, creates, certainty });
    }
  }

  shell(text: string | undefined, folder?: string): void {
    if (text === undefined) {
      this.host.guess(this.tool);
      return;
    }
    const here = folder ?? this.folder;
    const inner = here === undefined || here === '' ? text : `cd ${quoteWord(here)} && ${text}`;
    // What a program that may not run starts is as doubtful as it is.
    if (this.doubt < 2) this.host.shell(inner, 'child', this.doubt > 0);
  }
}

export function quoteWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

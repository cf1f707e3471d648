import type { Effect } from '../../model/effect.ts';
import { applySpec, asksForHelp } from './apply-spec.ts';
import { findSpec } from './catalogue/index.ts';
import { findReader } from './commands/index.ts';
import { EffectRecord } from './effect-record.ts';
import { guessProgram } from './guess-program.ts';
import type { Call, Host } from './host.ts';
import type { RunPlace, ShellItem, SimpleCommand } from './ir.ts';
import { knownOutput } from './known-output.ts';
import { parseShell } from './parse-shell.ts';
import { programName } from './program-name.ts';
import { addResultsReadAfterwards } from './read-afterwards.ts';
import { redirectedRead, redirectedWrite } from './redirect-effects.ts';
import { type Arg, resolveText, resolveWord } from './resolve-word.ts';
import { runOwnScript } from './run-own-script.ts';
import type { TracedEffect } from './traced-effect.ts';

export interface FoldResult {
  readonly effects: readonly TracedEffect[];
  readonly programs: readonly string[];
  readonly problem: string | undefined;
  /** Programs of which nothing is known. */
  readonly unknown: readonly string[];
  readonly statements: number;
}

export interface FoldOptions {
  /** Content of a script file, where the caller knows it. */
  readonly script?: (path: string) => string | undefined;
}

/** Texts inside texts (`bash -c`, `eval`, functions) are followed this deep, and this often in all. */
const NEST_LIMIT = 12;
const COMMAND_BUDGET = 60_000;
/** `sudo env timeout …`: more wrappers around one command than this are not removed. */
const WRAPPER_LIMIT = 40;

/** Folds a shell text into what it does, in order. */
export function foldShell(text: string, options: FoldOptions = {}): FoldResult {
  const fold = new ShellFold(options);
  const parsed = parseShell(text);
  fold.noteProblem(parsed.problem);
  fold.run(parsed.items);
  return { ...fold.result(), statements: parsed.statements };
}

/** Standard input of a command. */
interface Input {
  readonly text: string | undefined;
  /** The text with what is not known left as written: a program in a here-document is worth reading all the same. */
  readonly draft: string | undefined;
  readonly has: boolean;
}

const NO_INPUT: Input = { text: undefined, draft: undefined, has: false };
const FROM_SOMEWHERE: Input = { text: undefined, draft: undefined, has: true };

class ShellFold {
  private readonly done: EffectRecord;
  private readonly programs: string[] = [];
  private problem: string | undefined;
  private readonly variables = new Map<string, string | undefined>();
  private readonly functions = new Map<string, readonly ShellItem[]>();
  private readonly outputs = new Map<string, string | undefined>();
  private depth = 0;
  private commands = 0;

  constructor(options: FoldOptions) {
    this.done = new EffectRecord(options.script);
  }

  result(): Omit<FoldResult, 'statements'> {
    const { effects, guesses } = this.done;
    const unknown = guesses.map((guess) => guess.what);
    const all = addResultsReadAfterwards(effects, guesses);
    return { effects: all, programs: this.programs, problem: this.problem, unknown };
  }

  noteProblem(problem: string | undefined): void {
    this.problem ??= problem;
  }

  run(items: readonly ShellItem[], outer?: RunPlace): void {
    for (const item of items) {
      switch (item.kind) {
        case 'command':
          if (++this.commands > COMMAND_BUDGET) {
            this.noteProblem(`more than ${COMMAND_BUDGET} commands`);
            return;
          }
          this.runCommand(outer ? inPlace(item.command, outer) : item.command);
          break;
        case 'define':
          this.functions.set(item.name, item.body);
          break;
        case 'bind': {
          const value = item.value && resolveText(item.value, this.variables);
          this.variables.set(item.name, value?.known ? value.value : undefined);
          break;
        }
        case 'enter':
          this.done.enter();
          break;
        case 'leave':
          this.done.leave();
          break;
      }
    }
  }

  private runCommand(command: SimpleCommand): void {
    const { place } = command;
    const words = command.words.flatMap((word) => resolveWord(word, this.variables));
    this.assign(command, words.length === 0, place);
    const input = this.inputOf(command, place);
    const name = words[0]?.value ?? '';
    for (const redirect of command.redirects) {
      const effect = redirectedRead(redirect, this.variables);
      if (effect) this.done.add(effect, place, 'redirect', name);
    }
    const output = words.length > 0 ? this.runWords(words, input, place) : command.compound ? undefined : '';
    for (const redirect of command.redirects) {
      const effect = redirectedWrite(redirect, this.variables, output);
      if (effect) this.done.add(effect, place, 'redirect', name);
    }
    this.pipeOutput(place, output);
  }

  private assign(command: SimpleCommand, bare: boolean, place: RunPlace): void {
    for (const assignment of command.assignments) {
      const value = assignment.value && resolveText(assignment.value, this.variables);
      const known = value?.known ? value.value : undefined;
      // Before a command, an assignment holds for that command only; its words do not see it either.
      if (!bare) continue;
      this.variables.set(assignment.name, known);
      const effect: Effect = {
        kind: 'env',
        name: assignment.name,
        ...(known !== undefined && { value: known }),
        exported: false,
        certainty: 'certain',
      };
      this.done.add(effect, place, 'program', '');
    }
  }

  private inputOf(command: SimpleCommand, place: RunPlace): Input {
    const given = command.redirects.findLast((redirect) => redirect.operator.startsWith('<'));
    if (given?.target && (given.operator === '<<' || given.operator === '<<<')) {
      const text = resolveText(given.target, this.variables);
      const body = given.operator === '<<<' ? `${text.value}\n` : text.value;
      return { text: text.known ? body : undefined, draft: body, has: true };
    }
    if (given?.operator === '<' && given.target) {
      const path = resolveText(given.target, this.variables).value;
      const text = this.done.scriptText(path);
      return { text, draft: text, has: true };
    }
    if (given) return FROM_SOMEWHERE;
    if (place.pipe && place.pipe.index > 0) {
      const text = this.outputs.get(`${place.pipe.id}/${place.pipe.index - 1}`);
      return { text, draft: text, has: true };
    }
    return NO_INPUT;
  }

  private pipeOutput(place: RunPlace, output: string | undefined): void {
    if (!place.pipe || place.pipe.last) return;
    const key = `${place.pipe.id}/${place.pipe.index}`;
    if (!this.outputs.has(key)) {
      this.outputs.set(key, output);
      return;
    }
    const before = this.outputs.get(key);
    this.outputs.set(key, before !== undefined && output !== undefined ? before + output : undefined);
  }

  /** Runs one command's words, wrappers removed one after the other. Returns what it prints, where that is known. */
  private runWords(given: readonly Arg[], input: Input, place: RunPlace): string | undefined {
    let words = given;
    const made = this.done.effects.length;
    let stdin = input;
    for (let round = 0; round < WRAPPER_LIMIT; round++) {
      const [first] = words;
      if (!first) return undefined;
      const args = words.slice(1);
      const body = this.functions.get(first.value);
      if (body) {
        this.callFunction(first.value, body, place);
        return undefined;
      }
      const { name, foreign } = programName(first.value);
      const call: Call = {
        name,
        path: first.value,
        args,
        input: stdin.text,
        draftInput: stdin.draft,
        hasInput: stdin.has,
      };
      const host = this.hostFor(call, place);
      const reader = foreign ? undefined : findReader(name);
      if (reader) {
        this.programs.push(name);
        const at = this.programs.length - 1;
        if (!asksForHelp(args)) {
          const outcome = reader(call, host);
          if (outcome) {
            this.programs.splice(at, 1);
            words = outcome.next;
            if (outcome.dropsInput) stdin = FROM_SOMEWHERE;
            if (words.length === 0) return undefined;
            continue;
          }
        }
        if (place.background) this.background(call, place, made);
        return knownOutput(name, args, stdin.text);
      }
      this.programs.push(name);
      const spec = foreign ? undefined : findSpec(name);
      if (spec) applySpec(spec, call, host);
      else if (!runOwnScript(call, host)) guessProgram(call, host);
      if (place.background) this.background(call, place, made);
      return knownOutput(name, args, stdin.text);
    }
    this.noteProblem(`more than ${WRAPPER_LIMIT} wrappers around one command`);
    return undefined;
  }

  /** A job of its own that goes on when the step ends; what only waits, prints or looks is not worth the name. */
  private background(call: Call, place: RunPlace, made: number): void {
    if (QUIET_JOBS.has(call.name)) return;
    const own = this.done.effects.slice(made).some((entry) => entry.effect.kind === 'process');
    if (own) return;
    const effect: Effect = {
      kind: 'process',
      action: 'start',
      what: call.name,
      background: true,
      certainty: 'certain',
    };
    this.done.add(effect, place, 'program', call.name);
  }

  private callFunction(name: string, body: readonly ShellItem[], place: RunPlace): void {
    this.nested(name, () => this.run(body, place));
  }

  private nested(what: string, inner: () => void): void {
    if (this.depth >= NEST_LIMIT) {
      this.noteProblem(`commands nested deeper than ${NEST_LIMIT} (at ${what.slice(0, 40)})`);
      return;
    }
    this.depth++;
    this.done.keepFolder(inner);
    this.depth--;
  }

  private hostFor(call: Call, place: RunPlace): Host {
    const { done } = this;
    return {
      emit: (effect) => done.add(effect, place, 'program', call.name),
      shell: (text, where, maybe) =>
        this.nested(call.name, () => {
          const parsed = parseShell(text);
          this.noteProblem(parsed.problem);
          if (where === 'child') done.enter();
          this.run(parsed.items, maybe ? { ...place, maybe } : place);
        }),
      command: (words) =>
        this.nested(call.name, () => {
          this.runWords(words, NO_INPUT, { ...place, pipe: undefined });
        }),
      elsewhere: (target, inner) => done.elsewhere(target, inner),
      chdir: (path) => done.chdir(path, place, call.name),
      setVariable: (name, value) => {
        this.variables.set(name, value);
      },
      guess: (what) => done.guess(what, call.args, place),
      script: (path) => done.scriptText(path),
      content: (path) => done.content(path),
    };
  }
}

const QUIET_JOBS = new Set(
  ': true false echo printf sleep wait test [ ls cat grep ps kill pkill which cd export head wc'.split(' '),
);

/** A command of a nested text stands where its caller stands. */
function inPlace(command: SimpleCommand, outer: RunPlace): SimpleCommand {
  const { place } = command;
  const behind = outer.behind === 'silent' ? outer.behind : (place.behind ?? outer.behind);
  return {
    ...command,
    place: {
      ...(behind !== undefined && { behind }),
      ...(outer.proven && place.behind === undefined && { proven: true }),
      inner: true,
      statement: outer.statement,
      chain: outer.chain,
      maybe: outer.maybe || place.maybe,
      background: outer.background || place.background,
      pipe: place.pipe && { ...place.pipe, id: place.pipe.id + 1_000_000 * (outer.statement + 1) },
    },
  };
}

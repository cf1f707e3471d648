import { joinPath } from '../../base/path.ts';
import type { Certainty, ContentChange, Effect } from '../../model/effect.ts';
import { isChange } from '../../model/is-change.ts';
import { applySpec, asksForHelp } from './apply-spec.ts';
import { findSpec } from './catalogue/index.ts';
import { findReader } from './commands/index.ts';
import { guessProgram } from './guess-program.ts';
import type { Call, Host } from './host.ts';
import type { RunPlace, ShellItem, ShellRedirect, SimpleCommand } from './ir.ts';
import { knownOutput } from './known-output.ts';
import { parseShell } from './parse-shell.ts';
import { isStream } from './paths.ts';
import { programName } from './program-name.ts';
import { rebasePaths } from './rebase-paths.ts';
import { type Arg, resolveText, resolveWord } from './resolve-word.ts';
import { runOwnScript } from './run-own-script.ts';
import { WrittenTexts } from './written-texts.ts';

/** An effect with what made it: needed to judge which effects an outcome puts in doubt. */
export interface TracedEffect {
  readonly effect: Effect;
  readonly place: RunPlace;
  /** `redirect`: the shell itself did it, whatever became of the program. */
  readonly by: 'program' | 'redirect';
  readonly program: string;
}

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
  private readonly effects: TracedEffect[] = [];
  private readonly programs: string[] = [];
  private readonly unknown: string[] = [];
  private problem: string | undefined;
  private readonly options: FoldOptions;
  private readonly variables = new Map<string, string | undefined>();
  private readonly functions = new Map<string, readonly ShellItem[]>();
  /** Folders of subshells, innermost last; undefined while a subshell stays where its parent is. */
  private readonly folders: (string | undefined)[] = [];
  private readonly outputs = new Map<string, string | undefined>();
  private readonly written = new WrittenTexts();
  /** The other machine on which commands run at the moment. */
  private away: string | undefined;
  private depth = 0;
  private commands = 0;

  constructor(options: FoldOptions) {
    this.options = options;
  }

  result(): Omit<FoldResult, 'statements'> {
    return { effects: this.effects, programs: this.programs, problem: this.problem, unknown: this.unknown };
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
          this.folders.push(this.folders.at(-1));
          break;
        case 'leave':
          this.folders.pop();
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
    for (const redirect of command.redirects) this.readRedirect(redirect, place, name);
    const output = words.length > 0 ? this.runWords(words, input, place) : command.compound ? undefined : '';
    for (const redirect of command.redirects) this.writeRedirect(redirect, place, name, output);
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
      this.record(effect, place, 'program', '');
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
      const text = this.scriptText(joinPath(this.folders.at(-1) ?? '', path));
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
    const made = this.effects.length;
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
    const own = this.effects.slice(made).some((entry) => entry.effect.kind === 'process');
    if (own) return;
    const effect: Effect = {
      kind: 'process',
      action: 'start',
      what: call.name,
      background: true,
      certainty: 'certain',
    };
    this.record(effect, place, 'program', call.name);
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
    const folders = this.folders.length;
    inner();
    this.folders.length = folders;
    this.depth--;
  }

  private hostFor(call: Call, place: RunPlace): Host {
    const record = (effect: Effect): void => this.record(effect, place, 'program', call.name);
    return {
      emit: record,
      shell: (text, where) =>
        this.nested(call.name, () => {
          const parsed = parseShell(text);
          this.noteProblem(parsed.problem);
          if (where === 'child') this.folders.push(this.folders.at(-1));
          this.run(parsed.items, place);
        }),
      command: (words) =>
        this.nested(call.name, () => {
          this.runWords(words, NO_INPUT, { ...place, pipe: undefined });
        }),
      elsewhere: (target, inner) => {
        const before = this.away;
        this.away = target;
        this.folders.push(undefined);
        inner();
        this.folders.pop();
        this.away = before;
      },
      chdir: (path) => {
        const inner = this.folders.length > 0;
        if (!inner) record({ kind: 'chdir', path, certainty: 'certain' });
        else if (path !== '-')
          this.folders[this.folders.length - 1] = joinPath(this.folders.at(-1) ?? '', path);
      },
      setVariable: (name, value) => {
        this.variables.set(name, value);
      },
      guess: (what) => {
        this.unknown.push(what);
        this.written.doubtAll();
      },
      script: (path) => this.scriptText(joinPath(this.folders.at(-1) ?? '', path)),
      content: (path) => {
        if (this.away !== undefined) return undefined;
        const place = joinPath(this.folders.at(-1) ?? '', path);
        return this.written.content(place, () => this.options.script?.(place));
      },
    };
  }

  private readRedirect(redirect: ShellRedirect, place: RunPlace, program: string): void {
    if ((redirect.operator !== '<' && redirect.operator !== '<>') || !redirect.target) return;
    const path = resolveText(redirect.target, this.variables).value;
    if (isStream(path) || path.startsWith('/dev/tcp/') || path.startsWith('<(')) return;
    this.record({ kind: 'read', path, certainty: 'certain' }, place, 'redirect', program);
  }

  private writeRedirect(
    redirect: ShellRedirect,
    place: RunPlace,
    program: string,
    output: string | undefined,
  ): void {
    const { operator, target, fd } = redirect;
    if (!operator.includes('>') || operator === '<>' || !target) return;
    const path = resolveText(target, this.variables).value;
    if (operator === '>&' && /^(?:\d+-?|-)$/.test(path)) return;
    if (isStream(path) || path.startsWith('>(')) return;
    if (path.startsWith('/dev/tcp/') || path.startsWith('/dev/udp/')) {
      const effect: Effect = {
        kind: 'network',
        direction: 'send',
        target: path.slice(9),
        certainty: 'likely',
      };
      this.record(effect, place, 'redirect', program);
      return;
    }
    const text = fd === undefined || fd === 1 ? output : fd === 2 && output !== undefined ? '' : undefined;
    const append = operator.endsWith('>>');
    const change: ContentChange =
      text === undefined ? { kind: 'unknown' } : { kind: append ? 'append' : 'set', content: text };
    const effect: Effect = { kind: 'write', path, change, creates: !append, certainty: 'certain' };
    this.record(effect, place, 'redirect', program);
  }

  /** What a file holds when it is run: as this text wrote it before, else as the caller knows it. */
  private scriptText(path: string): string | undefined {
    return this.written.has(path) ? this.written.get(path) : this.options.script?.(path);
  }

  private record(effect: Effect, place: RunPlace, by: TracedEffect['by'], program: string): void {
    const certainty: Certainty = place.maybe && effect.certainty === 'certain' ? 'likely' : effect.certainty;
    const placed =
      this.away === undefined ? rebasePaths(effect, this.folders.at(-1)) : effectAway(effect, this.away);
    if (!placed) return;
    this.written.note(placed);
    this.effects.push({
      effect: placed.certainty === certainty ? placed : { ...placed, certainty },
      place,
      by,
      program,
    });
  }
}

/** What is left of an effect that happens on another machine: that something was changed there. */
function effectAway(effect: Effect, target: string): Effect | undefined {
  if (effect.kind === 'remote') return effect;
  if (!isChange(effect)) return undefined;
  return { kind: 'network', direction: 'send', target, certainty: effect.certainty };
}

const QUIET_JOBS = new Set(
  ': true false echo printf sleep wait test [ ls cat grep ps kill pkill which cd export head wc'.split(' '),
);

/** A command of a nested text stands where its caller stands. */
function inPlace(command: SimpleCommand, outer: RunPlace): SimpleCommand {
  const { place } = command;
  return {
    ...command,
    place: {
      statement: outer.statement,
      chain: outer.chain,
      maybe: outer.maybe || place.maybe,
      background: outer.background || place.background,
      pipe: place.pipe && { ...place.pipe, id: place.pipe.id + 1_000_000 * (outer.statement + 1) },
    },
  };
}

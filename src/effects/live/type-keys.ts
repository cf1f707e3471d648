import { exhaustive } from '../../base/assert.ts';
import type { Effect } from '../../model/effect.ts';
import { isChange } from '../../model/is-change.ts';
import { analyzeProgram } from '../shell/analyze-program.ts';
import { analyzeShell, type ShellAnalysis } from '../shell/analyze-shell.ts';
import { editKeys } from './edit-keys.ts';
import { isOpenCommand } from './open-command.ts';
import { type KeyEvent, readKeys } from './read-keys.ts';
import { enter, innermost, type LiveProgram, type LiveSession, leave, replaceInnermost } from './session.ts';
import { startProgram } from './start-program.ts';

/** What keys came to. */
export interface Typed {
  readonly session: LiveSession;
  /** Commands that the shell got, when nothing else got anything: to be read as one text. */
  readonly command: string | undefined;
  /** Files that editors were opened for. */
  readonly opened: readonly string[];
  /** Effects in other programs. */
  readonly effects: readonly Effect[];
  readonly programs: readonly string[];
}

export interface TypeOptions {
  readonly script?: ((path: string) => string | undefined) | undefined;
}

/** Types keys into a session. Pure: the session that was given stays as it is. */
export function typeKeys(session: LiveSession, keystrokes: string, options: TypeOptions = {}): Typed {
  const typist = new Typist(session, options);
  for (const event of readKeys(keystrokes)) typist.type(event);
  return typist.result();
}

/** Reads a command of a live terminal: an editor that it opens writes nothing until its keys say so. */
export function readCommand(
  text: string,
  opened: readonly string[],
  script?: (path: string) => string | undefined,
): ShellAnalysis {
  const analysis = analyzeShell(text, script ? { script } : {});
  if (opened.length === 0) return analysis;
  const isOpening = (effect: Effect): boolean =>
    effect.kind === 'write' &&
    effect.certainty !== 'certain' &&
    effect.change.kind === 'unknown' &&
    opened.includes(effect.path);
  return {
    ...analysis,
    requested: {
      ...analysis.requested,
      effects: analysis.requested.effects.filter((effect) => !isOpening(effect)),
    },
    traced: analysis.traced.filter(({ effect }) => !isOpening(effect)),
  };
}

const ENTERED_LIMIT = 40_000;

class Typist {
  private session: LiveSession;
  private readonly options: TypeOptions;
  private readonly commands: string[] = [];
  private readonly effects: Effect[] = [];
  private readonly programs: string[] = [];
  private readonly opened: string[] = [];

  constructor(session: LiveSession, options: TypeOptions) {
    this.session = session;
    this.options = options;
  }

  result(): Typed {
    const onlyShell = this.effects.length === 0 && this.programs.length === 0;
    const command = onlyShell && this.commands.length > 0 ? this.commands.join('') : undefined;
    // What the shell got before another program took the keys comes first.
    const before = onlyShell ? [] : this.commands.map((text) => this.analyze(text));
    return {
      session: this.session,
      command,
      opened: this.opened,
      effects: [...before.flatMap((analysis) => analysis.requested.effects), ...this.effects],
      programs: [...before.flatMap((analysis) => analysis.programs), ...this.programs],
    };
  }

  private analyze(text: string): ShellAnalysis {
    const { script } = this.options;
    return readCommand(text, this.opened, script);
  }

  type(event: KeyEvent): void {
    const program = innermost(this.session);
    if (program === undefined || program.kind === 'shell' || program.kind === 'remote') {
      this.typeIntoShell(event, program);
      return;
    }
    this.note(program.kind === 'repl' || program.kind === 'editor' ? program.name : program.kind);
    switch (program.kind) {
      case 'editor': {
        const edited = editKeys(program, event);
        for (const effect of edited.effects) this.add(effect);
        if (edited.shell !== undefined) this.runElsewhere(edited.shell);
        this.session = edited.program ? replaceInnermost(this.session, edited.program) : leave(this.session);
        return;
      }
      case 'pager':
      case 'monitor':
        if (
          (event.kind === 'text' && /^:?q/i.test(event.text)) ||
          (event.kind === 'key' && event.name === 'C-c')
        )
          this.session = leave(this.session);
        return;
      case 'repl':
      case 'database':
      case 'debugger':
      case 'input':
      case 'prompt':
      case 'other':
        this.typeLine(event, program);
        return;
      default:
        exhaustive(program);
    }
  }

  private note(name: string): void {
    if (this.programs.at(-1) !== name) this.programs.push(name);
  }

  /** Effects inside of a machine that was gone to are a message to it. */
  private add(effect: Effect): void {
    const away = this.session.programs.findLast((program) => program.kind === 'remote');
    if (away?.kind !== 'remote') this.effects.push(effect);
    else if (isChange(effect) && effect.kind !== 'keys')
      this.effects.push({
        kind: 'network',
        direction: 'send',
        target: away.host,
        certainty: effect.certainty,
      });
  }

  private runElsewhere(text: string): void {
    for (const effect of this.analyze(text).requested.effects) this.add(effect);
  }

  private setLine(line: string): void {
    this.session = { ...this.session, line };
  }

  private typeIntoShell(event: KeyEvent, program: LiveProgram | undefined): void {
    const { line, pending } = this.session;
    if (event.kind === 'text') {
      this.setLine(line + event.text);
      return;
    }
    switch (event.name) {
      case 'Enter': {
        const text = `${pending}${line}\n`;
        // Only a line that may close something is worth another look at a long text.
        const mayClose =
          pending === '' ||
          /["'`)}]|\b(?:done|fi|esac)\b/.test(line) ||
          pending.includes('<<') ||
          pending.endsWith('\\\n');
        if (!mayClose || isOpenCommand(text)) {
          this.session = { ...this.session, line: '', pending: text };
          return;
        }
        this.session = { ...this.session, line: '', pending: '' };
        if (text.trim() !== '') this.run(text, program);
        return;
      }
      case 'BSpace':
        this.setLine(line.slice(0, -1));
        return;
      case 'C-c':
      case 'C-u':
        this.session = { ...this.session, line: '', pending: event.name === 'C-c' ? '' : pending };
        return;
      case 'C-d':
        if (line === '' && pending === '' && program) this.session = leave(this.session);
        return;
      case 'Space':
        this.setLine(`${line} `);
        return;
      default:
    }
  }

  private run(text: string, program: LiveProgram | undefined): void {
    if (program && /^\s*(?:exit|logout)(?:\s+\d+)?\s*$/.test(text)) {
      this.note('exit');
      this.session = leave(this.session);
      return;
    }
    if (program?.kind === 'remote') {
      const command = text.trim();
      this.note('ssh');
      this.effects.push({ kind: 'remote', host: program.host, command, certainty: 'certain' });
      this.runElsewhere(text);
    } else if (this.effects.length > 0 || this.programs.length > 0) {
      const analysis = this.analyze(text);
      this.effects.push(...analysis.requested.effects);
      this.programs.push(...analysis.programs);
    } else this.commands.push(text);
    const started = startProgram(text);
    if (started?.kind === 'editor' && started.path !== undefined) this.opened.push(started.path);
    if (started) this.session = enter(this.session, started);
  }

  /** Programs that read lines. */
  private typeLine(
    event: KeyEvent,
    program: Exclude<LiveProgram, { kind: 'editor' | 'shell' | 'remote' }>,
  ): void {
    const { line } = this.session;
    if (event.kind === 'text') {
      this.setLine(line + event.text);
      return;
    }
    if (event.name === 'BSpace') this.setLine(line.slice(0, -1));
    else if (event.name === 'Enter') {
      this.setLine('');
      this.enterLine(line, program);
    } else if (event.name === 'C-d' && line === '') this.end(program);
    else if (event.name === 'C-c') {
      this.setLine('');
      if (program.kind === 'repl') this.session = replaceInnermost(this.session, { ...program, blocks: '' });
      else if (program.kind !== 'debugger') this.end(program);
    } else if (event.name === 'C-z') this.session = leave({ ...this.session, line: '' });
  }

  private enterLine(
    line: string,
    program: Exclude<LiveProgram, { kind: 'editor' | 'shell' | 'remote' }>,
  ): void {
    const word = line.trim().replace(/;$/, '');
    switch (program.kind) {
      case 'input':
        this.session = replaceInnermost(this.session, { ...program, text: `${program.text}${line}\n` });
        return;
      case 'repl':
        if (/^(?:\.exit|(?:exit|quit)(?:\(\s*\d*\s*\))?)$/.test(word)) this.end(program);
        else this.enterCode(line, program);
        return;
      case 'database':
        if (/^(?:\.quit|\.exit|\\q|exit|quit)$/i.test(word)) this.end(program);
        else this.enterStatement(line, program);
        return;
      case 'prompt':
        this.end(program);
        return;
      case 'debugger': {
        const shell = /^(?:shell|!)\s*(.+)$/.exec(word)?.[1];
        if (shell !== undefined) this.runElsewhere(shell);
        else if (/^(?:q|quit|exit)$/.test(word)) this.end(program);
        return;
      }
      case 'pager':
      case 'monitor':
      case 'other':
        if (/^(?:q|quit|exit|bye|logout|q\(\)|exit\(\)|quit\(\)|:q|,exit)$/i.test(word)) this.end(program);
    }
  }

  /** Code of a language: what the new lines add to what was entered before. */
  private enterCode(line: string, program: Extract<LiveProgram, { kind: 'repl' }>): void {
    const block = `${program.blocks}${line}\n`;
    // A block of Python ends with an empty line, everything else with its last bracket.
    const isBlock =
      program.name === 'python' && /:\s*(?:#.*)?\n/.test(block.slice(0, block.indexOf('\n') + 1));
    if (isBlock ? line.trim() !== '' : openBrackets(block) > 0) {
      this.session = replaceInnermost(this.session, { ...program, blocks: block });
      return;
    }
    const language = program.name === 'node' || program.name === 'ruby' ? program.name : 'python';
    const before = program.entered.length > ENTERED_LIMIT ? '' : program.entered;
    const entered = before + block;
    const known = new Map<string, number>();
    for (const effect of this.codeEffects(language, before)) {
      const key = JSON.stringify(effect);
      known.set(key, (known.get(key) ?? 0) + 1);
    }
    for (const effect of this.codeEffects(language, entered)) {
      const key = JSON.stringify(effect);
      const count = known.get(key) ?? 0;
      if (count > 0) known.set(key, count - 1);
      // The text of a program so far: how it went, the screen alone tells.
      else this.add(effect.certainty === 'certain' ? { ...effect, certainty: 'likely' } : effect);
    }
    this.session = replaceInnermost(this.session, { ...program, entered, blocks: '' });
  }

  private codeEffects(language: 'python' | 'node' | 'ruby', text: string): readonly Effect[] {
    if (text.trim() === '') return [];
    const { effects } = analyzeProgram(language, text, this.options.script).requested;
    return effects.filter((effect) => effect.kind !== 'run');
  }

  private enterStatement(line: string, program: Extract<LiveProgram, { kind: 'database' }>): void {
    const text = `${program.entered}${line}\n`;
    const isMeta = program.entered === '' && /^\s*[.\\]/.test(line);
    const shell = isMeta ? /^\s*(?:\\!|\.(?:shell|system))\s+(.+)$/.exec(line)?.[1] : undefined;
    if (shell !== undefined) this.runElsewhere(shell);
    else if (isMeta || /;\s*$/.test(line) || program.launch.startsWith('redis')) {
      const launch = program.launch === '' ? 'sql' : program.launch;
      let end = 'END_OF_STATEMENT';
      while (text.includes(end)) end += '_';
      for (const effect of this.analyze(`${launch === 'sql' ? 'mysql' : launch} <<'${end}'\n${text}${end}\n`)
        .requested.effects)
        this.add(effect);
    } else {
      this.session = replaceInnermost(this.session, { ...program, entered: text });
      return;
    }
    this.session = replaceInnermost(this.session, { ...program, entered: '' });
  }

  /** A program ends; a file that its keys were for is there now. */
  private end(program: LiveProgram): void {
    if (program.kind === 'input') {
      const { path, append, text } = program;
      this.add({
        kind: 'write',
        path,
        change: { kind: append ? 'append' : 'set', content: text },
        certainty: 'likely',
      });
    }
    this.session = leave({ ...this.session, line: '' });
  }
}

/** How many brackets a text leaves open; those in its texts count too, which is near enough. */
function openBrackets(text: string): number {
  let open = 0;
  for (const char of text) {
    if ('([{'.includes(char)) open++;
    else if (')]}'.includes(char)) open--;
  }
  return open;
}

import { exhaustive } from '../../base/assert.ts';
import { joinPath } from '../../base/path.ts';
import type { Certainty, Effect } from '../../model/effect.ts';
import { isChange } from '../../model/is-change.ts';
import type { RunPlace } from './ir.ts';
import { isOpen } from './paths.ts';
import { rebasePaths } from './rebase-paths.ts';
import type { Arg } from './resolve-word.ts';
import type { TracedEffect } from './traced-effect.ts';
import { WrittenTexts } from './written-texts.ts';

/** A call of a program that nobody can read. */
export interface GuessedCall {
  /** The program or script. */
  readonly what: string;
  readonly args: readonly Arg[];
  readonly place: RunPlace;
  /** How many effects stood before the call. */
  readonly before: number;
}

/** What a shell text has done so far, seen from the directory in which it began. */
export class EffectRecord {
  readonly effects: TracedEffect[] = [];
  readonly guesses: GuessedCall[] = [];
  /** Folders of subshells, innermost last; undefined while a subshell stays where its parent is. */
  private readonly folders: (string | undefined)[] = [];
  private readonly written = new WrittenTexts();
  /** The other machine on which commands run at the moment. */
  private away: string | undefined;
  private readonly script: ((path: string) => string | undefined) | undefined;

  constructor(script: ((path: string) => string | undefined) | undefined) {
    this.script = script;
  }

  add(effect: Effect, place: RunPlace, by: TracedEffect['by'], program: string): void {
    // A variable that is set in a subshell goes with it.
    if (effect.kind === 'env' && this.folders.length > 0) return;
    const placed =
      this.away === undefined ? rebasePaths(effect, this.folders.at(-1)) : effectAway(effect, this.away);
    if (!placed) return;
    // What a background job does may come after the end of the step.
    const late = place.background && effect.kind !== 'process';
    const doubtful = place.maybe || late || hasOpenPath(placed);
    const certainty: Certainty = doubtful && effect.certainty === 'certain' ? 'likely' : effect.certainty;
    const here = placed.certainty === certainty ? placed : { ...placed, certainty };
    this.written.note(here);
    this.effects.push({ effect: here, place, by, program });
  }

  guess(what: string, args: readonly Arg[], place: RunPlace): void {
    this.guesses.push({ what, args, place, before: this.effects.length });
    this.written.doubtAll();
  }

  enter(): void {
    this.folders.push(this.folders.at(-1));
  }

  leave(): void {
    this.folders.pop();
  }

  /** Runs something and comes back to the folder in which it began. */
  keepFolder(inner: () => void): void {
    const depth = this.folders.length;
    inner();
    this.folders.length = depth;
  }

  chdir(path: string, place: RunPlace, program: string): void {
    const inner = this.folders.length > 0;
    if (!inner) this.add({ kind: 'chdir', path, certainty: 'certain' }, place, 'program', program);
    else if (path !== '-') this.folders[this.folders.length - 1] = this.locate(path);
  }

  /** What runs inside runs on another machine or in a container: it touches no file here. */
  elsewhere(target: string, inner: () => void): void {
    const before = this.away;
    this.away = target;
    this.folders.push(undefined);
    inner();
    this.folders.pop();
    this.away = before;
  }

  /** What a file holds when it is run: as this text wrote it before, else as the caller knows it. */
  scriptText(path: string): string | undefined {
    const place = this.locate(path);
    return this.written.has(place) ? this.written.get(place) : this.script?.(place);
  }

  /** Whole content of a file now; undefined where anything before could have changed it unseen. */
  content(path: string): string | undefined {
    if (this.away !== undefined) return undefined;
    const place = this.locate(path);
    return this.written.content(place, () => this.script?.(place));
  }

  private locate(path: string): string {
    return joinPath(this.folders.at(-1) ?? '', path);
  }
}

function hasOpenPath(effect: Effect): boolean {
  switch (effect.kind) {
    case 'read':
    case 'write':
    case 'delete':
    case 'mkdir':
    case 'mode':
    case 'chdir':
      return isOpen(effect.path);
    case 'move':
    case 'copy':
      return isOpen(effect.from) || isOpen(effect.to);
    case 'search':
    case 'env':
    case 'package':
    case 'git':
    case 'process':
    case 'service':
    case 'account':
    case 'network':
    case 'test':
    case 'run':
    case 'build':
    case 'keys':
    case 'submit':
    case 'note':
    case 'delegate':
    case 'remote':
      return false;
    default:
      return exhaustive(effect);
  }
}

/** What is left of an effect that happens on another machine: that something was changed there. */
function effectAway(effect: Effect, target: string): Effect | undefined {
  if (effect.kind === 'remote') return effect;
  if (!isChange(effect)) return undefined;
  return { kind: 'network', direction: 'send', target, certainty: effect.certainty };
}

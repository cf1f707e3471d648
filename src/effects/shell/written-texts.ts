import { baseName, normalizePath } from '../../base/path.ts';
import type { Effect } from '../../model/effect.ts';

/** Texts of the files that a command writes, so that a script which it writes and runs can be read. */
export class WrittenTexts {
  private readonly texts = new Map<string, string | undefined>();
  /** Files whose whole content is known; undefined for those that something changed unseen. */
  private readonly whole = new Map<string, string | undefined>();
  /** Names of files that were touched: the same file may be written with another path (`a.txt`, `/app/a.txt`). */
  private readonly names = new Set<string>();
  /** Something ran that may have changed any file. */
  private doubted = false;

  /** Whether the file was written; its text may still be unknown. */
  has(path: string): boolean {
    return this.texts.has(normalizePath(path));
  }

  get(path: string): string | undefined {
    return this.texts.get(normalizePath(path));
  }

  /** Whole content of a file now; `before` tells what it held before the command. */
  content(path: string, before: () => string | undefined): string | undefined {
    const key = normalizePath(path);
    if (this.whole.has(key)) return this.whole.get(key);
    return this.doubted || this.names.has(baseName(key)) ? undefined : before();
  }

  /** A program that nobody can read has run. */
  doubtAll(): void {
    this.whole.clear();
    this.doubted = true;
  }

  note(effect: Effect): void {
    this.noteWhole(effect);
    if (effect.kind === 'move' || effect.kind === 'copy') {
      if (this.has(effect.from)) this.texts.set(normalizePath(effect.to), this.get(effect.from));
      return;
    }
    if (effect.kind !== 'write') return;
    const path = normalizePath(effect.path);
    const { change } = effect;
    if (change.kind === 'set') this.texts.set(path, change.content);
    else if (change.kind === 'append') {
      // Without the text before, what was appended is still a part of the script, and it runs.
      this.texts.set(path, (this.texts.get(path) ?? '') + change.content);
    } else this.texts.set(path, undefined);
  }

  private noteWhole(effect: Effect): void {
    const { kind } = effect;
    if (kind === 'write') {
      const sure = effect.change.kind === 'set' && effect.certainty === 'certain';
      this.keep(effect.path, sure ? effect.change.content : undefined);
    } else if (kind === 'delete' && !effect.recursive) this.keep(effect.path, undefined);
    // Of what was below a folder, moved, copied or built nothing is known either.
    else if (kind === 'delete' || kind === 'move' || kind === 'copy' || kind === 'build') this.doubtAll();
    else if (kind === 'git' && effect.changes) this.doubtAll();
  }

  private keep(path: string, content: string | undefined): void {
    const key = normalizePath(path);
    // Under another of its paths the file held something else so far.
    if (this.names.has(baseName(key)) && !this.whole.has(key)) this.whole.clear();
    this.names.add(baseName(key));
    this.whole.set(key, content);
  }
}

import { normalizePath } from '../../base/path.ts';
import type { Effect } from '../../model/effect.ts';

/** Texts of the files that a command writes, so that a script which it writes and runs can be read. */
export class WrittenTexts {
  private readonly texts = new Map<string, string | undefined>();

  /** Whether the file was written; its text may still be unknown. */
  has(path: string): boolean {
    return this.texts.has(normalizePath(path));
  }

  get(path: string): string | undefined {
    return this.texts.get(normalizePath(path));
  }

  note(effect: Effect): void {
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
}

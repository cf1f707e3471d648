import type { Certainty, ContentChange } from '../model/effect.ts';
import type { FileSnapshot } from './file-track.ts';

/** Edits that an editor can take back, per file: what the file held before each, newest last. */
export class EditHistory {
  private readonly before = new Map<string, FileSnapshot[]>();

  /**
   * One more change of a file. Editors keep what they replaced or put text into; a text written as a whole may be theirs
   * or not, so behind it nobody knows what they would bring back.
   */
  note(path: string, change: ContentChange, certainty: Certainty, before: FileSnapshot): void {
    const isEdit = (change.kind === 'replace' || change.kind === 'splice') && change.plain === true;
    if (change.kind === 'set' || (isEdit && certainty !== 'certain')) this.before.delete(path);
    else if (isEdit) {
      const list = this.before.get(path);
      if (list) list.push(before);
      else this.before.set(path, [before]);
    }
  }

  /** What the editor brings back now; undefined where that is not known. */
  take(path: string, certainty: Certainty): FileSnapshot | undefined {
    const taken = this.before.get(path)?.pop();
    if (certainty === 'certain') return taken;
    this.before.delete(path);
    return undefined;
  }
}
